/** What calls carry that were sent without a deploy: no sha, and not to be shown as one. */
export const NO_SHA = "unknown";
