/**
 * Where to go after signing in: `wanted` if it is a path of this site, else `/`. Browsers read `//x`, `/\x` and `/<tab>/x` as another
 * host, so the result is what the URL parser makes of it, never the text as it came.
 */
export function safePath(wanted: string | null | undefined): string {
  if (!wanted?.startsWith("/") || wanted.length > 2000) return "/";
  const base = "http://same.invalid";
  try {
    const url = new URL(wanted, base);
    const path = `${url.pathname}${url.search}${url.hash}`;
    return url.origin === base && !path.startsWith("//") ? path : "/";
  } catch {
    return "/";
  }
}
