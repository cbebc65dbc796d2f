import { Change } from "@/components/shell/change";
import { Kpi, KpiStrip } from "@/components/shell/kpi-strip";
import { formatChange, formatCount, formatUsd, formatUsdParts } from "@/lib/format";
import { DAYS_PER_MONTH, type Estimate, toPicos } from "@/lib/pricing/estimate";
import { cheapestOf, monthOf, type Priced } from "./amounts";
import type { CalculatorQuestion } from "./question";

type Props = Readonly<{ question: CalculatorQuestion; estimates: readonly Estimate[]; chosen: Estimate | undefined }>;

/** What the chosen model costs a month, a day and a call, and the cheapest of all beside it. */
export function KeyFigures({ question, estimates, chosen }: Props) {
  const { callsPerDay, margins } = question;
  const cheapest = cheapestOf(estimates);
  const factors = margins.map(({ numerator, denominator }) => ` × ${Number(numerator) / Number(denominator)}`).join("");
  const priced = chosen?.ok ? chosen : null;
  const unknown = { main: "unpriced", small: "" };
  return (
    <KpiStrip hero={1.7}>
      <Kpi
        isHero
        label={
          <>
            <span className="mono">{question.chosen}</span>, a month
          </>
        }
        figure={priced ? formatUsdParts(monthOf(priced.perCall.total, question)) : unknown}
        context={`${formatCount(callsPerDay)} calls a day × ${DAYS_PER_MONTH} days${factors}`}
      />
      <Kpi
        label="A day"
        figure={priced ? formatUsdParts(toPicos(priced.perCall.total, callsPerDay, margins)) : unknown}
        context={margins.length > 0 ? `with margins${factors}` : "without margins"}
      />
      <Kpi
        label="A call"
        figure={priced ? formatUsdParts(toPicos(priced.perCall.total)) : unknown}
        context="on average, before margins"
      />
      <Cheapest cheapest={cheapest} priced={priced} question={question} />
    </KpiStrip>
  );
}

type CheapestProps = Readonly<{ cheapest: Priced | null; priced: Priced | null; question: CalculatorQuestion }>;

function Cheapest({ cheapest, priced, question }: CheapestProps) {
  if (!cheapest) return <Kpi label="Cheapest, a month" figure="none" context="no model here has a price for this" />;
  const month = monthOf(cheapest.perCall.total, question);
  const isChosen = cheapest.model === question.chosen;
  return (
    <Kpi
      label="Cheapest, a month"
      figure={formatUsdParts(month)}
      change={
        priced &&
        !isChosen && (
          <Change
            change={formatChange(month, monthOf(priced.perCall.total, question))}
            word={`${formatUsd(monthOf(priced.perCall.total, question) - month)} less`}
          />
        )
      }
      context={isChosen ? "the chosen one" : <span className="mono">{cheapest.model}</span>}
    />
  );
}
