import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";

const ROOTS = ["app", "components", "lib", "prisma", "scripts", "sdk", "tests"];
const SKIPPED = /(^|\/)(node_modules|\.next|client|dist|results)(\/|$)/;

/** A domain imports from the ones with a smaller number, and from the tools; one that is not here needs a place in the order first. */
const ORDER: Record<string, number> = {
  auth: 1,
  database: 1,
  pricing: 2,
  calls: 3,
  ingest: 4,
  mapping: 4,
  sessions: 4,
  cache: 4,
  clients: 5,
  deploys: 5,
  litellm: 5,
  otlp: 5,
  tasks: 5,
  reports: 6,
  reprice: 6,
  estimates: 7,
  imports: 7,
};

type Source = { file: string; text: string; lines: number; imports: string[] };

const sources: Source[] = ROOTS.flatMap((root) => readdirSync(root, { recursive: true, withFileTypes: true }))
  .filter((entry) => entry.isFile() && /\.(tsx?|mjs|css)$/.test(entry.name) && !SKIPPED.test(entry.parentPath))
  .map((entry) => path.join(entry.parentPath, entry.name))
  .map((file) => {
    const text = readFileSync(file, "utf8");
    return { file, text, lines: text.split("\n").length - 1, imports: importsOf(file, text) };
  });

/** What a file imports, as paths from the root of the project; packages as they are. */
function importsOf(file: string, text: string): string[] {
  return [...text.matchAll(/(?:\bfrom|\bimport\(?)\s*"([^"]+)"/g)].map(([, name = ""]) => {
    if (name.startsWith("@/")) return name.slice(2);
    return name.startsWith(".") ? path.join(path.dirname(file), name) : name;
  });
}

function offences(root: string, isWrong: (imported: string, source: Source) => boolean): string[] {
  return sources
    .filter(({ file }) => file.startsWith(root))
    .flatMap((source) =>
      source.imports
        .filter((imported) => isWrong(imported, source))
        .map((imported) => `${source.file} imports ${imported}`),
    );
}

/** `calls` of lib/calls/write.ts; undefined for a tool such as lib/money.ts. */
function domainOf(file: string): string | undefined {
  const [top, domain, inside] = file.split("/");
  return top === "lib" && inside !== undefined ? domain : undefined;
}

describe("direction of imports", () => {
  test("nothing outside of app imports from app", () => {
    expect(offences("", (imported, { file }) => imported.startsWith("app/") && !/^(app|tests)\//.test(file))).toEqual(
      [],
    );
  });

  test("lib does not import components", () => {
    expect(offences("lib/", (imported) => imported.startsWith("components/"))).toEqual([]);
  });

  test("components import of lib only schemas and the tools for showing things", () => {
    const allowed = /^lib\/([a-z]+\/schema|format|period|money|clock)$/;
    expect(offences("components/", (imported) => imported.startsWith("lib/") && !allowed.test(imported))).toEqual([]);
  });

  test("a tool knows no domain", () => {
    const isTool = ({ file }: Source) => domainOf(file) === undefined;
    expect(offences("lib/", (imported, source) => isTool(source) && domainOf(imported) !== undefined)).toEqual([]);
  });

  test("domains form one order, without cycles", () => {
    const place = (file: string) => ORDER[domainOf(file) ?? ""] ?? Number.NaN;
    const isWrong = (imported: string, { file }: Source) => {
      const [from, to] = [domainOf(file), domainOf(imported)];
      return from !== undefined && to !== undefined && from !== to && !(place(file) > place(imported));
    };
    expect(offences("lib/", isWrong)).toEqual([]);
  });

  test("whatever opens the database is kept out of the browser", () => {
    const opens = sources.filter(({ file, imports }) => file.startsWith("lib/") && imports.includes("lib/db"));
    expect(opens.length).toBeGreaterThan(0);
    expect(opens.filter(({ imports }) => !imports.includes("server-only")).map(({ file }) => file)).toEqual([]);
  });
});

describe("files", () => {
  const named = sources.filter(({ file }) => !file.startsWith("prisma/migrations/"));

  test("are in kebab case and say what they hold", () => {
    const kebab = /^[a-z0-9]+(-[a-z0-9]+)*(\.test|\.setup|\.config|\.d)?\.(tsx?|mjs|css)$/;
    const vague = /^(utils?|helpers?|types?|constants?|common|misc|service|manager|index)\./;
    const wrong = named.filter(({ file }) => !kebab.test(path.basename(file)) || vague.test(path.basename(file)));
    expect(wrong.map(({ file }) => file)).toEqual([]);
  });

  test("have 300 lines at most, pages and routes 40", () => {
    const limit = (file: string) => (/^app\/(.*\/)?(page|route)\.tsx?$/.test(file) ? 40 : 300);
    const long = named.filter(
      ({ file, lines }) => !file.endsWith(".css") && !/^(sdk\/)?tests\//.test(file) && lines > limit(file),
    );
    expect(long.map(({ file, lines }) => `${file}: ${lines}`)).toEqual([]);
  });

  test("put no text into SQL: raw queries are tagged templates", () => {
    const unsafe = ["$queryRaw", "$executeRaw"].map((name) => `${name}Unsafe`);
    const wrong = sources.filter(({ text }) => unsafe.some((name) => text.includes(name)));
    expect(wrong.map(({ file }) => file)).toEqual([]);
  });
});
