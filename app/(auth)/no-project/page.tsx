import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { listProjects, requireUser } from "@/lib/auth/require-user";
import { AuthTitle } from "../auth-title";
import { SignOutButton } from "./sign-out-button";

export const metadata: Metadata = { title: "No project" };

/** For somebody whose last membership was taken away. */
export default async function Page() {
  const { user } = await requireUser();
  const [first] = await listProjects(user.id);
  if (first) redirect(`/${first.slug}`);
  return (
    <>
      <AuthTitle title="No project">Signed in as {user.email}</AuthTitle>
      <p className="mt-4 mb-4 text-text-2">
        You belong to no project on this server. Its owner invites people under Settings, Members.
      </p>
      <SignOutButton />
    </>
  );
}
