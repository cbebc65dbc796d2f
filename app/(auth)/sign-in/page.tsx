import type { Metadata } from "next";
import { headers } from "next/headers";
import { redirect } from "next/navigation";
import { findUser } from "@/lib/auth/require-user";
import { safePath } from "@/lib/auth/safe-path";
import { AuthTitle } from "../auth-title";
import { SignInForm } from "./sign-in-form";

export const metadata: Metadata = { title: "Sign in" };

export default async function Page({ searchParams }: { searchParams: Promise<{ next?: string | string[] }> }) {
  const { next } = await searchParams;
  const wanted = safePath(typeof next === "string" ? next : undefined);
  if (await findUser()) redirect(wanted);
  return (
    <>
      <AuthTitle title="Sign in">{(await headers()).get("host")}</AuthTitle>
      <SignInForm next={wanted} />
      <p className="mt-[18px] text-muted-foreground text-note">
        No account? The owner of this server invites people under Settings, Members.
      </p>
    </>
  );
}
