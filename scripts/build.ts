import { buildIfNeeded } from "./build-if-needed";

/** `npm run build`: what `npm start` does first by itself, for an image or a machine that only serves. */
await buildIfNeeded((line) => console.log(line));
