import type { Metadata } from "next";
import { requireProject } from "@/lib/auth/require-user";
import { now } from "@/lib/clock";
import { entityName, entityPath, type PageProps, readView } from "../../view";
import { TraceFigures } from "../trace-figures";
import { TraceFrame } from "../trace-frame";

type Props = PageProps<"project" | "session">;

export const metadata: Metadata = { title: "Session" };

/** One conversation: what it cost, how its input grew, and its calls in time. */
export default async function SessionPage({ params, searchParams }: Props) {
  const [{ project, session: segment }, query] = await Promise.all([params, searchParams]);
  const { scope } = await requireProject(project);
  const id = entityName(segment, query.id);
  const view = readView(project, entityPath("/sessions", id).path, query, now());
  return (
    <TraceFrame
      scope={scope}
      view={view}
      of={{ kind: "session", id }}
      figures={(trace) => <TraceFigures trace={trace} label="Cost of the session" />}
    />
  );
}
