import { ScanTimeout } from "@/lib/calls/scan";

/** What was read from the calls; null where that takes too long, or is too much to do unasked. */
export function readInTime<T>(reading: Promise<T>): Promise<T | null> {
  return reading.catch((error: unknown) => {
    if (error instanceof ScanTimeout) return null;
    throw error;
  });
}
