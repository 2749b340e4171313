/** The 97.5th percentile of the normal distribution: an interval of 95 percent. */
const Z = 1.959963984540054;

export interface Interval {
  share: number;
  low: number;
  high: number;
}

/**
 * A share of a sample with Wilson's interval, which also holds for small samples and for shares near 0 and 1.
 * @returns `null` of an empty sample, which says nothing.
 */
export function wilson(hits: number, size: number): Interval | null {
  if (size === 0) return null;
  const share = hits / size;
  const square = Z * Z;
  const denominator = 1 + square / size;
  const middle = (share + square / (2 * size)) / denominator;
  const half =
    (Z * Math.sqrt((share * (1 - share)) / size + square / (4 * size * size))) / denominator;
  // At 0 and 1 the ends are the share itself, but for the last digits of the reckoning.
  return {
    share,
    low: Math.max(0, Math.min(share, middle - half)),
    high: Math.min(1, Math.max(share, middle + half)),
  };
}
