import type { Metadata } from "next";
import { Segmented } from "@/components/ui/segmented";
import { hasRole, requireProject } from "@/lib/auth/require-user";
import { listMappings } from "@/lib/mapping/read";
import { MAPPED_DOORS } from "@/lib/mapping/schema";
import type { PageProps } from "../../view";
import { DOOR_WORDS } from "./door-words";
import { MappingEditor } from "./mapping-editor";

export const metadata: Metadata = { title: "Attribute mapping" };

/** Which attributes of other tools name the tenant, the feature and the deploy, and what would a span of theirs become? */
export default async function Page({ params, searchParams }: PageProps) {
  const { project, scope, role } = await requireProject((await params).project, "member");
  const asked = (await searchParams).door;
  const door = MAPPED_DOORS.find((one) => one === asked) ?? "otlp";
  const chosen = (await listMappings(scope)).find((one) => one.door === door);
  const path = `/${project.slug}/settings/mapping`;
  const options = MAPPED_DOORS.map((one) => ({
    value: one,
    label: DOOR_WORDS[one].label,
    href: `${path}?door=${one}`,
  }));
  return (
    <>
      <Segmented label="Door" value={door} options={options} className="justify-self-start max-phone:max-w-full" />
      {chosen && (
        <MappingEditor
          key={`${door} ${chosen.changedAt?.getTime()}`}
          slug={project.slug}
          chosen={chosen}
          mayChange={hasRole(role, "owner")}
        />
      )}
    </>
  );
}
