import type { Metadata } from "next";
import { AuthTitle } from "../../auth-title";
import { LinkForm } from "./link-form";

export const metadata: Metadata = { title: "Sign in by link", referrer: "no-referrer" };

export default async function Page({ searchParams }: { searchParams: Promise<{ token?: string | string[] }> }) {
  const { token } = await searchParams;
  return (
    <>
      <AuthTitle title="Sign in by link">This link signs you in once.</AuthTitle>
      <LinkForm token={typeof token === "string" ? token : ""} />
    </>
  );
}
