import { pick } from "@/lib/otlp/attributes";
import type { Span } from "@/lib/otlp/record";

/** The names that providers and their clients give to an HTTP status: Anthropic, OpenAI, Bedrock. */
const STATUS_OF: ReadonlyMap<string, number> = new Map(
  Object.entries({
    badrequesterror: 400,
    invalid_request_error: 400,
    validationexception: 400,
    authenticationerror: 401,
    authentication_error: 401,
    billing_error: 402,
    paymentrequirederror: 402,
    permissiondeniederror: 403,
    permission_error: 403,
    accessdeniedexception: 403,
    notfounderror: 404,
    not_found_error: 404,
    resourcenotfoundexception: 404,
    conflicterror: 409,
    conflict_error: 409,
    contenttoolargeerror: 413,
    request_too_large: 413,
    unprocessableentityerror: 422,
    ratelimiterror: 429,
    rate_limit_error: 429,
    rate_limit_exceeded: 429,
    insufficient_quota: 429,
    throttlingexception: 429,
    internalservererror: 500,
    api_error: 500,
    internalserverexception: 500,
    serviceunavailableerror: 503,
    serviceunavailableexception: 503,
    gatewaytimeouterror: 504,
    timeout_error: 504,
    overloaded_error: 529,
    overloadederror: 529,
  }),
);

/** The HTTP status that a span tells of, as number, text or the name of an error; null when it does not. */
export function toldStatus(span: Span): number | null {
  const told = pick(span.attributes, "status")?.value ?? pick(span.attributes, "errorType")?.value;
  const status = Number(told);
  if (Number.isInteger(status) && status >= 100 && status <= 599) return status;
  if (!span.isError) return null;
  return (typeof told === "string" ? namedStatus(told) : null) ?? span.errorStatus;
}

/** The HTTP status that the name of an error stands for, with or without the package before it; null for another name. */
export function namedStatus(error: string): number | null {
  return STATUS_OF.get((error.split(".").at(-1) ?? "").toLowerCase()) ?? null;
}
