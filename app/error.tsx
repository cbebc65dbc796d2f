"use client";

import { Failure } from "@/components/shell/failure";
import { Logo } from "@/components/shell/mark";
import { Button } from "@/components/ui/button";

/** What stands where not even the shell could be made: usually the database does not answer. */
export default function RootError({ error, reset }: { error: Error & { digest?: string }; reset: () => void }) {
  return (
    <main className="grid min-h-dvh content-center justify-items-center gap-2 p-4">
      <Logo />
      <Failure
        title="Spendtrace could not answer"
        reference={error.digest}
        actions={<Button onClick={reset}>Try again</Button>}
      >
        Calls that were acknowledged are stored; nothing is lost. The server's log says what failed.
      </Failure>
    </main>
  );
}
