import { expect, test } from "vitest";
import { againstList, listNote, unlistedNote } from "@/app/[project]/panels/against-list";

const USD = 1_000_000_000_000n;
const row = (cost: bigint, list_cost: bigint, saved_cost: bigint) => ({ cost, list_cost, saved_cost });

test("nothing is said where all was paid at the list price, or nobody asked", () => {
  expect(againstList(row(5n, 5n, 0n))).toBeNull();
  expect(againstList({ cost: 5n })).toBeNull();
  expect(listNote(row(5n, 5n, 0n))).toBeNull();
  expect(unlistedNote(row(5n, 5n, 0n))).toBeNull();
  expect(againstList(row(5n, 6n, 1n))).toEqual({ listed: 6n, saved: 1n, unlisted: 0n });
});

test("a discount is saved, a premium is on top; the share is of the list price", () => {
  expect(listNote(row(90n * USD, 100n * USD, 10n * USD))).toBe("List $100.00, saved $10.00 (10.0%)");
  expect(listNote(row(105n * USD, 100n * USD, -5n * USD))).toBe("List $100.00, $5.00 on top (5.0%)");
  expect(unlistedNote(row(90n * USD, 100n * USD, 10n * USD))).toBeNull();
});

test("what has no list price is said apart: cost and saving add up to the list price without it", () => {
  const mixed = row(97n * USD, 100n * USD, 10n * USD);
  expect(againstList(mixed)).toEqual({ listed: 100n * USD, saved: 10n * USD, unlisted: 7n * USD });
  expect(listNote(mixed)).toBe("List $100.00, saved $10.00 (10.0%), $7.00 without list price");
  expect(unlistedNote(mixed)).toBe(". $7.00 of the spend has no list price: it is in neither, listed nor saved");
  expect(listNote(row(7n * USD, 0n, 0n))).toBe("$7.00 without list price");
});
