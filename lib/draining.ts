declare global {
  var spendtraceDraining: boolean | undefined;
}

/** True from the moment the process is told to end: the health check answers 503 and what is in flight is finished. */
export function isDraining(): boolean {
  // On globalThis, because the server script and the bundled routes each have their own copy of this module.
  return globalThis.spendtraceDraining === true;
}

/** Says that the process is about to end; there is no way back. */
export function startDraining(): void {
  globalThis.spendtraceDraining = true;
}
