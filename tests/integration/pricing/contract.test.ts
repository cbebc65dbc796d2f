import { setTimeout } from "node:timers/promises";
import { beforeEach, describe, expect, test } from "vitest";
import { verifyRollups } from "@/lib/calls/verify";
import { writeDb } from "@/lib/db";
import { type ContractStep, changeContract } from "@/lib/pricing/change-contract";
import { saveContract } from "@/lib/pricing/save-contract";
import { listPriceVersions, readNewestPrices, readPrices } from "@/lib/pricing/versions";
import { type CallsApi, createCallsApi } from "@/tests/support/api";
import { anthropicUsage, buildCall } from "@/tests/support/calls";
import { createProject } from "@/tests/support/project";
import { createPerson } from "@/tests/support/visitor";

const DATES = { from: "2026-11-01", to: null, note: "" };
const TENTH_OFF = { kind: "adjustment", ...DATES, provider: null, platform: null, model: null, percent: "-10" };
const ALIAS = { kind: "alias", ...DATES, model: "acme-70b", target: "acme-private" };
const RATES = {
  ...{ kind: "rates", ...DATES, model: "acme-private", platform: null },
  rates: { input: "0.9", cache_create_5m: null, cache_create_1h: null, cache_read: null, output: "1.8" },
};
const CHANGED = "The contract was changed meanwhile: look at it again, then repeat the change";

let api: CallsApi;
let userId: string;

beforeEach(async () => {
  api = await createCallsApi();
  userId = (await createPerson(api.id, "owner")).userId;
});

const newest = async () => (await readNewestPrices(api.scope)).version;
const save = async (overrides: readonly unknown[], basedOn?: number) =>
  saveContract(api.scope, { basedOn: basedOn ?? (await newest()), overrides, reason: "test", userId });
const change = async (step: ContractStep) => changeContract(api.scope, { basedOn: await newest(), userId, step });
const add = (override: Record<string, unknown>) => change({ do: "put", id: null, override });
const idsOf = async () => (await readNewestPrices(api.scope)).contract.overrides.map(({ id }) => id);

describe("a contract that is saved", () => {
  test("is the next version: kept with who made it, why and by which book, and never changed", async () => {
    const first = await newest();
    expect(await save([{ id: "d1", ...TENTH_OFF }])).toEqual({ ok: true, version: first + 1 });
    expect(await save([])).toEqual({ ok: true, version: first + 2 });
    const { book } = await readNewestPrices(api.scope);
    expect(await listPriceVersions(api.scope)).toMatchObject([
      { version: first + 2, overrides: [], by: "Somebody", reason: "test" },
      { version: first + 1, overrides: [{ id: "d1", ...TENTH_OFF }], by: "Somebody", bookVersion: book.version },
      { version: first, overrides: [], by: null, reason: `Price book ${book.version}` },
    ]);
    expect((await readPrices(api.scope, first + 1)).contract.overrides).toHaveLength(1);
  });

  test("is of its own project only", async () => {
    const other = await createProject();
    const before = await readNewestPrices(other.scope);
    await save([{ id: "d1", ...TENTH_OFF }]);
    expect(await listPriceVersions(other.scope)).toHaveLength(1);
    expect((await readNewestPrices(other.scope)).contract.overrides).toEqual([]);
    await expect(readPrices(other.scope, before.version + 1)).rejects.toThrow(`prices have no version`);
  });

  test("is not saved over another's: of two at once exactly one is", async () => {
    const basedOn = await newest();
    const both = await Promise.all([
      save([{ id: "d1", ...TENTH_OFF }], basedOn),
      save([{ id: "d2", ...TENTH_OFF, percent: "-20" }], basedOn),
    ]);
    expect(both.filter(({ ok }) => ok)).toEqual([{ ok: true, version: basedOn + 1 }]);
    expect(both.filter(({ ok }) => !ok)).toEqual([{ ok: false, errors: [{ id: "", field: "", message: CHANGED }] }]);
    expect(await save([], basedOn)).toEqual({ ok: false, errors: [{ id: "", field: "", message: CHANGED }] });
    // Nor on a version that there never was.
    expect(await save([], basedOn + 7)).toEqual({ ok: false, errors: [{ id: "", field: "", message: CHANGED }] });
    expect(await listPriceVersions(api.scope)).toHaveLength(basedOn + 1);
  });

  test("is not saved over one that is being saved and that nobody can see yet", async () => {
    const basedOn = await newest();
    const { book } = await readNewestPrices(api.scope);
    const data = { projectId: api.id, version: basedOn + 1, bookVersion: book.version, contract: [], reason: "other" };
    const late = await writeDb().$transaction(async (transaction) => {
      await transaction.priceVersion.create({ data });
      const saving = save([{ id: "d1", ...TENTH_OFF }], basedOn);
      await setTimeout(500);
      return { saving };
    });
    expect(await late.saving).toEqual({ ok: false, errors: [{ id: "", field: "", message: CHANGED }] });
    expect((await listPriceVersions(api.scope)).map(({ reason }) => reason)).toEqual([
      "other",
      `Price book ${book.version}`,
    ]);
  });

  test("is refused as a whole, each error named by override and field", async () => {
    const version = await newest();
    expect(
      await save([
        { id: "d1", ...TENTH_OFF, percent: "-101" },
        { id: "r1", ...RATES, rates: { ...RATES.rates, output: "-1" } },
      ]),
    ).toEqual({
      ok: false,
      errors: [
        { id: "d1", field: "percent", message: "A discount must be at most 100%" },
        { id: "r1", field: "rates.output", message: "Must not be negative" },
      ],
    });
    expect(await save([{ id: "a1", ...ALIAS }])).toEqual({
      ok: false,
      errors: [
        {
          id: "a1",
          field: "target",
          message: "acme-private is neither in the price book nor has it own rates or an alias",
        },
      ],
    });
    expect(await save(Array.from({ length: 501 }, (_, at) => ({ id: `d${at}`, ...TENTH_OFF })))).toEqual({
      ok: false,
      errors: [{ id: "", field: "", message: "A contract must have at most 500 overrides" }],
    });
    expect(await save([])).toEqual({
      ok: false,
      errors: [{ id: "", field: "", message: "This changes nothing: the contract is so already" }],
    });
    expect(await newest()).toBe(version);
  });

  test("answers for what it makes wrong, not for what a newer book made wrong before", async () => {
    const version = (await newest()) + 1;
    const { book } = await readNewestPrices(api.scope);
    const shadow = { id: "a1", ...ALIAS, model: "claude-opus-5", target: "claude-haiku-4-5" };
    // As if the book had learnt the name only with this release.
    await writeDb().priceVersion.create({
      data: { projectId: api.id, version, bookVersion: book.version, contract: [shadow], reason: "older book" },
    });
    expect(await save([shadow, { id: "d1", ...TENTH_OFF }])).toEqual({ ok: true, version: version + 1 });
    expect(await save([shadow, { ...shadow, id: "a2", model: "claude-opus-4-7" }])).toMatchObject({
      errors: [{ id: "a2", field: "model" }],
    });
  });
});

