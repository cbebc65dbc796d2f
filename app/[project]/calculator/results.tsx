import { Empty } from "@/components/shell/empty";
import { PanelFrame } from "@/components/shell/panel";
import type { Prices } from "@/lib/pricing/contract";
import { estimateCall } from "@/lib/pricing/estimate";
import { ComparisonTable } from "./comparison-table";
import { CostLedger } from "./cost-ledger";
import { KeyFigures } from "./key-figures";
import { mixesTokenizers } from "./list-models";
import type { ReadCalculator } from "./question";

type Props = Readonly<{ read: ReadCalculator; prices: Prices; path: string }>;

/** The answer: the chosen model's figures, all models side by side, and how the chosen one's cost adds up. */
export function Results({ read: { question, params, errors }, prices, path }: Props) {
  if (question === null) {
    return (
      <PanelFrame span={8} label="Result">
        <div role="alert" className="flex min-h-40 flex-1">
          <Empty title="This cannot be priced as it stands">
            {errors.map(({ path: name, message }) => (
              <p key={`${name} ${message}`}>
                <code className="mono">{name}</code> {message}
              </p>
            ))}
          </Empty>
        </div>
      </PanelFrame>
    );
  }
  const estimates = question.models.map((model) => estimateCall(model, question.workload, prices));
  const chosen = estimates.find(({ model }) => model === question.chosen);
  const answer = { question, estimates, chosen };
  return (
    <div className="grid content-start gap-3 wide:col-span-8 max-phone:gap-2.5">
      <KeyFigures {...answer} />
      <ComparisonTable
        {...answer}
        path={path}
        params={params.toString()}
        mixesTokenizers={mixesTokenizers(prices, question.models)}
      />
      {chosen?.ok && <CostLedger question={question} chosen={chosen} book={prices.book} />}
    </div>
  );
}
