import type { Story } from "../story";

const DAY_MS = 86_400_000;

/** Northwind rolls the product out to its whole company: four times the calls of 90 days ago, most of it in the last 20. */
export function tenantGrows(now: Date): Story {
  return {
    name: "tenant-grows",
    volume: (tenant, hour) => {
      if (tenant !== "Northwind") return 1;
      const daysAgo = (now.getTime() - hour.getTime()) / DAY_MS;
      return 0.4 + 1.7 / (1 + Math.exp((daysAgo - 8) / 8));
    },
  };
}
