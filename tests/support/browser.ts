import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { chromium } from "@playwright/test";

export type Browser = { executablePath: string; args: string[]; env?: Record<string, string> };

const NAMES = ["google-chrome", "google-chrome-stable", "chromium", "chromium-browser", "chrome", "msedge"];
const APPS = [
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
  "C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe",
];

/** The first browser found: Playwright's own, an installed Chrome or Chromium, and else the one that comes as a package. */
export function findBrowser(): Browser {
  const args = ["--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run"];
  if (process.getuid?.() === 0) args.push("--no-sandbox");
  const own = chromium.executablePath();
  const onPath = (process.env.PATH ?? "")
    .split(path.delimiter)
    .flatMap((dir) => NAMES.map((name) => path.join(dir, name)));
  const executablePath = [own, ...onPath, ...APPS].find((file) => existsSync(file));
  return executablePath ? { executablePath, args } : { ...unpackBrowser(), args: [...args, "--no-sandbox"] };
}

/**
 * Unpacks the browser of @sparticuz/chromium. It brings the system libraries and fonts that a bare machine lacks too, but only
 * where it takes itself to be in AWS Lambda.
 */
function unpackBrowser(): { executablePath: string; env: Record<string, string> } {
  const directory = path.join(tmpdir(), "spendtrace-browser");
  const script =
    'import fs from "node:fs"; fs.mkdirSync(process.env.TMPDIR, { recursive: true });' +
    'const { default: chromium } = await import("@sparticuz/chromium"); console.log(await chromium.executablePath());';
  const executablePath = execFileSync(process.execPath, ["--input-type=module", "--eval", script], {
    env: { ...process.env, TMPDIR: directory, AWS_LAMBDA_JS_RUNTIME: "nodejs20.x" },
  });
  const inherited = Object.entries(process.env).filter((entry): entry is [string, string] => entry[1] !== undefined);
  return {
    executablePath: executablePath.toString().trim(),
    env: {
      ...Object.fromEntries(inherited),
      LD_LIBRARY_PATH: path.join(directory, "al2023", "lib"),
      FONTCONFIG_PATH: path.join(directory, "fonts"),
    },
  };
}
