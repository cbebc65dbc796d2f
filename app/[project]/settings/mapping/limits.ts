/** The most characters that the tester takes: an export of some hundred spans. */
export const MAX_TRIED_TEXT = 200_000;
/** The most records that it shows. */
export const MAX_TRIED = 10;
