import { Badge } from "@/components/ui/badge";
import { Table, TableCell, TableHead, TableRow } from "@/components/ui/table";
import type { Member } from "@/lib/auth/members";
import { ChangeMember } from "./change-member";
import { MemberLink } from "./member-link";
import { RemoveMember } from "./remove-member";

type Props = { slug: string; members: readonly Member[]; mayChange: boolean; ownId: string };

/** Everybody of the project; the buttons only for an owner. */
export function MemberTable({ slug, members, mayChange, ownId }: Props) {
  return (
    <Table className="mt-2">
      <thead>
        <tr>
          <TableHead>Person</TableHead>
          <TableHead>Role</TableHead>
          <TableHead className="max-phone:hidden">Sees</TableHead>
          {mayChange && (
            <TableHead>
              <span className="sr-only">Actions</span>
            </TableHead>
          )}
        </tr>
      </thead>
      <tbody>
        {members.map((member) => (
          <TableRow key={member.userId}>
            <TableCell className="h-[42px] py-1.5">
              <span className="block max-w-[32ch] truncate font-medium">
                {member.name || member.email}
                {member.userId === ownId && <span className="font-normal text-muted-foreground"> (you)</span>}
              </span>
              <span className="text-muted-foreground text-note">
                {member.name === "" ? <Badge variant="outline">invited</Badge> : member.email}
              </span>
            </TableCell>
            <TableCell>{member.role}</TableCell>
            <TableCell className="text-text-2 max-phone:hidden">
              {member.tenants === "all" ? (
                "all tenants"
              ) : (
                <span title={member.tenants.join(", ")}>
                  {member.tenants.length === 1 ? member.tenants[0] : `${member.tenants.length} tenants`}
                </span>
              )}
            </TableCell>
            {mayChange && (
              <TableCell>
                <div className="flex justify-end gap-1">
                  {member.userId !== ownId && <MemberLink slug={slug} member={member} />}
                  <ChangeMember slug={slug} member={member} />
                  <RemoveMember slug={slug} member={member} />
                </div>
              </TableCell>
            )}
          </TableRow>
        ))}
      </tbody>
    </Table>
  );
}
