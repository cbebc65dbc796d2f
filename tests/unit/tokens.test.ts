import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";

const css = readFileSync("app/tokens.css", "utf8");

/** The colours of one theme, as six hexadecimal digits each. */
function tokensOf(selector: string): Record<string, string> {
  const block = new RegExp(`^ *${selector} \\{([^}]*)\\}`, "m").exec(css)?.[1] ?? "";
  return Object.fromEntries([...block.matchAll(/--([\w-]+):\s*#([0-9a-f]{6});/g)].map(([, name, hex]) => [name, hex]));
}

/** Relative luminance, WCAG 2.2. */
function luminance(hex: string): number {
  const [r = 0, g = 0, b = 0] = [0, 2, 4].map((at) => {
    const channel = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(a: string, b: string): number {
  const [dark = 0, light = 0] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (light + 0.05) / (dark + 0.05);
}

const GROUNDS = ["background", "card", "popover", "inset"];

/** Every pair of text and ground that is drawn. */
const TEXT: readonly (readonly [text: string, ground: string])[] = [
  ...["foreground", "text-2", "muted-foreground"].flatMap((text) => GROUNDS.map((ground) => [text, ground] as const)),
  ["foreground", "secondary"],
  ["text-2", "secondary"],
  ["foreground", "brand-soft"],
  ["text-2", "brand-soft"],
  ["primary-foreground", "primary"],
  ["firing-foreground", "firing"],
  ...["brand", "worse", "better", "warn", "firing"].flatMap((text) => [
    [text, "card"] as const,
    [text, "inset"] as const,
    [text, `${text}-soft`] as const,
  ]),
  ["brand", "background"],
  ["worse", "brand-soft"],
];

/** What has to be told apart without being read: fields, marks, swatches. */
const MARKS: readonly (readonly [mark: string, ground: string])[] = [
  ["input", "card"],
  ["ring", "background"],
  ["worse-fill", "card"],
  ["better-fill", "card"],
  ["warn-fill", "card"],
  ...[1, 2, 3, 4, 5, 6, 7, 8].map((index) => [`chart-${index}`, "card"] as const),
  ["chart-other", "card"],
  ...["fresh", "write-5m", "write-1h", "read", "output"].map((kind) => [`tok-${kind}`, "card"] as const),
];

describe.each([
  ["light", ":root"],
  ["dark", ".dark"],
])("%s theme", (_theme, selector) => {
  const tokens = tokensOf(selector);
  const ratio = ([a, b]: readonly [string, string]) => contrast(tokens[a] ?? "", tokens[b] ?? "");

  test("names every colour", () => {
    const names = [...TEXT, ...MARKS].flat();
    expect(names.filter((name) => tokens[name] === undefined)).toEqual([]);
  });

  test("has text at 4.5:1 or more", () => {
    expect(TEXT.filter((pair) => !(ratio(pair) >= 4.5))).toEqual([]);
  });

  test("has fields and marks at 3:1 or more", () => {
    expect(MARKS.filter((pair) => !(ratio(pair) >= 3))).toEqual([]);
  });
});

test("the contrast of black and white is 21, of a middle grey on white 4.54", () => {
  expect(contrast("000000", "ffffff")).toBeCloseTo(21, 5);
  expect(contrast("767676", "ffffff")).toBeCloseTo(4.54, 2);
});
