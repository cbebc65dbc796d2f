import { redirect } from "next/navigation";
import { hasRole, requireProject } from "@/lib/auth/require-user";

export default async function Page({ params }: { params: Promise<{ project: string }> }) {
  const { role, project } = await requireProject((await params).project);
  redirect(`/${project.slug}/settings/${hasRole(role, "member") ? "api-keys" : "account"}`);
}
