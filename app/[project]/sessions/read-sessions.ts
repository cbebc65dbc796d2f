import { cache } from "react";
import type { Scope } from "@/lib/auth/scope";
import { listDearestSessions } from "@/lib/sessions/dearest-sessions";
import { mayScan } from "../panels/may-scan";
import type { View } from "../view";

/** Sessions of the table; the CSV has more. */
export const SHOWN_SESSIONS = 50;

/** The dearest sessions of the page's period and filters, and what all of them come to. Once a request. */
export const readSessions = cache(async (scope: Scope, view: View) => {
  await mayScan(view, "main");
  return listDearestSessions(scope, view.query, SHOWN_SESSIONS);
});
