/**
 * Whether a request that changes data was sent by a page of this site. Browsers send `Origin` with every such request; one without it,
 * or with `null`, is refused.
 * @param siteUrl the address of the site where it is configured; beside it the host that was asked counts.
 */
export function isSameOrigin(headers: Headers, siteUrl: string | undefined): boolean {
  const origin = parse(headers.get("origin"));
  if (origin === null) return false;
  if (siteUrl !== undefined && origin.origin === new URL(siteUrl).origin) return true;
  const asked = headers.get("x-forwarded-host")?.split(",")[0]?.trim() ?? headers.get("host");
  return origin.host === asked;
}

function parse(origin: string | null): URL | null {
  return origin !== null && /^https?:\/\//.test(origin) && URL.canParse(origin) ? new URL(origin) : null;
}
