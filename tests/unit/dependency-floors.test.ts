import { existsSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";

/** The first version without a known hole that concerns us; a package that is not installed cannot have one. */
const FLOORS: Record<string, { version: string; why: string }> = {
  next: {
    version: "16.3.8",
    why: "CVE-2026-94483, -94543, -94484; GHSA-2xp9-vwfh-vxw4 (remote code in image optimisation)",
  },
  "next-auth": { version: "4.24.15", why: "GHSA-7rqj-j65f-68wh, GHSA-xmf8-cvqr-rfgj (a bearer header that crashes)" },
  nodemailer: { version: "9.0.1", why: "GHSA-c7w3-x93f-qmm8, GHSA-vvjj-xcjg-gr5g" },
  prisma: { version: "7.9.0", why: "before it a transaction that timed out went back to the pool still open" },
  "@prisma/client": { version: "7.9.0", why: "as prisma" },
};

function parts(version: string): number[] {
  return (version.split("-")[0] ?? "").split(".").map(Number);
}

function isAtLeast(version: string, floor: string): boolean {
  const [have, need] = [parts(version), parts(floor)];
  const differing = need.findIndex((part, index) => part !== have[index]);
  return differing < 0 || (have[differing] ?? 0) > (need[differing] ?? 0);
}

test.each(Object.entries(FLOORS))("%s is not older than its last known hole", (name, { version }) => {
  const file = `node_modules/${name}/package.json`;
  if (!existsSync(file)) return;
  const installed = (JSON.parse(readFileSync(file, "utf8")) as { version: string }).version;
  expect({ installed, isAtLeast: isAtLeast(installed, version) }).toEqual({ installed, isAtLeast: true });
});

test.each([
  ["16.3.8", "16.3.8", true],
  ["16.4.0", "16.3.8", true],
  ["16.3.7", "16.3.8", false],
  ["15.9.9", "16.3.8", false],
  ["17.0.0-canary.1", "16.3.8", true],
])("version %s against floor %s: %s", (version, floor, expected) => {
  expect(isAtLeast(version, floor)).toBe(expected);
});
