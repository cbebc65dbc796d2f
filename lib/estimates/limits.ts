/** The most models that one question may compare. */
export const MAX_MODELS = 20;
/** The most characters of a usage object in an address. */
export const MAX_USAGE = 16_000;
