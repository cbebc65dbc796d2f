import type { Metadata } from "next";
import { QuickStart } from "./quick-start";

export const metadata: Metadata = { title: "Quick start" };

export default async function Page({ params }: { params: Promise<{ project: string }> }) {
  return <QuickStart slug={(await params).project} />;
}
