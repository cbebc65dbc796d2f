import { expect, test } from "vitest";
import { costs, fileOf, readAll } from "@/tests/support/import-files";

test("our own export comes back in: a call that two models served is one call again", async () => {
  const header =
    "id,occurred_at,received_at,request_id,line,tenant_id,feature,model,sent_model,input_tokens,cache_create_5m_tokens,cache_create_1h_tokens,cache_read_tokens,output_tokens,web_search_requests,pricing_status,pricing_notes,reported_cost_usd";
  const at = "2026-11-20T12:00:00.000Z";
  const rows = [
    `x,${at},${at},req_1,1,'=acme,f,claude-haiku-4-5,,1000,0,0,0,10,0,priced,,`,
    `x,${at},${at},req_1,0,'=acme,f,claude-sonnet-5-5,,1000,0,0,0,100,0,priced,,0.005`,
    `x,${at},${at},req_0,0,'it is,f,claude-sonnet-5-5,claude-sonnet-5-5@alias,1000,20,0,0,100,2,priced,no_ttl_split:assumed_5m,`,
  ];
  for (const chunk of [9, 4096]) {
    const { calls, refused } = await readAll(fileOf("calls.csv", `${[header, ...rows].join("\r\n")}\r\n`, chunk));
    expect(refused).toEqual([]);
    expect(calls.map(({ request_id, tenant_id, model }) => [request_id, tenant_id, model])).toEqual([
      ["req_1", "=acme", "claude-sonnet-5-5"],
      ["req_0", "'it is", "claude-sonnet-5-5@alias"],
    ]);
    // Sonnet (1,000 × 2 + 100 × 10) and Haiku (1,000 × 1 + 10 × 5) $/M; the alias is not known here.
    expect(costs(calls)[0]).toBe(3_000_000_000n + 1_050_000_000n);
    expect(calls[0]).toMatchObject({ cost_usd_micros: 5000 });
    expect(calls[1]).toMatchObject({ input_tokens: 1000, cache_create_tokens: 20, web_search_requests: 2 });
    expect(calls[1]).not.toHaveProperty("cache_create_5m_tokens");
  }
});

test("our own export is read on from any place that was told, never between two lines of a call", async () => {
  const at = "2026-11-20T12:00:00.000Z";
  const names =
    "occurred_at,received_at,request_id,line,tenant_id,feature,model,input_tokens,output_tokens,pricing_status,reported_cost_usd";
  const line = (id: number, n: number) =>
    `${at},${at},req_${id},${n},acme,f,${n === 0 ? "claude-sonnet-5-5" : "claude-haiku-4-5"},1000,10,priced,`;
  const rows = Array.from({ length: 30 }, (_, id) =>
    id % 3 === 0 ? [line(id, 0)] : [line(id, 1), line(id, 0)],
  ).flat();
  const content = `${[names, ...rows].join("\n")}\n`;
  for (const chunk of [150, 210, 400]) {
    const whole = await readAll(fileOf("calls.csv", content, chunk));
    expect([whole.calls.length, whole.positions.length > 3]).toEqual([30, true]);
    for (const from of whole.positions) {
      const rest = await readAll(fileOf("calls.csv", content, chunk), { from });
      expect(rest.calls).toEqual(whole.calls.filter(({ line: n }) => n > from.line));
    }
  }
});
