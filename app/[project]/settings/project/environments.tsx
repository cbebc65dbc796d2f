import { Panel, PanelBody, PanelFoot } from "@/components/shell/panel";
import { Badge } from "@/components/ui/badge";
import { addOne } from "./actions";
import { NameForm } from "./name-form";

type Props = { slug: string; names: readonly string[]; mayChange: boolean };

/** The environments of the project, and a line to add one. */
export function Environments({ slug, names, mayChange }: Props) {
  return (
    <Panel title="Environments" question="Which runs of the product are told apart?">
      <PanelBody>
        <ul className="mb-3 flex flex-wrap gap-1.5">
          {names.map((name) => (
            <li key={name}>
              <Badge>{name}</Badge>
            </li>
          ))}
        </ul>
        {mayChange && (
          <NameForm action={addOne.bind(null, slug)} field="environment" label="New environment" verb="Add" />
        )}
      </PanelBody>
      <PanelFoot>A call belongs to the environment of the key it was sent with.</PanelFoot>
    </Panel>
  );
}
