import { parseUsd, toDecimalUsd } from "@/lib/money";
import { withCents } from "@/lib/pricing/contract-words";
import type { BookModel } from "./choices";

const PERCENT = /^-?\d{1,4}(\.\d{1,4})?$/;

/** What a percent makes of one rate, exactly. */
export function AdjustmentExample({ model, percent }: { model: BookModel | undefined; percent: string }) {
  const list = model?.rates.input ?? null;
  const adjusted = list === null ? null : adjust(list, percent);
  return (
    <p aria-live="polite" className="mb-3.5 rounded-control bg-inset px-3 py-2 text-text-2">
      {model && list !== null && adjusted !== null ? (
        <>
          {model.name}, input: {withCents(list)} →{" "}
          <span className="font-medium text-foreground">{withCents(adjusted)}</span> per million tokens
        </>
      ) : (
        "Several that match the same call multiply: 10% off and 3% on top make 0.9 × 1.03 of the list price."
      )}
    </p>
  );
}

/** A rate (decimal dollars for a million tokens) after a percent; null for what is none, or leaves nothing to pay and less. */
export function adjust(rate: string, percent: string): string | null {
  if (!PERCENT.test(percent)) return null;
  const factor = 100n * PERCENT_UNIT + parseUsd(percent) / (1_000_000_000_000n / PERCENT_UNIT);
  return factor < 0n ? null : toDecimalUsd((parseUsd(rate) * factor) / (100n * PERCENT_UNIT));
}

/** Ten-thousandths of a percent. */
const PERCENT_UNIT = 10_000n;
