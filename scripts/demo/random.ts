import { createHash } from 'node:crypto';

/** Choices that come out alike at every start. */
export interface Random {
  /** A whole number from `min` to `max`, both included. */
  whole(min: number, max: number): number;
  pick<T>(items: readonly T[]): T;
  /** True in so many of a hundred cases. */
  chance(percent: number): boolean;
}

/**
 * The choices that belong to a label. Each record draws from its own, so that one more question about one customer does
 * not turn all the others into somebody else.
 */
export function randomOf(label: string): Random {
  let drawn = 0;
  const next = (): number => {
    drawn += 1;
    return createHash('sha256').update(`${label}#${drawn}`).digest().readUInt32BE(0) / 2 ** 32;
  };
  const whole = (min: number, max: number) => min + Math.floor(next() * (max - min + 1));
  return {
    whole,
    pick: (items) => items[whole(0, items.length - 1)],
    chance: (percent) => next() * 100 < percent,
  };
}

/** The documentId of a demo record: the same at every reset, so that an address in the panel stays good. */
export function documentIdOf(type: string, key: string): string {
  return `demo${createHash('sha256').update(`${type}/${key}`).digest('hex').slice(0, 20)}`;
}
