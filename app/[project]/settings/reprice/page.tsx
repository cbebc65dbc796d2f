import type { Metadata } from "next";
import { hasRole, requireProject } from "@/lib/auth/require-user";
import { now } from "@/lib/clock";
import { listPriceVersions } from "@/lib/pricing/versions";
import { listClosedMonths } from "@/lib/reprice/closed-months";
import { listRuns } from "@/lib/reprice/read-runs";
import { ClosedMonths } from "./closed-months";
import { NewRun } from "./new-run";
import { readPrefill } from "./prefill";
import { RunList } from "./run-list";

export const metadata: Metadata = { title: "Re-price" };

export default async function Page({ params, searchParams }: PageProps<"/[project]/settings/reprice">) {
  const { project, scope, role } = await requireProject((await params).project, "member");
  const [runs, months, versions] = await Promise.all([
    listRuns(scope),
    listClosedMonths(scope),
    listPriceVersions(scope),
  ]);
  const mayChange = hasRole(role, "owner");
  return (
    <>
      {mayChange && <NewRun slug={project.slug} versions={versions} prefill={readPrefill(await searchParams, now())} />}
      <RunList slug={project.slug} runs={runs} />
      <ClosedMonths slug={project.slug} closed={months} now={now()} mayChange={mayChange} />
    </>
  );
}
