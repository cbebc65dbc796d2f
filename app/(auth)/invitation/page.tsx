import type { Metadata } from "next";
import Link from "next/link";
import { findInvitation } from "@/lib/auth/invitation";
import { now } from "@/lib/clock";
import { AuthTitle } from "../auth-title";
import { JoinForm } from "./join-form";

export const metadata: Metadata = { title: "Join", referrer: "no-referrer" };

export default async function Page({ searchParams }: { searchParams: Promise<{ token?: string | string[] }> }) {
  const { token } = await searchParams;
  const invitation = typeof token === "string" ? await findInvitation(token, now()) : null;
  if (!invitation || typeof token !== "string") {
    return (
      <AuthTitle title="This link is over">
        It was used already or is older than a week. Ask the owner of the project for a new one, or{" "}
        <Link className="link underline underline-offset-3" href="/sign-in">
          sign in
        </Link>
        .
      </AuthTitle>
    );
  }
  const { email, name, projects } = invitation;
  const what = name === "" ? `You are invited to ${projects.join(", ")} as ${email}.` : `For ${email}.`;
  return (
    <>
      <AuthTitle title={name === "" ? "Join" : "Set a new password"}>{what}</AuthTitle>
      <JoinForm token={token} email={email} name={name} />
    </>
  );
}
