import { requireProject } from "@/lib/auth/require-user";
import { now } from "@/lib/clock";
import { TraceFigures } from "../../sessions/trace-figures";
import { TraceFrame } from "../../sessions/trace-frame";
import { entityName, entityPath, type PageProps, readView } from "../../view";
import { OutcomeFigure } from "./outcome-figure";

export const metadata = { title: "Task" };

/** One task: how it ended, what it cost, and its calls in time. */
export default async function TaskPage({ params, searchParams }: PageProps<"project" | "task">) {
  const [{ project, task: segment }, query] = await Promise.all([params, searchParams]);
  const { scope } = await requireProject(project);
  const id = entityName(segment, query.id);
  const view = readView(project, entityPath("/tasks", id).path, query, now());
  return (
    <TraceFrame
      scope={scope}
      view={view}
      of={{ kind: "task", id }}
      figures={(trace) => (
        <TraceFigures trace={trace} label="Cost of the task">
          <OutcomeFigure scope={scope} task={{ ...trace, taskId: id }} />
        </TraceFigures>
      )}
    />
  );
}
