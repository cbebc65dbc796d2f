import type { ToldDeploy } from "@/lib/reports/told-deploys";

/** The title of a deploy, a link where one was told that leads out of here; nothing where neither was. */
export function DeployTitle({ told: { title, url } }: { told: ToldDeploy }) {
  if (url === null) return title;
  return (
    <a className="link" href={url} target="_blank" rel="noopener noreferrer">
      {title ?? url}
    </a>
  );
}
