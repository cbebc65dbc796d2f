import type { Metadata } from "next";
import Link from "next/link";
import { canSetUp, isSetUp } from "@/lib/auth/set-up";
import { now } from "@/lib/clock";
import { AuthTitle } from "../auth-title";
import { SetUpForm } from "./set-up-form";

export const metadata: Metadata = { title: "Set up", referrer: "no-referrer" };

export default async function Page({ searchParams }: { searchParams: Promise<{ token?: string | string[] }> }) {
  const { token } = await searchParams;
  if (typeof token === "string" && (await canSetUp(token, now()))) {
    return (
      <>
        <AuthTitle title="Set up Spendtrace">You become the owner of this server and its first project.</AuthTitle>
        <SetUpForm token={token} />
      </>
    );
  }
  if (await isSetUp()) {
    return (
      <AuthTitle title="Already set up">
        This server has an owner.{" "}
        <Link className="link underline underline-offset-3" href="/sign-in">
          Sign in
        </Link>
      </AuthTitle>
    );
  }
  return (
    <AuthTitle title="Set up Spendtrace">
      Open the set-up link that the server printed when it started: it proves that this server is yours. Lost it? Start
      the server again and it prints a new one.
    </AuthTitle>
  );
}
