import "server-only";
import type { Scope } from "@/lib/auth/scope";
import { now } from "@/lib/clock";
import { writeDb } from "@/lib/db";
import { refreshMappings } from "@/lib/mapping/current-mappings";
import type { MappedDoor, Mapping } from "@/lib/mapping/schema";
import type { Prisma } from "@/prisma/client/client";

/** Makes a mapping the project's own for a door; calls that come from now on go by it. */
export async function saveMapping(scope: Scope, door: MappedDoor, mapping: Mapping, userId: string): Promise<void> {
  const { projectId } = scope;
  const change = { mapping: mapping as unknown as Prisma.InputJsonValue, changedById: userId, changedAt: now() };
  await writeDb().attributeMapping.upsert({
    where: { projectId_door: { projectId, door } },
    create: { projectId, door, ...change },
    update: change,
  });
  await refreshMappings(scope);
}

/** Goes back to the defaults of a door. */
export async function resetMapping(scope: Scope, door: MappedDoor): Promise<void> {
  await writeDb().attributeMapping.deleteMany({ where: { projectId: scope.projectId, door } });
  await refreshMappings(scope);
}
