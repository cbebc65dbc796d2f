import { pickUsage } from "@/lib/estimates/pick-usage";

/** The value of a choice that says nothing: it leaves the address alone. */
export const UNSAID = "default";
/** Which way a call is given; its fields say so themselves. */
export const WAY = "way";

const MAX_USAGE = 6_000;
const NUMBERS = /(_tokens|_requests|_day|_share)$/;
const SEPARATORS = /[,_\s%]/g;

export type FormValues =
  | Readonly<{ ok: true; params: URLSearchParams }>
  | Readonly<{ ok: false /** What is wrong with what was pasted. */; message: string }>;

/**
 * What the form holds as parameters of the address. Separators in numbers go; of a pasted response only its usage is kept:
 * no text of a prompt gets into a link.
 */
export function readForm(data: FormData): FormValues {
  const params = new URLSearchParams();
  for (const [name, value] of data) {
    const text = String(value).trim();
    if (text === "" || text === UNSAID || name === WAY) continue;
    if (name !== "usage") {
      params.append(name, NUMBERS.test(name) ? text.replace(SEPARATORS, "") : text);
      continue;
    }
    const usage = compactUsage(text);
    if (!usage.ok) return usage;
    params.set("usage", usage.text);
  }
  return { ok: true, params };
}

function compactUsage(text: string): Readonly<{ ok: true; text: string }> | Extract<FormValues, { ok: false }> {
  let pasted: unknown;
  try {
    pasted = JSON.parse(text);
  } catch {
    return {
      ok: false,
      message: "This is not valid JSON. Paste the usage object of a response, or the whole response.",
    };
  }
  const compact = JSON.stringify(pickUsage(pasted) ?? pasted);
  if (compact.length <= MAX_USAGE) return { ok: true, text: compact };
  return { ok: false, message: "This is too long for a link. Paste the usage object only." };
}
