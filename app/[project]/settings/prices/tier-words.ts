import { formatCount } from "@/lib/format";
import type { TierPrice } from "./price-list";

/** `over 100,000 prompt tokens`, `fast mode`: which calls a price is for. */
export function tierInWords({ tier, above }: Pick<TierPrice, "tier" | "above">): string {
  const mode = tier === "fast" || tier === "fast_long" ? "fast mode" : above === null ? "standard" : "";
  const prompt = above === null ? "" : `over ${formatCount(above)} prompt tokens`;
  return [mode, prompt].filter(Boolean).join(", ");
}
