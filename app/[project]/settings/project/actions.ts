"use server";

import { revalidatePath } from "next/cache";
import { redirect } from "next/navigation";
import { z } from "zod";
import { projectAction, Refusal } from "@/lib/auth/action";
import { addEnvironment, createOwnProject, renameProject } from "@/lib/auth/projects";
import { environmentSchema, projectNameSchema } from "@/lib/auth/schema";

const named = z.strictObject({ name: projectNameSchema });

/** Renames the project; its address stays, so that links keep working. */
export const rename = projectAction("owner", named, async ({ project, scope }, { name }) => {
  await renameProject(scope, name);
  revalidatePath(`/${project.slug}`, "layout");
});

/** Adds an environment, for which keys can be made then. */
export const addOne = projectAction(
  "owner",
  z.strictObject({ environment: environmentSchema }),
  async ({ project, scope }, { environment }) => {
    if (!(await addEnvironment(scope, environment))) throw new Refusal("It is there already", "environment");
    revalidatePath(`/${project.slug}`, "layout");
  },
);

/** Creates another project, owned by the person who asks, and goes to its quick start. */
export const createAnother = projectAction("owner", named, async ({ user }, { name }) => {
  const { slug } = await createOwnProject(user.id, name);
  redirect(`/${slug}/quick-start`);
});