describe("one change of a contract", () => {
  test("adds, changes, ends, removes and restores, each as a version that says so", async () => {
    await add(RATES);
    await add(TENTH_OFF);
    const [rates = "", discount = ""] = await idsOf();
    expect(rates).toMatch(/^[a-z0-9]{8}$/);
    expect(rates).not.toBe(discount);
    await change({ do: "put", id: discount, override: { ...TENTH_OFF, percent: "-12.5" } });
    await change({ do: "end", id: discount, to: "2026-12-01" });
    const ended = await newest();
    await change({ do: "remove", id: rates });
    await change({ do: "restore", version: ended });
    const versions = await listPriceVersions(api.scope);
    expect(versions.map(({ reason }) => reason).slice(0, -1)).toEqual([
      `Restored the contract of version ${ended}`,
      "Removed own rates acme-private: input $0.90, output $1.80 per million tokens",
      "A last day for everything: 12.5% off the list price",
      "Changed everything: 12.5% off the list price",
      "Added everything: 10% off the list price",
      "Added own rates acme-private: input $0.90, output $1.80 per million tokens",
    ]);
    expect(versions[0]?.overrides).toEqual([
      { ...RATES, id: rates },
      { ...TENTH_OFF, id: discount, percent: "-12.5", to: "2026-12-01" },
    ]);
  });

  test("puts a spelling of a known model down as that model, on the platform that is spelled so", async () => {
    await add({ ...TENTH_OFF, model: "us.anthropic.claude-opus-4-7" });
    await add({ ...TENTH_OFF, model: "anthropic/claude-opus-5", platform: "vertex" });
    expect((await readNewestPrices(api.scope)).contract.overrides).toMatchObject([
      { model: "claude-opus-4-7", platform: "bedrock" },
      { model: "claude-opus-5", platform: "vertex" },
    ]);
  });

  test("names its own field, or what it would break", async () => {
    await add(RATES);
    await add(ALIAS);
    const [rates = "", alias = ""] = await idsOf();
    const broken = "alias acme-70b, priced as acme-private: acme-private";
    expect(await change({ do: "remove", id: rates })).toEqual({
      ok: false,
      errors: [
        { id: "", field: "", message: `${broken} is neither in the price book nor has it own rates or an alias` },
      ],
    });
    expect(await change({ do: "end", id: rates, to: "2027-01-01" })).toEqual({
      ok: false,
      errors: [
        {
          id: "",
          field: "",
          message: `${broken} has no own rates and no alias on 2027-01-01, when this alias holds`,
        },
      ],
    });
    expect(await change({ do: "end", id: alias, to: "2026-11-01" })).toEqual({
      ok: false,
      errors: [{ id: alias, field: "to", message: "Must not end before it begins" }],
    });
    expect(await change({ do: "put", id: alias, override: { ...ALIAS, target: "acme-70b" } })).toEqual({
      ok: false,
      errors: [{ id: alias, field: "target", message: "Makes a cycle of aliases: acme-70b → acme-70b" }],
    });
    expect(await add({ ...RATES, from: "2026-12-01" })).toEqual({
      ok: false,
      errors: [
        {
          id: expect.any(String),
          field: "from",
          message: "Overlaps another override of the same, which holds from 2026-11-01, without an end",
        },
      ],
    });
    expect(await add({ kind: "gift" })).toMatchObject({ ok: false, errors: [{ field: "kind" }] });
    const gone = "This override is not in the contract any more: look at it again";
    for (const step of [{ do: "remove" }, { do: "end", to: null }, { do: "put", override: ALIAS }] as const) {
      expect(await change({ ...step, id: "nothere" })).toMatchObject({ errors: [{ message: gone }] });
    }
    expect(await change({ do: "restore", version: 99 })).toMatchObject({
      errors: [{ message: "There is no version 99 of these prices" }],
    });
    expect(await change({ do: "restore", version: await newest() })).toMatchObject({
      errors: [{ message: "This changes nothing: the contract is so already" }],
    });
  });
});

