/** A half-open span of time, UTC: `from` belongs to it, `to` does not. */
export type Period = Readonly<{ from: Date; to: Date }>;
