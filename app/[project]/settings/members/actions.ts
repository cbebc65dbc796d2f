"use server";

import { revalidatePath } from "next/cache";
import { z } from "zod";
import { projectAction, Refusal } from "@/lib/auth/action";
import { changeMember, createMemberLink, inviteMember, type MemberRefusal, removeMember } from "@/lib/auth/members";
import { emailSchema, roleSchema, tenantSchema } from "@/lib/auth/schema";
import { now } from "@/lib/clock";

const grant = {
  role: roleSchema,
  tenants: z.union([
    z.literal("all"),
    z.array(tenantSchema).min(1, "Name at least one tenant, or let him see all").max(500, "At most 500 tenants"),
  ]),
};

const WHY: Record<MemberRefusal, string> = {
  "last-owner": "The last owner stays: make somebody else an owner first",
  unknown: "This person is no member of the project any more",
  "already-member": "This person is a member already",
  "invited-elsewhere": "This person has an open invitation to another project: invite again once it is taken up",
  "elsewhere-too": "This person also belongs to a project that you do not own, so its owner has to make the link",
};

function settled(slug: string, refusal: MemberRefusal | null, field?: string): void {
  if (refusal) throw new Refusal(WHY[refusal], field);
  revalidatePath(`/${slug}/settings/members`);
}

/** Invites by e-mail address. Answers the link to hand over, or null for somebody who has an account and is in at once. */
export const invite = projectAction(
  "owner",
  z.strictObject({ email: emailSchema, ...grant }),
  async ({ project, scope }, { email, ...given }) => {
    const invited = await inviteMember(scope, email, given, now());
    settled(project.slug, invited.ok ? null : invited.reason, "email");
    return { email, link: invited.ok ? invited.link : null };
  },
);

/** A new link by which a member sets his password. */
export const makeLink = projectAction("owner", z.strictObject({ userId: z.uuid() }), async (access, { userId }) => {
  const made = await createMemberLink(access.scope, access.user.id, userId, now());
  if (!made.ok) throw new Refusal(WHY[made.reason]);
  return { link: made.link };
});

/** Changes role and tenants of a member, from his next request on. */
export const change = projectAction(
  "owner",
  z.strictObject({ userId: z.uuid(), ...grant }),
  async ({ project, scope }, { userId, ...given }) => settled(project.slug, await changeMember(scope, userId, given)),
);

/** Takes a member out of the project, from his next request on. */
export const remove = projectAction(
  "owner",
  z.strictObject({ userId: z.uuid() }),
  async ({ project, scope }, { userId }) => settled(project.slug, await removeMember(scope, userId)),
);
