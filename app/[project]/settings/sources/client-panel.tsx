import Link from "next/link";
import { cache } from "react";
import { Empty } from "@/components/shell/empty";
import { Panel, PanelCount } from "@/components/shell/panel";
import { Button } from "@/components/ui/button";
import type { Scope } from "@/lib/auth/scope";
import { listClients } from "@/lib/clients/read";
import { formatCount } from "@/lib/format";
import { doorHref } from "../../quick-start/doors";
import type { View } from "../../view";
import { counted } from "../unpriced/inbox-count";
import { ClientItem } from "./client-item";
import { WholeProjectOnly } from "./whole-project-only";

const SHOWN = 50;

type Props = { scope: Scope; view: View };

const readClients = cache((scope: Scope, view: View) => listClients(scope, view.now, SHOWN));

/** Every running SDK that reported, the latest first. */
export function ClientPanel({ scope, view }: Props) {
  return (
    <Panel
      title="Clients"
      question="Which SDKs report, what did they drop, and how near are their limits?"
      height={140}
      right={<Count scope={scope} view={view} />}
    >
      {scope.tenants === "all" ? <Clients scope={scope} view={view} /> : <WholeProjectOnly />}
    </Panel>
  );
}

async function Count({ scope, view }: Props) {
  const read = await readClients(scope, view).catch(() => null);
  if (!read || read.count === 0) return null;
  const { clients, count } = read;
  const shown = count > clients.length ? `latest ${formatCount(clients.length)} of ` : "";
  return <PanelCount>{`${shown}${counted(count, "client")}`}</PanelCount>;
}

async function Clients({ scope, view }: Props) {
  const { clients } = await readClients(scope, view);
  if (clients.length === 0) {
    return (
      <Empty
        title="No client has reported yet"
        action={
          <Button asChild>
            <Link href={doorHref(view.project, "sdk")}>Set up the SDK</Link>
          </Button>
        }
      >
        The SDK reports by itself with its first calls. Senders by other doors do not report.
      </Empty>
    );
  }
  return (
    <ul>
      {clients.map((client) => (
        <ClientItem key={`${client.environment} ${client.clientId}`} client={client} view={view} />
      ))}
    </ul>
  );
}
