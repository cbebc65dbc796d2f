import { notFound } from "next/navigation";
import { requireProject } from "@/lib/auth/require-user";
import { findCall } from "@/lib/calls/read";
import { now } from "@/lib/clock";
import type { PageProps } from "../../view";
import { readCallView } from "../call-view";
import { CallsFrame } from "../calls-frame";

export const metadata = { title: "Call" };

/** One call, beside the list that its address asks for: its tokens, the lines of its price, what it belongs to. */
export default async function CallPage({ params, searchParams }: PageProps<"project" | "id">) {
  const { project, id } = await params;
  const { scope } = await requireProject(project);
  const [call, ...more] = await findCall(scope, id);
  if (!call) notFound();
  return <CallsFrame scope={scope} page={readCallView(project, await searchParams, now())} lines={[call, ...more]} />;
}
