import { redirect } from "next/navigation";
import { findUser, listProjects } from "@/lib/auth/require-user";
import { isSetUp } from "@/lib/auth/set-up";

/** The door: to the first project, to signing in, or to setting the server up. */
export default async function Page() {
  const signedIn = await findUser();
  if (!signedIn) redirect((await isSetUp()) ? "/sign-in" : "/setup");
  const [first] = await listProjects(signedIn.user.id);
  redirect(first ? `/${first.slug}` : "/no-project");
}
