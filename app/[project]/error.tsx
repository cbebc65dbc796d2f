"use client";

import { Main } from "@/components/shell/app-shell";
import { Failure } from "@/components/shell/failure";
import { Button } from "@/components/ui/button";

/** A page that could not be made: the shell stays. */
export default function ProjectError({ error, reset }: { error: Error & { digest?: string }; reset: () => void }) {
  return (
    <Main>
      <Failure
        title="This page could not be read"
        reference={error.digest}
        actions={<Button onClick={reset}>Try again</Button>}
      >
        The server did not answer. Calls that were acknowledged are stored; nothing is lost.
      </Failure>
    </Main>
  );
}
