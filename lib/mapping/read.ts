import "server-only";
import type { Scope } from "@/lib/auth/scope";
import { readDb, writeDb } from "@/lib/db";
import { DEFAULT_MAPPINGS } from "@/lib/mapping/defaults";
import { MAPPED_DOORS, type MappedDoor, type Mapping, mappingSchema } from "@/lib/mapping/schema";

/** A door's mapping as the settings show it. */
export type DoorMapping = Readonly<{
  door: MappedDoor;
  mapping: Mapping;
  /** When the project changed it; null while the defaults hold. */
  changedAt: Date | null;
  /** Name of who changed it; null for one who is gone. */
  changedBy: string | null;
}>;

/** What the calls of a project go by, for each door: its own mapping, or the defaults. */
export async function readMappings(scope: Scope): Promise<Readonly<Record<MappedDoor, Mapping>>> {
  const where = { projectId: scope.projectId };
  const rows = await writeDb().attributeMapping.findMany({ where, select: { door: true, mapping: true } });
  const own = Object.fromEntries(rows.map(({ door, mapping }) => [door, mappingSchema.parse(mapping)]));
  return { ...DEFAULT_MAPPINGS, ...own };
}

/** Each door's mapping with who changed it when. */
export async function listMappings(scope: Scope): Promise<readonly DoorMapping[]> {
  const rows = await readDb().attributeMapping.findMany({
    where: { projectId: scope.projectId },
    select: { door: true, mapping: true, changedAt: true, changedBy: { select: { name: true } } },
  });
  return MAPPED_DOORS.map((door) => {
    const row = rows.find((one) => one.door === door);
    if (!row) return { door, mapping: DEFAULT_MAPPINGS[door], changedAt: null, changedBy: null };
    const { mapping, changedAt, changedBy } = row;
    return { door, mapping: mappingSchema.parse(mapping), changedAt, changedBy: changedBy?.name ?? null };
  });
}
