import type { ReactNode } from "react";
import { Empty } from "@/components/shell/empty";
import { PanelFrame } from "@/components/shell/panel";
import type { Prices } from "@/lib/pricing/contract";
import { estimateCall } from "@/lib/pricing/estimate";
import { ComparisonTable } from "./comparison-table";
import { CostLedger } from "./cost-ledger";
import { KeyFigures } from "./key-figures";
import { mixesTokenizers } from "./list-models";
import type { ReadCalculator } from "./question";

type Props = Readonly<{
  read: ReadCalculator;
  prices: Prices;
  path: string /** The form. */;
  children: ReactNode;
}>;

const GRID = "grid grid-cols-12 items-start gap-3 max-phone:gap-2.5 wide:grid-rows-[auto_auto_1fr]";
const FORM = "col-span-12 wide:col-span-4 wide:row-span-3 wide:row-start-1";
const ANSWER = "col-span-12 min-w-0 wide:col-span-8 wide:col-start-5";

/**
 * The answer beside the form: the chosen model's figures, all models side by side, and how the chosen one's cost adds up.
 * On a phone the figures come first: a link is sent for them.
 */
export function Results({ read: { question, params, errors }, prices, path, children }: Props) {
  if (question === null) {
    return (
      <div className={GRID}>
        <div className={ANSWER}>
          <Unanswerable errors={errors} />
        </div>
        <div className={FORM}>{children}</div>
      </div>
    );
  }
  const estimates = question.models.map((model) => estimateCall(model, question.workload, prices));
  const chosen = estimates.find(({ model }) => model === question.chosen);
  const answer = { question, estimates, chosen };
  return (
    <div className={GRID}>
      <div className={ANSWER}>
        <KeyFigures {...answer} />
      </div>
      <div className={FORM}>{children}</div>
      <div className={ANSWER}>
        <ComparisonTable
          {...answer}
          path={path}
          params={params.toString()}
          mixesTokenizers={mixesTokenizers(prices, question.models)}
        />
      </div>
      <div className={ANSWER}>
        {chosen?.ok && <CostLedger question={question} chosen={chosen} book={prices.book} />}
      </div>
    </div>
  );
}

function Unanswerable({ errors }: Pick<ReadCalculator, "errors">) {
  return (
    <PanelFrame label="Result">
      <div role="alert" className="flex min-h-40 flex-1">
        <Empty title="This cannot be priced as it stands">
          {errors.map(({ path, message }) => (
            <p key={`${path} ${message}`}>
              <code className="mono">{path}</code> {message}
            </p>
          ))}
        </Empty>
      </div>
    </PanelFrame>
  );
}
