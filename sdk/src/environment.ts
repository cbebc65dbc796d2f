/** An environment variable; undefined where there is no environment, or no right to read it. */
export function readEnvironment(name: string): string | undefined {
  try {
    return globalThis.process?.env?.[name]?.trim() || undefined;
  } catch {
    return undefined;
  }
}

/** First what somebody set on purpose, then what a host says of the running deploy, then what a build system says. */
const DEPLOY_VARIABLES = [
  "SPENDTRACE_DEPLOY",
  "GIT_SHA",
  "GIT_COMMIT",
  "COMMIT_SHA",
  "VERCEL_GIT_COMMIT_SHA",
  "RAILWAY_GIT_COMMIT_SHA",
  "RENDER_GIT_COMMIT",
  "HEROKU_BUILD_COMMIT",
  "HEROKU_SLUG_COMMIT",
  "CF_PAGES_COMMIT_SHA",
  "COMMIT_REF",
  "SOURCE_VERSION",
  "GITHUB_SHA",
  "CI_COMMIT_SHA",
  "K_REVISION",
];

/** The deploy that is running, from the first of the usual variables that is set. */
export function deployFromEnvironment(): string | undefined {
  for (const name of DEPLOY_VARIABLES) {
    const value = readEnvironment(name);
    if (value !== undefined) return value;
  }
  return undefined;
}
