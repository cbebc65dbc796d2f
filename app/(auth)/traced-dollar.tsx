/** Where one level forks: its place, how thick the traced line leaves it, and where the other branches end (x, width, opacity). */
const LEVELS = [
  {
    at: [46, 44],
    radius: 9,
    line: 9,
    label: "the bill",
    name: "November",
    amount: "$1.00",
    others: [
      [-102, 2.3, 0.57],
      [-40, 2, 0.75],
      [22, 2.3, 0.57],
      [84, 2, 0.61],
      [208, 2.3, 0.56],
      [270, 2.1, 0.58],
      [332, 2.4, 0.46],
      [394, 1.5, 0.56],
    ],
  },
  {
    at: [146, 152],
    radius: 7.5,
    line: 6,
    label: "tenant",
    name: "Northwind",
    amount: "$0.3800",
    others: [
      [-108, 1.5, 0.83],
      [-46, 2, 0.73],
      [16, 2.4, 0.85],
      [140, 1.6, 0.8],
      [202, 1.6, 0.51],
      [264, 1.5, 0.61],
    ],
  },
  {
    at: [78, 260],
    radius: 6.5,
    line: 4,
    label: "feature",
    name: "support-reply",
    amount: "$0.2140",
    others: [
      [0, 2.5, 0.75],
      [62, 1.6, 0.48],
      [124, 1.3, 0.77],
      [248, 1, 0.79],
      [310, 2, 0.58],
      [372, 2, 0.55],
    ],
  },
  {
    at: [186, 368],
    radius: 5.5,
    line: 2.4,
    label: "deploy",
    name: "a1b2c3d",
    amount: "$0.1185",
    isCode: true,
    others: [
      [-60, 1.2, 0.76],
      [2, 1.1, 0.57],
      [64, 2, 0.81],
      [188, 1.5, 0.8],
      [250, 2.3, 0.82],
      [312, 1.2, 0.79],
    ],
  },
  {
    at: [126, 476],
    radius: 5,
    line: 0,
    label: "prompt",
    name: "7be2c190",
    amount: "$0.0191",
    isCode: true,
    others: [],
  },
] as const satisfies readonly {
  at: readonly [number, number];
  radius: number;
  line: number;
  label: string;
  name: string;
  amount: string;
  isCode?: boolean;
  others: readonly (readonly [number, number, number])[];
}[];

const LABEL = "One dollar traced from the bill to tenant, feature, deploy and prompt";

/** One dollar on its way down. The figures are made up and the same for everybody: nobody signed out sees what this server spends. */
export function TracedDollar() {
  return (
    <svg viewBox="0 0 460 520" width="460" height="520" role="img" aria-label={LABEL} className="overflow-visible">
      {LEVELS.flatMap(({ at: [x, y], others }) =>
        others.map(([end, width, opacity]) => (
          <g key={`${y} ${end}`}>
            <path
              d={`M${x} ${y}C${x} ${y + 60} ${end} ${y + 40} ${end} ${y + 94}`}
              fill="none"
              stroke="var(--border-strong)"
              strokeWidth={width}
              opacity={opacity}
            />
            <circle cx={end} cy={y + 94} r={2} fill="var(--border-strong)" />
          </g>
        )),
      )}
      {LEVELS.map(({ at: [x, y], line }, level) => {
        const next = LEVELS[level + 1]?.at;
        if (!next) return null;
        const d = `M${x} ${y}C${x} ${y + 60} ${next[0]} ${next[1] - 60} ${next[0]} ${next[1]}`;
        return <path key={y} d={d} fill="none" stroke="var(--brand)" strokeWidth={line} strokeLinecap="round" />;
      })}
      {LEVELS.map((level) => (
        <Stop key={level.label} {...level} />
      ))}
    </svg>
  );
}

function Stop({
  at: [x, y],
  radius,
  label,
  name,
  amount,
  isCode,
}: Omit<(typeof LEVELS)[number], "isCode"> & { isCode?: boolean }) {
  return (
    <>
      <circle cx={x} cy={y} r={radius} fill="var(--inset)" stroke="var(--brand)" strokeWidth={3} />
      <g transform={`translate(${x + 22},${y})`}>
        <rect x={-8} y={-22} width={216} height={44} rx={6} fill="var(--card)" stroke="var(--border)" />
        <text x={6} y={-4} className="fill-muted-foreground text-[11px]">
          {label}
        </text>
        <text x={6} y={13} className={`fill-foreground font-medium text-[13px] ${isCode ? "font-mono" : ""}`}>
          {name}
        </text>
        <text x={196} y={6} textAnchor="end" className="fill-foreground font-semibold text-[16px] tracking-[-0.02em]">
          {amount}
        </text>
      </g>
    </>
  );
}
