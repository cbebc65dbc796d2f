import { describe, expect, test } from "vitest";
import { chooseColumns, DEFAULT_COLUMNS, readColumns } from "@/app/[project]/calls/chosen-columns";
import type { FieldError } from "@/lib/period";

const keys = (...of: Parameters<typeof chooseColumns>) => chooseColumns(...of).map(({ key }) => key);

describe("the columns of the list", () => {
  test("are those of the address, else those kept, else the usual; the time always first", () => {
    expect(keys(["cost", "tenant"], "model", false)).toEqual(["time", "tenant", "cost"]);
    expect(keys(null, "cost.prompt", false)).toEqual(["time", "prompt", "cost"]);
    expect(keys(null, undefined, false)).toEqual(DEFAULT_COLUMNS);
  });

  test("kept by an older version, or by nobody, are left aside", () => {
    expect(keys(null, "planet.cost", false)).toEqual(["time", "cost"]);
    expect(keys(null, "%;,<script>", false)).toEqual(DEFAULT_COLUMNS);
  });

  test("give way to an open call only where nobody chose them", () => {
    expect(keys(null, undefined, true)).not.toContain("feature");
    expect(keys(null, "feature", true)).toEqual(["time", "feature"]);
  });

  test("of an address that are none are an error", () => {
    const errors: FieldError[] = [];
    expect(readColumns(new URLSearchParams(), errors)).toBeNull();
    expect(readColumns(new URLSearchParams("columns=tenant,cost"), errors)).toEqual(["tenant", "cost"]);
    expect(errors).toEqual([]);
    readColumns(new URLSearchParams("columns=tenant,planet"), errors);
    expect(errors.map(({ path }) => path)).toEqual(["columns"]);
  });
});
