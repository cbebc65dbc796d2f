"use client";

import { useEffect, useRef, useState } from "react";
import type { ImportSums } from "@/lib/imports/import-tally";
import { readCalls } from "@/lib/imports/read-calls";
import { type ReadGroup, type ReadOptions, type RefusedLine, START, UnreadableFile } from "@/lib/imports/schema";
import { SendingStopped, sendCalls } from "@/lib/imports/send-calls";
import type { Chosen } from "./use-chosen";

export type Span = Readonly<{ first: string; last: string }>;
export type Sending = Readonly<{
  state: "running" | "paused" | "done" | "stopped";
  sums: ImportSums;
  bytes: number;
  totalBytes: number;
  startedAt: number;
  /** Why it ended before the file did. */
  problem: string | null;
  /** Lines of JSON, for the file of refused lines; the first of them. */
  refused: readonly string[];
  /** The days of the calls that were sent, UTC. */
  span: Span | null;
}>;

/** Refused lines that are kept for the file: what is beyond is counted only. */
const MAX_REFUSED = 100_000;
const SHOW_EVERY_MS = 150;

const NOTHING: ImportSums = {
  read: 0,
  accepted: 0,
  duplicates: 0,
  conflicts: 0,
  unpriced: 0,
  refused: 0,
  skipped: {},
  reasons: {},
};

/** Sends the calls of files from this page; leaving it while they are sent asks first. */
export function useSending(slug: string) {
  const [sending, setSending] = useState<Sending | null>(null);
  const control = useRef<{ abort: AbortController; resume: (() => void) | null; isPaused: boolean } | null>(null);
  const isUnderWay = sending?.state === "running" || sending?.state === "paused";

  useEffect(() => {
    if (!isUnderWay) return;
    const warn = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener("beforeunload", warn);
    return () => window.removeEventListener("beforeunload", warn);
  }, [isUnderWay]);
  useEffect(() => () => control.current?.abort.abort(), []);

  const start = async ({ sources, detected }: Chosen, options: ReadOptions, environment: string) => {
    const run = { abort: new AbortController(), resume: null as (() => void) | null, isPaused: false };
    control.current = run;
    let [bytes, sums, span, shownAt] = [0, NOTHING, null as Span | null, 0];
    const refused: string[] = [];
    const totalBytes = sources.reduce((sum, { size }) => sum + size, 0);
    const startedAt = performance.now();
    const show = (state: Sending["state"], problem: string | null = null) =>
      setSending({ state, sums, bytes, totalBytes, startedAt, problem, refused, span });
    show("running");
    const onRead = (read: number) => {
      bytes = read;
    };
    const groups = readCalls({ sources, detected, options, from: START, onRead, now: new Date() });
    try {
      sums = await sendCalls(
        spanned(groups, (days) => {
          span = widen(span, days);
        }),
        {
          post: (body) => post(slug, environment, body),
          signal: run.abort.signal,
          onProgress: (now) => {
            sums = now;
            if (performance.now() - shownAt < SHOW_EVERY_MS) return;
            shownAt = performance.now();
            show(run.isPaused ? "paused" : "running");
          },
          onRefused: (lines: readonly RefusedLine[]) => {
            for (const line of lines.slice(0, MAX_REFUSED - refused.length)) refused.push(JSON.stringify(line));
          },
          beforeBatch: () => {
            if (!run.isPaused || run.abort.signal.aborted) return Promise.resolve();
            return new Promise<void>((resolve) => {
              run.resume = resolve;
            });
          },
        },
      );
      show("done");
    } catch (error) {
      const isKnown = error instanceof SendingStopped || error instanceof UnreadableFile;
      show("stopped", isKnown ? error.message : "the file cannot be read on: it has changed since it was chosen");
    }
  };

  const pause = (isPaused: boolean) => {
    const run = control.current;
    if (!run) return;
    run.isPaused = isPaused;
    if (!isPaused) run.resume?.();
    setSending((now) => now && { ...now, state: isPaused ? "paused" : "running" });
  };
  const stop = () => {
    control.current?.abort.abort();
    control.current?.resume?.();
  };
  return { sending, isUnderWay, start, pause, stop, forget: () => setSending(null) };
}

async function post(slug: string, environment: string, body: Blob): Promise<Response> {
  const headers = { "content-type": "application/json", "content-encoding": "gzip" };
  const url = `/${slug}/import/calls?environment=${encodeURIComponent(environment)}`;
  const response = await fetch(url, { method: "POST", headers, body, redirect: "manual" });
  if (response.type !== "opaqueredirect") return response;
  const detail = "You are signed out: sign in again, then start the import once more.";
  return Response.json({ detail }, { status: 401 });
}

async function* spanned(groups: AsyncIterable<ReadGroup>, onDays: (days: string[]) => void): AsyncGenerator<ReadGroup> {
  for await (const group of groups) {
    onDays(group.calls.map(({ call }) => String(call.occurred_at ?? "").slice(0, 10)));
    yield group;
  }
}

function widen(span: Span | null, days: readonly string[]): Span | null {
  let [first, last] = [span?.first ?? "", span?.last ?? ""];
  for (const day of days) {
    if (!/^\d{4}-\d\d-\d\d$/.test(day)) continue;
    if (first === "" || day < first) first = day;
    if (day > last) last = day;
  }
  return first === "" ? null : { first, last };
}
