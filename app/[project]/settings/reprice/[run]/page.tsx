import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { hasRole, requireProject } from "@/lib/auth/require-user";
import { readRun } from "@/lib/reprice/read-runs";
import { RunAdjustments } from "./run-adjustments";
import { RunDifference } from "./run-difference";
import { RunHead } from "./run-head";

export const metadata: Metadata = { title: "Re-price run" };

export default async function Page({ params }: PageProps<"/[project]/settings/reprice/[run]">) {
  const { project: slug, run: sent } = await params;
  const { scope, role } = await requireProject(slug, "member");
  const run = /^[1-9]\d{0,8}$/.test(sent) ? await readRun(scope, Number(sent)) : null;
  if (!run) notFound();
  return (
    <>
      <RunHead slug={slug} run={run} mayChange={hasRole(role, "owner")} />
      <RunDifference scope={scope} run={run} />
      <RunAdjustments scope={scope} run={run} />
    </>
  );
}
