"use client";

import { useRouter } from "next/navigation";
import { useAction } from "@/components/forms/use-action";
import type { ActionResult } from "@/lib/auth/schema";

/** Runs a change of the contract; when it is saved, the page says what that means. */
export function useContractAction<I>(path: string, action: (input: I) => Promise<ActionResult<{ version: number }>>) {
  const router = useRouter();
  const { run, errors, isPending } = useAction(action);
  const save = (input: I) => run(input, ({ version }) => router.replace(`${path}?saved=${version}`));
  return { save, errors, isPending };
}
