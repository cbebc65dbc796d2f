import fc from "fast-check";
import { expect, test } from "vitest";
import { inCents } from "@/app/[project]/movers/in-cents";

const CENT = 10_000_000_000n;

test("the parts in cents lead from the one total to the other", () => {
  const amount = fc.bigInt({ min: -(10n ** 17n), max: 10n ** 17n });
  fc.assert(
    fc.property(amount, fc.array(amount, { minLength: 1, maxLength: 5 }), (start, parts) => {
      const end = parts.reduce((a, b) => a + b, start);
      const cents = inCents(start, parts, end);
      expect(cents.parts.reduce((a, b) => a + b, cents.before)).toBe(cents.after);
      for (const value of [cents.before, ...cents.parts, cents.after]) expect(value % CENT).toBe(0n);
      expect(cents.after - end <= CENT / 2n && end - cents.after <= CENT / 2n).toBe(true);
    }),
    { seed: 5 },
  );
});
