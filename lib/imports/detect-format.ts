import { readCsvHead } from "@/lib/imports/read-csv";
import { LISTS } from "@/lib/imports/read-json";
import {
  type Container,
  type Detected,
  type Format,
  isObject,
  type JsonObject,
  UnreadableFile,
} from "@/lib/imports/schema";
import { type ImportSource, readHead } from "@/lib/imports/source";

const SAMPLE_LINES = 50;

/**
 * Tells from the head of a file what it holds.
 * @param forced the format, where somebody has said it
 * @throws UnreadableFile where it is empty or in an encoding that is not read
 */
export async function detectFormat(source: ImportSource, forced: Format | null): Promise<Detected> {
  const head = await readHead(source);
  if (head.byteLength === 0) throw new UnreadableFile(`${source.name}: is empty`);
  if ((head[0] === 0xff && head[1] === 0xfe) || (head[0] === 0xfe && head[1] === 0xff)) {
    throw new UnreadableFile(`${source.name}: is UTF-16: save it as UTF-8`);
  }
  const text = new TextDecoder("utf-8").decode(head);
  const first = text.trimStart()[0];
  if (first !== "{" && first !== "[" && forced !== "claude-code") return detectCsv(source.name, head, forced);
  const lines = parseLines(text);
  const container: Container = first === "[" || isDocument(text, lines) ? "json" : "jsonl";
  const format = forced ?? formatOf(container === "json" ? namesIn(text) : lines);
  const header = format === "message-batch" ? ["custom_id"] : [];
  const ids = lines.flatMap((line) => (typeof line?.custom_id === "string" ? [line.custom_id] : []));
  return { format, container, header, delimiter: "", samples: header.map(() => ids.slice(0, 3)) };
}

function detectCsv(name: string, head: Uint8Array, forced: Format | null): Detected {
  const { header, delimiter, rows } = readCsvHead(name, head);
  const isSpendLog = ["request_id", "startTime", "spend"].every((column) => header.includes(column));
  const samples = header.map((_, at) =>
    rows
      .map((cells) => cells[at] ?? "")
      .filter((cell) => cell !== "")
      .slice(0, 3),
  );
  return { format: forced ?? (isSpendLog ? "litellm" : "calls"), container: "csv", header, delimiter, samples };
}

/** The first lines as objects; null for one that is none by itself. */
function parseLines(text: string): (JsonObject | null)[] {
  const lines = text.split("\n").filter((line) => line.trim() !== "");
  return lines.slice(0, SAMPLE_LINES).map((line) => {
    try {
      const value: unknown = JSON.parse(line);
      return isObject(value) ? value : null;
    } catch {
      return null;
    }
  });
}

/** What begins an object over several lines, or `{"calls":[…]}` on one that may go on beyond the head. */
const DOCUMENT = new RegExp(`^\\s*\\{\\s*(\\n|"(${LISTS.join("|")})"\\s*:\\s*\\[)`);

function isDocument(text: string, lines: readonly (JsonObject | null)[]): boolean {
  const [first] = lines;
  if (first) return lines.length === 1 && LISTS.some((name) => Array.isArray(first[name]));
  return DOCUMENT.test(text) || (lines.length > 1 && lines.every((line) => line === null));
}

/** The names of the first members of a document, which may go on beyond the head: enough to tell whose records they are. */
function namesIn(text: string): (JsonObject | null)[] {
  const keys = [...text.slice(0, 5000).matchAll(/"(\w+)"\s*:/g)].map(([, key = ""]) => [key, true] as const);
  return [Object.fromEntries(keys)];
}

function formatOf(samples: readonly (JsonObject | null)[]): Format {
  const some = (test: (sample: JsonObject) => boolean) => samples.some((sample) => sample !== null && test(sample));
  if (some((sample) => "custom_id" in sample && "result" in sample)) return "message-batch";
  if (some((sample) => "request_id" in sample && "startTime" in sample && "spend" in sample)) return "litellm";
  if (some((sample) => "sessionId" in sample || "leafUuid" in sample || sample.type === "file-history-snapshot")) {
    return "claude-code";
  }
  return "calls";
}
