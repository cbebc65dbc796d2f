import type { Metadata } from "next";
import { requireProject } from "@/lib/auth/require-user";
import { QuickStart } from "./quick-start";

export const metadata: Metadata = { title: "Quick start" };

export default async function Page({ params }: { params: Promise<{ project: string }> }) {
  const { project } = await requireProject((await params).project);
  return <QuickStart slug={project.slug} />;
}
