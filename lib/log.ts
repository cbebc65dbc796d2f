import { pino } from "pino";
import { env } from "@/lib/env";

const SECRET_FIELDS = [
  "authorization",
  "cookie",
  "password",
  "passwordHash",
  "secret",
  "token",
  "apiKey",
  "DATABASE_URL",
];

/** The log of the process: one JSON object a line on standard output. Secrets are blanked wherever a field is named like one. */
export const log = pino({
  level: env().LOG_LEVEL,
  base: undefined,
  timestamp: pino.stdTimeFunctions.isoTime,
  redact: {
    paths: SECRET_FIELDS.flatMap((field) => [field, `*.${field}`, `*.headers.${field}`]),
    censor: "[redacted]",
  },
});
