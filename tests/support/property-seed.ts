import { configureGlobal } from "fast-check";

/**
 * Property tests draw the same examples in every run, so that a red run is about the change at hand. To look further:
 * `PROPERTY_SEED=random npm run test:unit`, or a number that a failure printed.
 */
const seed = process.env.PROPERTY_SEED ?? "20261121";
if (seed !== "random") configureGlobal({ seed: Number(seed) });
