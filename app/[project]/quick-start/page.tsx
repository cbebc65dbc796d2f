import type { Metadata } from "next";
import { requireProject } from "@/lib/auth/require-user";
import type { PageProps } from "../view";
import { findDoor } from "./doors";
import { QuickStart } from "./quick-start";

export const metadata: Metadata = { title: "Quick start" };

/** How do calls come in? Every way, with what to paste. */
export default async function QuickStartPage({ params, searchParams }: PageProps) {
  const { project } = await requireProject((await params).project);
  const { door } = await searchParams;
  return <QuickStart slug={project.slug} door={findDoor(door).key} />;
}
