import { dayAfter } from "@/lib/period";
import type { StoredOverride } from "@/lib/pricing/contract-schema";
import { RATES } from "@/lib/pricing/contract-words";

/** What a form says, in the form of `overrideSchema` without an id; unchecked: the server refuses what is wrong. */
export function readOverride(kind: StoredOverride["kind"], form: FormData): Record<string, unknown> {
  const text = (name: string) => String(form.get(name) ?? "");
  const choice = (name: string) => text(name) || null;
  const dated = { kind, from: text("from"), to: readEnd(form), note: text("note") };
  if (kind === "alias") return { ...dated, model: text("model"), target: text("target") };
  if (kind === "rates") {
    const rates = Object.fromEntries(RATES.map((name) => [name, form.has(`none.${name}`) ? null : text(name).trim()]));
    return { ...dated, model: text("model"), platform: choice("platform"), rates };
  }
  const percent = readPercent(text("percent").trim(), text("direction") === "off");
  return { ...dated, provider: choice("provider"), platform: choice("platform"), model: choice("model"), percent };
}

/** A discount is a percent below zero. A sign that was typed stays, to be refused: it would say the same twice. */
export function readPercent(text: string, isDiscount: boolean): string {
  return isDiscount ? `-${text}` : text;
}

/** The last day is inside for people; what is stored ends before the day after it. Null: no end. */
export function readEnd(form: FormData): string | null {
  const last = String(form.get("last") ?? "");
  if (last === "") return null;
  // What is no day is for the server to refuse.
  return dayAfter(last);
}
