import { before, type Story } from "../story";

/** Globex moves half of its teams to something else eight days ago. */
export function tenantHalves(now: Date): Story {
  const since = before(now, 8);
  return {
    name: "tenant-halves",
    volume: (tenant, hour) => (tenant === "Globex" && hour >= since ? 0.48 : 1),
  };
}
