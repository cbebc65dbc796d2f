export const VERSION = "0.1.0";
/** What every call names as its source. */
export const SOURCE = `sdk-js/${VERSION}`;
