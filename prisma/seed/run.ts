import { createSignInLink } from "@/lib/auth/one-time-link";
import { now } from "@/lib/clock";
import { closeDb } from "@/lib/db";
import { clearCalls, gatherStatistics } from "./housekeeping";
import { sampleCalls } from "./sample-calls";
import { ensureSampleContract, ensureSampleProject, SAMPLE_OWNER } from "./sample-project";
import { sendSample } from "./send-sample";
import { tellClients } from "./tell-clients";
import { tellDeploys } from "./tell-deploys";
import { SampleTasks } from "./tell-outcomes";

/**
 * Fills the database of DATABASE_URL, which must be migrated, with the sample data up to this moment; calls that the
 * project acme-assist had before are replaced. Run it with `tsx --conditions=react-server prisma/seed/run.ts`.
 */
const start = now();
const scope = await ensureSampleProject();
await clearCalls(scope);
await ensureSampleContract(scope, start);
let told = 0;
const tasks = new SampleTasks();
const accepted = await sendSample(scope, start, {
  calls: tasks.watch(sampleCalls(start)),
  onProgress: (sent) => {
    if (sent - told < 50_000) return;
    told = sent;
    console.log(`${sent.toLocaleString("en-US")} sample calls …`);
  },
});
await tasks.tell(scope);
await tellDeploys(scope, start);
await tellClients(scope, start);
await gatherStatistics();
const seconds = ((now().getTime() - start.getTime()) / 1000).toFixed(0);
console.log(`${accepted.toLocaleString("en-US")} sample calls of 90 days stored in ${seconds} s.`);
if (process.argv.includes("--link")) console.log(`Sign in once: ${await createSignInLink(SAMPLE_OWNER)}`);
await closeDb();
