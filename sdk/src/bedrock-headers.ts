import { type Answer, asSpeed } from "./answer.js";

const PREFIX = "x-amzn-bedrock-";

/** What Bedrock's InvokeModel says in headers, for any maker's model: the body is the maker's own and may lack it. */
export function readBedrockHeaders(headers: Headers): Partial<Answer> {
  const count = (name: string) => {
    const text = headers.get(`${PREFIX}${name}-token-count`);
    return text !== null && /^\d+$/.test(text) ? Number(text) : undefined;
  };
  const [input, output] = [count("input"), count("output")];
  const [read, written] = [count("cache-read-input"), count("cache-write-input")];
  return {
    serviceTier: headers.get(`${PREFIX}service-tier`) ?? undefined,
    speed: asSpeed(headers.get(`${PREFIX}performanceconfig-latency`) ?? undefined),
    ...(input !== undefined &&
      output !== undefined && {
        counts: { input_tokens: input, output_tokens: output, cache_read_tokens: read, cache_create_tokens: written },
      }),
  };
}
