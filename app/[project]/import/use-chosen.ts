"use client";

import { useEffect, useMemo, useState } from "react";
import { REQUIRED, suggestMapping } from "@/lib/imports/columns";
import { detectFormat } from "@/lib/imports/detect-format";
import { readCalls } from "@/lib/imports/read-calls";
import { missingFields } from "@/lib/imports/read-row";
import {
  type Detected,
  type Format,
  type Mapping,
  type ReadCall,
  type ReadOptions,
  START,
  UnreadableFile,
} from "@/lib/imports/schema";
import type { ImportSource } from "@/lib/imports/source";
import { isZone } from "@/lib/imports/zoned-time";
import { type PreviewedCall, previewCalls } from "./actions";
import { toSource } from "./browser-file";

/** What a person has said about the files. */
export type Settings = Readonly<{
  tenant: string;
  feature: string;
  deploy: string;
  zone: string;
  /** As a `datetime-local` field gives it, in UTC. */
  at: string;
  /** As `at`; empty: all calls. */
  before: string;
  /** The field of each column; null: as suggested. */
  mapping: Mapping | null;
}>;

export const NO_SETTINGS: Settings = {
  tenant: "",
  feature: "",
  deploy: "",
  zone: "UTC",
  at: "",
  before: "",
  mapping: null,
};

/** Files that were recognised. Several are read as one: transcripts of Claude Code, else one is. */
export type Chosen = Readonly<{ sources: readonly ImportSource[]; detected: Detected }>;
export type Preview = readonly Readonly<{ sent: ReadCall; shown: PreviewedCall }>[];

const PREVIEW_CALLS = 10;
/** Files that are looked at for the preview of transcripts, which are read as a whole. */
const PREVIEW_FILES = 3;

/** @throws UnreadableFile with what is wrong */
export async function recognise(files: readonly File[], forced: Format | null): Promise<Chosen> {
  const sources = files.map(toSource);
  const [first] = sources;
  if (!first) throw new UnreadableFile("No file was chosen.");
  const detected = await detectFormat(first, forced);
  if (sources.length > 1 && detected.format !== "claude-code") {
    throw new UnreadableFile("Choose one file at a time. Only transcripts of Claude Code are read together.");
  }
  return { sources, detected };
}

/** The mapping in effect: what the person chose, else what the names of the columns suggest. */
export function mappingOf({ header, samples, format, container }: Detected, { mapping }: Settings): Mapping {
  return mapping ?? (container === "csv" && format === "calls" ? suggestMapping(header, samples) : {});
}

export function toOptions(detected: Detected, settings: Settings): ReadOptions {
  const { tenant, feature, deploy, zone, at, before } = settings;
  return {
    defaults: {
      ...(tenant.trim() && { tenant_id: tenant.trim() }),
      ...(feature.trim() && { feature: feature.trim() }),
      ...(deploy.trim() && { deploy_sha: deploy.trim() }),
    },
    zone: isZone(zone) ? zone : "UTC",
    at: toTime(at),
    before: toTime(before),
    mapping: mappingOf(detected, settings),
  };
}

const toTime = (local: string) => (local === "" ? null : new Date(`${local}Z`).toISOString());

/** What is still to be said before the calls can be sent, in words; empty when nothing is. */
export function whatIsMissing(detected: Detected, settings: Settings): readonly string[] {
  const { format, container } = detected;
  const { mapping, defaults, at } = toOptions(detected, settings);
  const isMapped = container === "csv" && format === "calls";
  const required = isMapped ? REQUIRED : format === "message-batch" ? (["tenant_id", "feature"] as const) : [];
  const missing: string[] = [...missingFields(mapping ?? {}, defaults, required)];
  if (format === "claude-code" && !defaults.tenant_id) missing.push("tenant_id");
  if (format === "message-batch" && at === null) missing.push("when the batch ran");
  if (!isZone(settings.zone)) missing.push("a time zone that exists");
  return missing;
}

/** The first calls with what they would cost, anew whenever something is changed; null while they are not known. */
export function usePreview(slug: string, chosen: Chosen | null, settings: Settings) {
  const [preview, setPreview] = useState<Preview | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const key = useMemo(() => JSON.stringify(settings), [settings]);
  useEffect(() => {
    let isCurrent = true;
    setProblem(null);
    setPreview(null);
    if (chosen === null) return;
    const timer = setTimeout(async () => {
      const told = await look(slug, chosen, JSON.parse(key)).catch((error: unknown) => explain(error));
      if (!isCurrent) return;
      if (typeof told === "string") setProblem(told);
      else setPreview(told);
    }, 250);
    return () => {
      isCurrent = false;
      clearTimeout(timer);
    };
  }, [slug, chosen, key]);
  return { preview, problem };
}

function explain(error: unknown): string {
  if (error instanceof UnreadableFile) return error.message;
  return "The preview could not be made: the server did not answer, or the file has changed since it was chosen.";
}

async function look(slug: string, { sources, detected }: Chosen, settings: Settings): Promise<Preview> {
  const calls: ReadCall[] = [];
  const options = toOptions(detected, settings);
  const files = { sources: sources.slice(0, PREVIEW_FILES), detected, options };
  const request = { ...files, from: START, onRead: () => undefined, now: new Date() };
  for await (const group of readCalls(request)) {
    calls.push(...group.calls.slice(0, PREVIEW_CALLS - calls.length));
    if (calls.length >= PREVIEW_CALLS) break;
  }
  const answer = await previewCalls(
    slug,
    calls.map(({ call }) => call),
  );
  if (!answer.ok) throw new UnreadableFile(Object.values(answer.errors).join("; "));
  return calls.flatMap((sent, at) => {
    const shown = answer.value[at];
    return shown ? [{ sent, shown }] : [];
  });
}
