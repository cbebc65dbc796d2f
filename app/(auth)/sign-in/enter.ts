import { signIn } from "next-auth/react";

/** Signs in by one of the two ways. Null when in, else what to tell the person. */
export async function enter(way: "password" | "link", given: Record<string, string>): Promise<string | null> {
  const answer = await signIn(way, { ...given, redirect: false }).catch(() => undefined);
  if (answer?.ok) return null;
  const [reason, seconds] = (answer?.error ?? "unavailable").split(":");
  if (reason === "too-many") {
    const minutes = Math.ceil(Number(seconds) / 60);
    return `Too many attempts. Try again in ${minutes === 1 ? "a minute" : `${minutes} minutes`}.`;
  }
  if (reason === "CredentialsSignin") {
    return way === "password"
      ? "E-mail or password is not right."
      : "This link was used already or is over. Ask for a new one, or sign in with your password.";
  }
  return "The server could not check this. Try again in a moment.";
}
