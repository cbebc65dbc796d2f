import "server-only";
import type { Scope } from "@/lib/auth/scope";
import { decideVerdict, type Verdict } from "@/lib/deploys/verdict";
import { readDeployEvidence } from "./deploy-evidence";
import type { DeploySpans } from "./deploy-spans";
import { type Explained, explainDeploy } from "./explain-change";
import type { Filter } from "./schema";

/** What a deploy changed: the ledger of its cost, and whether the evidence bears a verdict. */
export type JudgedDeploy = Readonly<{ explained: Explained; verdict: Verdict }>;

/** Reads both spans and decides. */
export async function judgeDeploy(scope: Scope, spans: DeploySpans, filters: readonly Filter[]): Promise<JudgedDeploy> {
  const [explained, evidence] = await Promise.all([
    explainDeploy(scope, spans, filters),
    readDeployEvidence(scope, spans, filters),
  ]);
  return { explained, verdict: decideVerdict(evidence, explained.total) };
}
