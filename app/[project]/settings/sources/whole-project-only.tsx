import { Empty } from "@/components/shell/empty";

/** Instead of what belongs to the project as a whole, for somebody who sees only some of its tenants. */
export function WholeProjectOnly() {
  return (
    <Empty title="Shown to those who see all tenants">
      Clients send the calls of many tenants. Whose calls were dropped, and who sends, is told only to people who see
      them all.
    </Empty>
  );
}
