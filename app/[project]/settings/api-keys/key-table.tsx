import { Empty } from "@/components/shell/empty";
import { Badge } from "@/components/ui/badge";
import { Table, TableCell, TableHead, TableRow } from "@/components/ui/table";
import type { ListedKey } from "@/lib/auth/api-keys";
import { formatAgo, formatDate } from "@/lib/format";
import { RevokeKey } from "./revoke-key";

/** The keys of a project, revoked ones last and without a button. */
export function KeyTable({ slug, keys, now }: { slug: string; keys: readonly ListedKey[]; now: Date }) {
  if (keys.length === 0) return <Empty title="No key yet">Make one: calls cannot be sent without.</Empty>;
  return (
    <Table className="mt-2">
      <thead>
        <tr>
          <TableHead>Name</TableHead>
          <TableHead className="max-phone:hidden">Environment</TableHead>
          <TableHead className="max-phone:hidden">Scopes</TableHead>
          <TableHead>Last use</TableHead>
          <TableHead className="max-phone:hidden">Made</TableHead>
          <TableHead>
            <span className="sr-only">Action</span>
          </TableHead>
        </tr>
      </thead>
      <tbody>
        {keys.map((key) => (
          <TableRow key={key.id}>
            <TableCell className="h-[42px] py-1.5">
              <span className="block max-w-[28ch] truncate font-medium">{key.name}</span>
              <span className="mono text-muted-foreground">{key.prefix}…</span>
            </TableCell>
            <TableCell className="max-phone:hidden">{key.environment}</TableCell>
            <TableCell className="max-phone:hidden">{key.scopes.join(", ")}</TableCell>
            <TableCell className="text-text-2">
              {key.lastUsedAt ? (
                <time dateTime={key.lastUsedAt.toISOString()}>{formatAgo(key.lastUsedAt, now)}</time>
              ) : (
                <span className="text-muted-foreground">never</span>
              )}
            </TableCell>
            <TableCell className="text-text-2 max-phone:hidden">
              {formatDate(key.createdAt)}
              {key.createdBy && <span className="text-muted-foreground"> by {key.createdBy}</span>}
            </TableCell>
            <TableCell className="text-right">
              {key.revokedAt ? (
                <Badge variant="outline">revoked</Badge>
              ) : (
                <RevokeKey slug={slug} id={key.id} name={key.name} prefix={key.prefix} environment={key.environment} />
              )}
            </TableCell>
          </TableRow>
        ))}
      </tbody>
    </Table>
  );
}
