import type { ImportSource } from "@/lib/imports/source";

/** A file that a person chose: read in slices as they are asked for, never as a whole. */
export function toSource(file: File): ImportSource {
  return {
    name: file.name,
    size: file.size,
    open: async function* (from) {
      const reader = file.slice(from).stream().getReader();
      try {
        for (let next = await reader.read(); !next.done; next = await reader.read()) yield next.value;
      } finally {
        await reader.cancel();
      }
    },
  };
}
