import { z } from "zod";

/** One line of text as a person types it: composed, trimmed, without control characters. */
function line(what: string, longest: number) {
  return z
    .string()
    .transform((text) => text.normalize("NFKC").trim())
    .pipe(
      z
        .string()
        .min(1, `Enter ${what}`)
        .max(longest, `At most ${longest} characters`)
        .regex(/^[^\p{Cc}\p{Cs}]*$/u, "No control characters"),
    );
}

/** Normalised before it is checked: a full-width or ligature look-alike cannot become another address afterwards. */
export const emailSchema = z
  .string()
  .max(320, "At most 254 characters")
  .transform((text) => text.normalize("NFKC").trim().toLowerCase())
  .pipe(z.email("Enter an e-mail address such as mira@example.com").max(254, "At most 254 characters"));

export const passwordSchema = z
  .string()
  .min(12, "At least 12 characters")
  .max(256, "At most 256 characters")
  .refine((password) => new Set(password).size >= 5, "At least 5 different characters");

export const personNameSchema = line("a name", 80);
export const projectNameSchema = line("a name for the project", 60);
export const keyNameSchema = line("a name that tells where the key is used", 60);
export const tenantSchema = line("a tenant", 128);

export const environmentSchema = z
  .string()
  .transform((text) => text.normalize("NFKC").trim().toLowerCase())
  .pipe(
    z
      .string()
      .regex(
        /^[a-z0-9][a-z0-9._-]{0,31}$/,
        "1 to 32 lower-case letters, digits, dots, dashes or underscores, such as staging",
      ),
  );

export const roleSchema = z.enum(["owner", "member", "viewer"], "Choose owner, member or viewer");
export const keyScopesSchema = z.array(z.enum(["ingest", "read"])).min(1, "Choose at least one scope");

export type FieldErrors = Readonly<Record<string, string>>;

/** What a form gets back: its result, or a message for each field (`form` for none in particular). */
export type ActionResult<T> = Readonly<{ ok: true; value: T } | { ok: false; errors: FieldErrors }>;

/** The first message of each field; what belongs to no field stands under `form`. */
export function fieldErrors(error: z.ZodError): FieldErrors {
  const errors: Record<string, string> = {};
  for (const issue of error.issues) errors[issue.path[0]?.toString() ?? "form"] ??= issue.message;
  return errors;
}
