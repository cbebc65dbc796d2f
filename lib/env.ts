import path from "node:path";
import { z } from "zod";

const flag = z.enum(["0", "1"]).transform((value) => value === "1");

/** Every setting the product reads, under the name it has in the environment; `.env.example` explains each to the operator. */
export const envSchema = z.object({
  DATABASE_URL: z
    .string()
    .regex(/^postgres(ql)?:\/\//, "must be a URL that starts with postgresql://")
    .optional(),
  DATA_DIR: z.string().default(".data"),
  HOST: z.string().default("0.0.0.0"),
  PORT: z.coerce.number().int().min(1).max(65_535).default(3000),
  NEXTAUTH_URL: z
    .url({ protocol: /^https?$/, error: "must be an address that starts with http:// or https://" })
    .optional(),
  NEXTAUTH_SECRET: z.string().optional(),
  SPENDTRACE_TRUSTED_PROXIES: z.coerce.number().int().min(0).max(10).default(0),
  LOG_LEVEL: z.enum(["fatal", "error", "warn", "info", "debug", "trace", "silent"]).default("info"),
  SPENDTRACE_RETENTION_MONTHS: z.coerce.number().int().min(1).max(120).default(25),
  SPENDTRACE_INIT_OWNER_EMAIL: z.email("must be an e-mail address").optional(),
  SPENDTRACE_INIT_OWNER_PASSWORD: z.string().min(12, "must have at least 12 characters").optional(),
  SPENDTRACE_INIT_API_KEY: z.string().min(24, "must have at least 24 characters").optional(),
  SPENDTRACE_INIT_PROJECT: z.string().default("default"),
  SPENDTRACE_DEMO: flag.default(false),
});

export type Env = Omit<z.infer<typeof envSchema>, "DATA_DIR"> & {
  /** Absolute. */
  DATA_DIR: string;
};

/** Thrown for settings that cannot be used; the message names each variable and its rule, one a line. */
export class EnvError extends Error {}

/**
 * Reads the settings from `source`. A variable set to the empty string counts as not set, as compose files and
 * `.env` templates leave them. Throws `EnvError`.
 */
export function readEnv(source: Record<string, string | undefined>): Env {
  const set = Object.fromEntries(Object.entries(source).filter(([, value]) => value !== undefined && value !== ""));
  const parsed = envSchema.safeParse(set);
  if (!parsed.success) {
    throw new EnvError(parsed.error.issues.map((issue) => `${issue.path.join(".")}: ${issue.message}`).join("\n"));
  }
  return { ...parsed.data, DATA_DIR: path.resolve(/* turbopackIgnore: true */ parsed.data.DATA_DIR) };
}

let current: Env | undefined;

/** The settings of this process, read at first use. */
export function env(): Env {
  current ??= readEnv(process.env);
  return current;
}
