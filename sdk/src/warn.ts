/** Says something once per `kind`. Messages never hold a key, a prompt or what the host passed in. */
export type Warn = (kind: string, message: string) => void;

export function createWarn(): Warn {
  const said = new Set<string>();
  return (kind, message) => {
    if (said.has(kind)) return;
    said.add(kind);
    try {
      console.warn(`[spendtrace] ${message}`);
    } catch {
      // A host may have replaced the console.
    }
  };
}
