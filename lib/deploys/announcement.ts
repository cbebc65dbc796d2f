import { z } from "zod";
import { text, timeUntil } from "@/lib/ingest/field-rules";

const URL_RULE = "must be an http or https address of at most 2000 characters, without a user name or password";

/** Shown as a link: nothing that a browser would run, and no secret. */
const url = text(2000).refine(
  (value) => {
    const parsed = URL.canParse(value) ? new URL(value) : null;
    return parsed !== null && /^https?:$/.test(parsed.protocol) && parsed.username === "" && parsed.password === "";
  },
  { error: URL_RULE },
);

/** One deploy of POST /api/v1/deploys: what is known of it beyond its calls. Fields not named here are ignored. */
export function deploySchema(now: Date) {
  return z.object(
    { deploy_sha: text(64), deployed_at: timeUntil(now), title: text(200).nullish(), url: url.nullish() },
    { error: "must be an object with the fields of a deploy" },
  );
}

export type DeployInput = z.infer<ReturnType<typeof deploySchema>>;
