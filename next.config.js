/** @type {import("next").NextConfig} */
const config = {
  poweredByHeader: false,
  // Streaming CSV and small JSON answers gain nothing from compressing in process; a reverse proxy does it better.
  compress: false,
  images: { unoptimized: true },
  headers: async () => [{ source: "/:path*", headers: [{ key: "X-Content-Type-Options", value: "nosniff" }] }],
  // Loaded once by Node, not into the bundles of pages and of routes each: the data of prices is large.
  serverExternalPackages: [
    "@node-rs/argon2",
    "@prisma/adapter-pg",
    "@prisma/client",
    "@pydantic/genai-prices",
    "pg",
    "pino",
  ],
  // `npm run verify` checks the types; the first start of a fresh clone should not wait for a second check.
  typescript: { ignoreBuildErrors: true },
};

export default config;
