/**
 * A small application with three customers and two features, which records what each of them costs.
 *
 *     SPENDTRACE_URL=http://localhost:3000 SPENDTRACE_KEY=st_live_… npm run example
 *
 * With ANTHROPIC_API_KEY it asks Claude (some twenty short questions, a cent or so), else a stand-in on this machine.
 */
import Anthropic from "@anthropic-ai/sdk";
// In an application of your own: from "@spendtrace/sdk".
import { Spendtrace } from "../src/node.js";
import { startStandInProvider } from "./stand-in-provider.js";

const MODEL = "claude-haiku-4-5";
const TENANTS = ["Northwind", "Contoso", "Fabrikam"];
const QUESTIONS = {
  "support-reply": ["My parcel has not come. What now?", "How do I change my address?"],
  summarise: ["Sum up in one line: the fish was late, cold and twelve euros.", "Sum up in a word: all is well."],
};
const BATCH_WAIT_MS = 30_000;

const { SPENDTRACE_URL, SPENDTRACE_KEY, ANTHROPIC_API_KEY } = process.env;
if (!SPENDTRACE_URL || !SPENDTRACE_KEY) {
  console.error("Set SPENDTRACE_URL (where Spendtrace runs) and SPENDTRACE_KEY (a key with the scope ingest).");
  process.exit(1);
}

const standIn = ANTHROPIC_API_KEY ? null : await startStandInProvider();
const provider = standIn ? { apiKey: "none", baseURL: standIn.url } : {};
console.log(standIn ? "Asking a stand-in for Claude on this machine (no ANTHROPIC_API_KEY)." : "Asking Claude.");

const spendtrace = new Spendtrace({ deploySha: "example" });
const anthropic = new Anthropic({ ...provider, fetch: spendtrace.fetch() });

const ask = (content: string) => ({ model: MODEL, max_tokens: 100, messages: [{ role: "user" as const, content }] });

/** A task of one question, as a request to a web server would be; the client repeats it when it is told to slow down. */
async function answerQuestion(taskId: string, question: string): Promise<void> {
  const message = await anthropic.messages.create(ask(question));
  spendtrace.outcome(taskId, message.stop_reason === "end_turn" ? "success" : "failure");
}

for (const tenantId of TENANTS) {
  for (const [feature, questions] of Object.entries(QUESTIONS)) {
    for (const [index, question] of questions.entries()) {
      const taskId = `${tenantId}-${feature}-${index}-${Date.now()}`;
      await spendtrace.run({ tenantId, feature, taskId }, () => answerQuestion(taskId, question));
    }
  }
  console.log(`${tenantId}: ${Object.values(QUESTIONS).flat().length} questions`);
}

await spendtrace.run({ tenantId: "Northwind", feature: "support-reply" }, async () => {
  const message = await anthropic.messages.stream(ask("Tell me of the sea.")).finalMessage();
  console.log(`Northwind: a stream, ${message.usage.output_tokens} tokens`);
});

await spendtrace.run({ tenantId: "Contoso", feature: "support-reply" }, async () => {
  for await (const event of await anthropic.messages.create({ ...ask("Tell me all of the sea."), stream: true })) {
    if (event.type === "content_block_delta") break;
  }
  console.log("Contoso: a stream left after its first words, whose cost is a lower bound");
});

await spendtrace.run({ tenantId: "Fabrikam", feature: "summarise" }, async () => {
  const requests = QUESTIONS.summarise.map((question, index) => ({ custom_id: `n${index}`, params: ask(question) }));
  let batch = await anthropic.messages.batches.create({ requests });
  for (const end = Date.now() + BATCH_WAIT_MS; batch.processing_status !== "ended" && Date.now() < end; ) {
    await new Promise((resolve) => setTimeout(resolve, 2_000));
    batch = await anthropic.messages.batches.retrieve(batch.id);
  }
  if (batch.processing_status !== "ended") {
    console.log("Fabrikam: a batch that is not ready yet; it costs when its results are read");
    return;
  }
  let results = 0;
  for await (const _ of await anthropic.messages.batches.results(batch.id)) results += 1;
  console.log(`Fabrikam: a batch of ${results}, at half the price`);
});

const { sent, pending, dropped } = await spendtrace.shutdown(10_000);
standIn?.stop();
console.log(`\nCalls sent to ${SPENDTRACE_URL}: ${sent}, waiting: ${pending}, dropped: ${dropped}`);
console.log("Look there at Calls, Tenants and Features; the deploy is called example.");
