// Imported before anything else, for its effect: an old Node.js would fail later with a message that helps nobody.
const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
if (major < 20 || (major === 20 && minor < 19)) {
  console.error(`Spendtrace needs Node.js 20.19 or newer; this is ${process.version}.`);
  process.exit(78);
}

export {};
