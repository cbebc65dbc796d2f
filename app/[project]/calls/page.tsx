import { requireProject } from "@/lib/auth/require-user";
import { now } from "@/lib/clock";
import type { PageProps } from "../view";
import { readCallView } from "./call-view";
import { CallsFrame } from "./calls-frame";

export const metadata = { title: "Calls" };

/** Show me the rows. */
export default async function CallsPage({ params, searchParams }: PageProps) {
  const { project } = await params;
  const { scope } = await requireProject(project);
  return <CallsFrame scope={scope} page={readCallView(project, await searchParams, now())} />;
}
