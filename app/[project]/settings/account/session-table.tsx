import { Badge } from "@/components/ui/badge";
import { Table, TableCell, TableHead, TableRow } from "@/components/ui/table";
import type { OpenSession } from "@/lib/auth/session";
import { formatAgo, formatDate } from "@/lib/format";
import { describeBrowser } from "./browser";
import { EndSession } from "./end-session";

type Props = { sessions: readonly OpenSession[]; ownId: string; now: Date };

/** The sessions that still let one in; the present one has no button: signing out is in the menu. */
export function SessionTable({ sessions, ownId, now }: Props) {
  return (
    <Table className="mt-2">
      <thead>
        <tr>
          <TableHead>Browser</TableHead>
          <TableHead>Last seen</TableHead>
          <TableHead className="max-phone:hidden">Signed in</TableHead>
          <TableHead>
            <span className="sr-only">Action</span>
          </TableHead>
        </tr>
      </thead>
      <tbody>
        {sessions.map(({ id, userAgent, createdAt, lastSeenAt }) => (
          <TableRow key={id}>
            <TableCell className="font-medium" title={userAgent}>
              {describeBrowser(userAgent)}
            </TableCell>
            <TableCell className="text-text-2">{formatAgo(lastSeenAt, now)}</TableCell>
            <TableCell className="text-text-2 max-phone:hidden">{formatDate(createdAt)}</TableCell>
            <TableCell className="text-right">
              {id === ownId ? <Badge variant="outline">this one</Badge> : <EndSession id={id} />}
            </TableCell>
          </TableRow>
        ))}
      </tbody>
    </Table>
  );
}