type Priced = {
  requestId: string;
  costUsdPicos: bigint | null;
  listCostUsdPicos: bigint | null;
  priceVersion: number;
  priceId: string | null;
  priceMultipliers: string;
};

const readCalls = () =>
  writeDb().$queryRaw<Priced[]>`
    SELECT request_id AS "requestId", cost_usd_picos AS "costUsdPicos", list_cost_usd_picos AS "listCostUsdPicos",
      price_version AS "priceVersion", price_id AS "priceId", price_multipliers AS "priceMultipliers"
    FROM llm_call WHERE project_id = ${api.id} ORDER BY request_id`;

const send = async (request_id: string, rest: Record<string, unknown> = {}) => {
  const { status, body } = await api.post([buildCall({ request_id, ...rest })]);
  expect({ status, rejected: body.rejected }).toMatchObject({ status: 200, rejected: [] });
};

describe("calls that arrive", () => {
  test("are priced by the contract of that moment, and keep it; sums and rows agree", async () => {
    await send("a");
    const before = await newest();
    await add({ ...TENTH_OFF, percent: "-12.5", provider: "anthropic" });
    const [discount] = await idsOf();
    await send("b");
    await add({ ...RATES, model: "acme-private" });
    await add({ ...ALIAS, model: "acme-70b" });
    const own = (await idsOf())[1];
    await send("c", { model: "acme-70b", provider: "other", usage: anthropicUsage({ input: 1000, output: 100 }) });
    await add({
      ...RATES,
      model: "claude-sonnet-5-5",
      rates: { input: "1", cache_create_5m: "1", cache_create_1h: "1", cache_read: "1", output: "4" },
    });
    const special = (await idsOf())[3];
    await send("d");

    // claude-sonnet-5-5: 1,000 × $2 + 100 × $10 per million = $0.003; 12.5% off, then own rates, which take no discount.
    const list = 3_000_000_000n;
    const priceId = "anthropic/claude-sonnet-5-5@2026-10-07";
    expect(await readCalls()).toEqual([
      {
        requestId: "a",
        costUsdPicos: list,
        listCostUsdPicos: list,
        priceVersion: before,
        priceId,
        priceMultipliers: "",
      },
      {
        ...{ requestId: "b", costUsdPicos: 2_625_000_000n, listCostUsdPicos: list, priceVersion: before + 1, priceId },
        priceMultipliers: `contract/${discount}_0.875`,
      },
      {
        ...{ requestId: "c", costUsdPicos: 1_080_000_000n, listCostUsdPicos: null, priceVersion: before + 3 },
        ...{ priceId: `contract/${own}`, priceMultipliers: "" },
      },
      {
        ...{ requestId: "d", costUsdPicos: 1_400_000_000n, listCostUsdPicos: list, priceVersion: before + 4 },
        ...{ priceId: `contract/${special}`, priceMultipliers: "" },
      },
    ]);
    for (const table of ["hours", "days"] as const) {
      const sums =
        table === "hours"
          ? await writeDb().usageHour.findMany({ where: { projectId: api.id } })
          : await writeDb().usageDay.findMany({ where: { projectId: api.id } });
      const sum = (key: "costUsdPicos" | "listCostUsdPicos" | "unlistedCostUsdPicos") =>
        sums.reduce((total, row) => total + row[key], 0n);
      expect([sum("costUsdPicos"), sum("listCostUsdPicos"), sum("unlistedCostUsdPicos")]).toEqual([
        8_105_000_000n,
        9_000_000_000n,
        1_080_000_000n,
      ]);
    }
    expect((await verifyRollups(api.scope)).differences).toEqual([]);
  });

  test("are priced by the rates of their platform before those of any", async () => {
    await add(RATES);
    await add({ ...RATES, platform: "Azure", rates: { ...RATES.rates, input: "0.5", output: "1" } });
    await send("a", { model: "acme-private", provider: "other", platform: "azure" });
    await send("b", { model: "acme-private", provider: "other", platform: "elsewhere" });
    expect((await readCalls()).map(({ costUsdPicos }) => costUsdPicos)).toEqual([600_000_000n, 1_080_000_000n]);
  });
});
