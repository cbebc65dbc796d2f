import { describe, expect, test } from "vitest";
import { priceEntry } from "@/lib/estimates/price-line";
import { LIST_PRICES } from "@/lib/pricing/contract";
import { costs, fileOf, jsonl, readAll } from "@/tests/support/import-files";

describe("transcripts of Claude Code", () => {
  const usage = (output: number) => ({
    input_tokens: 4,
    cache_creation_input_tokens: 3000,
    cache_read_input_tokens: 20_000,
    cache_creation: { ephemeral_5m_input_tokens: 1000, ephemeral_1h_input_tokens: 2000 },
    output_tokens: output,
    service_tier: "standard",
    inference_geo: "",
  });
  const line = (id: string, output: number, more: Record<string, unknown> = {}, stop: string | null = null) => ({
    parentUuid: "p",
    isSidechain: false,
    userType: "external",
    cwd: "/home/ana/code/spendtrace",
    sessionId: "session-1",
    version: "2.1.12",
    gitBranch: "main",
    type: "assistant",
    requestId: "req_011",
    uuid: `${id}-${output}`,
    timestamp: `2026-11-20T12:00:0${Math.min(output, 9)}.000Z`,
    message: {
      id,
      type: "message",
      role: "assistant",
      model: "claude-opus-5-5",
      content: [{ type: "text", text: "a secret answer" }],
      stop_reason: stop,
      usage: usage(output),
    },
    ...more,
  });
  const user = { type: "user", cwd: "/x", sessionId: "session-1", message: { role: "user", content: "a secret" } };
  const summary = { type: "summary", summary: "a secret title", leafUuid: "u" };
  const wanted = {
    source: "import/claude-code",
    occurred_at: "2026-11-20T12:00:01.000Z",
    request_id: "msg_1",
    tenant_id: "ana",
    feature: "spendtrace",
    deploy_sha: "2.1.12",
    session_id: "session-1",
    task_id: "spendtrace@main",
    model: "claude-opus-5-5",
    stop_reason: "tool_use",
    usage: { ...usage(500), inference_geo: undefined },
  };
  const defaults = { tenant_id: "ana", feature: "claude-code" };
  const PRICE = 4n * 4n + 1000n * 5n + 2000n * 8n + 500n * 20n;
  const costOfFirst = PRICE * 1_000_000n + 20_000n * 200_000n;

  test("count a message once, with its last usage and its first time", async () => {
    const content = jsonl(summary, user, line("msg_1", 1), line("msg_1", 3), user, line("msg_1", 500, {}, "tool_use"));
    const all = await readAll(fileOf("s.jsonl", content), { defaults });
    expect(all.format).toBe("claude-code");
    expect(all.calls).toEqual([{ line: 6, ...wanted }]);
    expect(costs(all.calls)).toEqual([costOfFirst]);
    expect(all.skipped).toEqual({ "no answer of a model": 3, "repeats a message": 2 });
    expect(JSON.stringify(all)).not.toContain("secret");
  });

  test("count it once across files: a session that was resumed, a sub-agent that repeats its parent", async () => {
    const final = line("msg_1", 500, {}, "tool_use");
    const replay = { ...final, isSidechain: true, agentId: "a1", requestId: "req_2", sessionId: "session-2" };
    const own = line("msg_2", 9, { isSidechain: true, agentId: "a1" }, "end_turn");
    const files = [
      fileOf("a/agent-a1.jsonl", jsonl(replay, own)),
      fileOf("a/session-1.jsonl", jsonl(line("msg_1", 1), final)),
      fileOf(
        "a/session-3.jsonl",
        jsonl({ ...line("msg_1", 1), sessionId: "session-3" }, { ...final, sessionId: "session-3" }),
      ),
    ];
    for (const order of [files, files.toReversed()]) {
      const { calls } = await readAll(order, { defaults, format: "claude-code" });
      const ids = calls.map(({ request_id, usage }) => [
        request_id,
        (usage as { output_tokens: number }).output_tokens,
      ]);
      expect(ids).toEqual([
        ["msg_1", 500],
        ["msg_2", 9],
      ]);
      expect(calls[0]?.session_id).not.toBe("session-2");
    }
  });

  test("skip what Claude Code says itself, read the progress of a sub-agent, refuse what has no time", async () => {
    const synthetic = line("msg_s", 0);
    synthetic.message.model = "<synthetic>";
    const progress = {
      type: "progress",
      cwd: "/home/ana/code/spendtrace",
      sessionId: "session-1",
      version: "2.1.12",
      timestamp: "2026-11-20T13:00:00.000Z",
      data: { type: "agent_progress", message: line("msg_3", 7, { cwd: undefined }, "end_turn") },
    };
    const content = jsonl(
      synthetic,
      line("msg_e", 0, { isApiErrorMessage: true }),
      progress,
      line("m", 1, { timestamp: undefined }),
    );
    const all = await readAll(fileOf("s.jsonl", `${content}{"usage": broken\n`), { defaults });
    expect(all.skipped).toEqual({ "a message of Claude Code itself, such as an error of the API": 2 });
    expect(all.calls.map(({ request_id, feature, occurred_at }) => [request_id, feature, occurred_at])).toEqual([
      ["msg_3", "spendtrace", "2026-11-20T12:00:07.000Z"],
    ]);
    expect(all.refused.map(({ line: at, errors }) => [at, errors[0]])).toEqual([
      [4, { path: "timestamp", message: "is required" }],
      [5, { path: "", message: "the line is not valid JSON" }],
    ]);
  });

  test("hold back an answer that is being written, for 15 minutes after its last line", async () => {
    const lines = [line("msg_1", 1), line("msg_1", 3), line("msg_2", 5, {}, "end_turn")];
    const read = (now: string) => readAll(fileOf("s.jsonl", jsonl(...lines)), { defaults, now: new Date(now) });
    const ids = ({ calls }: Awaited<ReturnType<typeof read>>) => calls.map(({ request_id }) => request_id);
    const during = await read("2026-11-20T12:15:02.999Z");
    expect([ids(during), during.skipped]).toEqual([["msg_2"], { "repeats a message": 1, "not finished yet": 1 }]);
    const after = await read("2026-11-20T12:15:03.000Z");
    expect([ids(after), after.skipped]).toEqual([["msg_1", "msg_2"], { "repeats a message": 1 }]);
    expect(after.calls[0]).toMatchObject({ incomplete: true, occurred_at: "2026-11-20T12:00:01.000Z" });
  });

  test("say that an answer without an end is a lower bound", async () => {
    const { calls } = await readAll(fileOf("s.jsonl", jsonl(line("msg_1", 3))), { defaults });
    expect(calls[0]).toMatchObject({ incomplete: true });
    const priced = priceEntry(JSON.stringify(calls[0]), { prices: LIST_PRICES, on: null, now: new Date() });
    expect(priced).toMatchObject({ ok: true, entry: { lines: [{ status: "estimated" }] } });
    const { calls: whole } = await readAll(fileOf("s.jsonl", jsonl(line("msg_1", 3, {}, "end_turn"))), { defaults });
    expect(whole[0]).not.toHaveProperty("incomplete");
  });
});
