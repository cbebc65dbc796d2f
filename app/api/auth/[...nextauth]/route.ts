import type { NextRequest } from "next/server";
import NextAuth from "next-auth";
import { nextAuthOptions } from "@/lib/auth/next-auth-options";

type Context = { params: Promise<{ nextauth: string[] }> };

// The settings are read at the first request: a build knows none.
async function handle(request: NextRequest, context: Context): Promise<Response> {
  const response: Response = await NextAuth(request, context, nextAuthOptions());
  response.headers.set("cache-control", "no-store");
  return response;
}

export { handle as GET, handle as POST };
