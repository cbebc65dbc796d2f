import { before, type Story } from "../story";

/** Adatum is a customer since two weeks: "new", not a rise from zero. */
export function tenantArrives(now: Date): Story {
  const since = before(now, 14);
  return {
    name: "tenant-arrives",
    volume: (tenant, hour) => (tenant === "Adatum" && hour < since ? 0 : 1),
  };
}
