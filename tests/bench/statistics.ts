export interface Summary {
  median: number;
  /** First and third quartile. */
  quartiles: [number, number];
  /** Within which the true median lies with at least 95 % certainty, by the order of the values alone. */
  interval: [number, number];
}

/** Linear interpolation between the closest ranks, as spreadsheets and NumPy reckon it. */
export function quantile(sorted: readonly number[], share: number): number {
  const position = (sorted.length - 1) * share;
  const low = sorted[Math.floor(position)];
  const high = sorted[Math.ceil(position)];
  if (low === undefined || high === undefined) throw new Error('No values to summarise.');
  return low + (high - low) * (position - Math.floor(position));
}

/** Medians and quartiles: one block that something else on the machine slowed down does not move them. */
export function summarise(values: readonly number[]): Summary {
  const sorted = [...values].sort((a, b) => a - b);
  const outside = valuesOutside(sorted.length);
  return {
    median: quantile(sorted, 0.5),
    quartiles: [quantile(sorted, 0.25), quantile(sorted, 0.75)],
    interval: [sorted[outside] as number, sorted[sorted.length - 1 - outside] as number],
  };
}

/**
 * How many values may be left out at either end so that the rest still holds the median with 95 %: each value is above it
 * or below it like a coin that is tossed.
 */
function valuesOutside(count: number): number {
  let chance = 0.5 ** count;
  let sum = 0;
  for (let outside = 0; ; outside += 1) {
    sum += chance;
    if (2 * sum > 0.05) return Math.max(0, outside - 1);
    chance *= (count - outside) / (outside + 1);
  }
}
