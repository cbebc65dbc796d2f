import { CodeBlock } from "../quick-start/code-block";

/** The last step of a deployment in CI; the key needs the scope ingest. */
const CURL = `curl --fail "$SPENDTRACE_URL/api/v1/deploys" \\
  -H "authorization: Bearer $SPENDTRACE_KEY" -H "content-type: application/json" \\
  -d '{"deploy_sha":"'$(git rev-parse --short HEAD)'","deployed_at":"'$(date -u +%Y-%m-%dT%H:%M:%SZ)'"}'
`;

/** How a deploy gets a time, a title and a link, where none was told of yet. */
export function TellDeploys() {
  return (
    <details className="border-border border-t px-4 py-2 text-note max-phone:px-3.5">
      <summary className="text-muted-foreground">Tell of deploys from CI: their time, title and link</summary>
      <p className="my-2 max-w-[80ch] text-text-2">
        A deploy is known from its first call on. One request at the end of a deployment adds when it went out, and if
        you send <code className="mono">title</code> and <code className="mono">url</code>, what it was. Use the same
        deploy_sha as your calls.
      </p>
      <CodeBlock name="Terminal" text={CURL} />
    </details>
  );
}
