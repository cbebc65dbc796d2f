"use client";

import Link from "next/link";
import { useEffect, useRef, useState } from "react";
import { FormError } from "@/components/forms/form-error";
import { enter } from "../enter";

/** Uses the link as soon as a browser runs the page: a preview of the link in a chat only reads it and does not use it up. */
export function LinkForm({ token }: { token: string }) {
  const [error, setError] = useState<string | null>(null);
  const isUsed = useRef(false);
  useEffect(() => {
    if (isUsed.current) return;
    isUsed.current = true;
    enter("link", { token }).then((problem) => (problem === null ? location.replace("/") : setError(problem)));
  }, [token]);
  if (error === null) return <p className="mt-4 text-muted-foreground">Signing in…</p>;
  return (
    <>
      <FormError>{error}</FormError>
      <p className="mt-4">
        <Link className="link" href="/sign-in">
          Sign in with a password
        </Link>
      </p>
    </>
  );
}
