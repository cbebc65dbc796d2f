/** @type {import("next").NextConfig} */
const config = {
  poweredByHeader: false,
  // Streaming CSV and small JSON answers gain nothing from compressing in process; a reverse proxy does it better.
  compress: false,
  images: { unoptimized: true },
  headers: async () => [{ source: "/:path*", headers: [{ key: "X-Content-Type-Options", value: "nosniff" }] }],
  serverExternalPackages: ["@node-rs/argon2", "pg", "pino", "@prisma/client", "@prisma/adapter-pg"],
  // `npm run verify` checks the types; the first start of a fresh clone should not wait for a second check.
  typescript: { ignoreBuildErrors: true },
};

export default config;
