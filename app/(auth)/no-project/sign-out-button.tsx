"use client";

import { signOut } from "next-auth/react";
import { Button } from "@/components/ui/button";

/** Ends the session on the server and goes to the sign-in page. */
export function SignOutButton() {
  return (
    <Button size="large" onClick={() => signOut({ redirect: false }).then(() => location.assign("/sign-in"))}>
      Sign out
    </Button>
  );
}
