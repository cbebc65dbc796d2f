import type { Metadata } from "next";
import { hasRole, requireProject } from "@/lib/auth/require-user";
import { now } from "@/lib/clock";
import type { PageProps } from "../../view";
import { ContractDialog } from "./contract-dialog";
import { HistoryPanel } from "./history-panel";
import { OverridePanel } from "./override-panel";
import { readContract } from "./read-contract";
import { SavedNote } from "./saved-note";

export const metadata: Metadata = { title: "Contract" };

/** What do our own terms make of the list prices, since when and by whom? */
export default async function Page({ params, searchParams }: PageProps) {
  const { project, scope, role } = await requireProject((await params).project, "member");
  const view = await readContract(scope, now());
  const asked = await searchParams;
  const base = `/${project.slug}/settings`;
  const mayChange = hasRole(role, "owner");
  return (
    <>
      <SavedNote base={base} view={view} saved={asked.saved} />
      <OverridePanel path={`${base}/contract`} view={view} mayChange={mayChange} />
      <HistoryPanel base={base} view={view} mayChange={mayChange} isWhole={asked.history === "all"} />
      {mayChange && (
        <ContractDialog slug={project.slug} scope={scope} path={`${base}/contract`} view={view} asked={asked} />
      )}
    </>
  );
}
