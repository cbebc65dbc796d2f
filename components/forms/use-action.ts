"use client";

import { unstable_rethrow } from "next/navigation";
import { useState, useTransition } from "react";
import type { ActionResult, FieldErrors } from "@/lib/auth/schema";

/**
 * Runs a server action for a form: `run(input, then)` calls `then` with its result, or leaves a message per field in `errors`
 * (`errors.form` for none in particular). An unreachable server is such a message too: nothing is ever silently lost.
 */
export function useAction<I, T>(action: (input: I) => Promise<ActionResult<T>>) {
  const [errors, setErrors] = useState<FieldErrors>({});
  const [isPending, startTransition] = useTransition();
  const run = (input: I, then: (value: T) => void | Promise<void>) =>
    startTransition(async () => {
      const result = await attempt(() => action(input));
      setErrors(result.ok ? {} : result.errors);
      if (result.ok) await then(result.value);
    });
  return { run, errors, isPending, clear: () => setErrors({}) };
}

async function attempt<T>(action: () => Promise<ActionResult<T>>): Promise<ActionResult<T>> {
  try {
    return await action();
  } catch (error) {
    // A redirect or "not found" travels as an error: the router takes it from here.
    unstable_rethrow(error);
    return {
      ok: false,
      errors: { form: "The server did not answer this. Reload the page to see what is true, then try again." },
    };
  }
}
