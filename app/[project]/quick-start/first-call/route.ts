import { requireProject } from "@/lib/auth/require-user";
import { findNewestCall } from "@/lib/calls/newest-call";
import { json } from "@/lib/http";
import { showFirstCall } from "../first-call";

/** What the quick start asks every two seconds: the call that came, or null. */
export async function GET(_request: Request, { params }: { params: Promise<{ project: string }> }): Promise<Response> {
  const { scope } = await requireProject((await params).project);
  const call = await findNewestCall(scope);
  return json({ call: call && showFirstCall(call) });
}
