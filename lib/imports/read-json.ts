import { JSONParser } from "@streamparser/json";
import { MAX_LINE_BYTES } from "@/lib/imports/read-blocks";
import { GroupBuilder } from "@/lib/imports/read-jsonl";
import { isObject, type Outcome, type ReadGroup, UnreadableFile } from "@/lib/imports/schema";

/** Members of a document whose elements are records. */
export const LISTS = ["calls", "data"] as const;

/** One of these tells a record that is the whole document. */
const OF_RECORD = ["request_id", "model", "custom_id"];
const NO_RECORD = `holds neither a call nor a list of them in ${LISTS.join(" or ")}`;

/**
 * One JSON document, `[…]`, `{"calls":[…]}` or `{"data":[…]}`, however large: its elements as they are complete, a group for each chunk;
 * or one record. Lines count elements. Reading cannot begin in the middle of such a file.
 * @throws UnreadableFile where it is no valid JSON or holds no record, after what came before.
 */
export async function* readJson(
  file: string,
  chunks: AsyncIterable<Uint8Array>,
  toOutcome: (value: unknown) => Outcome,
): AsyncGenerator<ReadGroup> {
  let group = new GroupBuilder(file);
  let [element, bytes] = [0, 0];
  let parser: JSONParser | null = null;
  let isObjectRoot = false;
  let problem: string | null = null;
  const add = (value: unknown) => {
    element += 1;
    group.add(element, toOutcome(value));
  };
  const begin = () => {
    const paths = isObjectRoot ? ["$", ...LISTS.map((name) => `$.${name}.*`)] : ["$.*"];
    const made = new JSONParser({ paths, keepStack: false });
    made.onValue = ({ value, parent, stack }) => {
      if (!isObjectRoot) return add(value);
      if (stack.length === 0) {
        if (!isObject(value) || LISTS.some((name) => Array.isArray(value[name]))) return;
        if (OF_RECORD.some((name) => name in value)) add(value);
        else problem = NO_RECORD;
      } else if (Array.isArray(parent)) {
        add(value);
        // The root is asked for too, so the parser would keep what is in it.
        parent.length = 0;
      }
    };
    made.onError = () => {
      problem = `no valid JSON after element ${element}`;
    };
    return made;
  };
  for await (let chunk of chunks) {
    if (parser === null) {
      // A byte order mark may come before.
      const start = chunk.findIndex((byte) => byte === 0x5b || byte === 0x7b);
      if (start === -1) continue;
      chunk = chunk.subarray(start);
      isObjectRoot = chunk[0] === 0x7b;
      parser = begin();
    }
    parser.write(chunk);
    bytes += chunk.byteLength;
    if (isObjectRoot && element === 0 && bytes > MAX_LINE_BYTES) problem ??= NO_RECORD;
    yield group.finish(null);
    group = new GroupBuilder(file);
    if (problem !== null) throw new UnreadableFile(`${file}: ${problem}`);
  }
  if (!parser?.isEnded) throw new UnreadableFile(`${file}: the JSON ends too early, after element ${element}`);
}
