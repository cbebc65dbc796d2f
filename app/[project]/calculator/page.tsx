import { Main } from "@/components/shell/app-shell";
import { PageHeader } from "@/components/shell/page-header";
import { requireProject } from "@/lib/auth/require-user";
import { now } from "@/lib/clock";
import { currentPrices } from "@/lib/pricing/current-prices";
import { toSearchParams } from "@/lib/reports/query";
import type { PageProps } from "../view";
import { CalculatorForm } from "./calculator-form";
import { CopyLinkButton } from "./copy-link-button";
import { listModels } from "./list-models";
import { readCalculator } from "./question";
import { Results } from "./results";

export const metadata = { title: "Calculator" };

/** What would a workload cost, and on which model? */
export default async function CalculatorPage({ params, searchParams }: PageProps) {
  const { project } = await params;
  const { scope } = await requireProject(project);
  const read = readCalculator(toSearchParams(await searchParams), now());
  const prices = await currentPrices(scope);
  return (
    <Main>
      <PageHeader
        title="Calculator"
        question="What would this cost, and on which model?"
        actions={<CopyLinkButton />}
      />
      <Results read={read} prices={prices} path={`/${encodeURIComponent(project)}/calculator`}>
        <CalculatorForm sent={read.params.toString()} models={listModels(prices)} errors={read.errors} />
      </Results>
    </Main>
  );
}
