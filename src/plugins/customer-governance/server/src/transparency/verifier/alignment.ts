import type { Mismatch } from './findings';

/** An entry as it stands in the source. */
export interface PlacedEntry {
  /** The leaf in whose place it stands. */
  position: number;
  hash: string;
  entryId: string | null;
}

/** A leaf of the tree. */
export interface PlacedLeaf {
  index: number;
  hash: string;
  entryId: string | null;
}

// Beyond two tiles without a match nothing will be found to match any more.
const MAX_OPEN = 512;

/**
 * Holds entries against leaves when they do not agree one by one, so that one entry that was removed or inserted is told
 * from all that follow it and stand one place off. Fed tile by tile; what is undecided at the end of one is kept for the
 * next.
 */
export class Alignment {
  #entries: PlacedEntry[] = [];
  #leaves: PlacedLeaf[] = [];

  constructor(private readonly report: (mismatch: Mismatch) => void) {}

  /** Whether nothing is undecided, so that the next tile can be compared as it is. */
  get settled(): boolean {
    return this.#entries.length === 0 && this.#leaves.length === 0;
  }

  add(entries: readonly PlacedEntry[], leaves: readonly PlacedLeaf[]): void {
    this.#entries.push(...entries);
    this.#leaves.push(...leaves);
    this.#align(false);
    if (this.#entries.length + this.#leaves.length > MAX_OPEN) this.#align(true);
  }

  /** Decides what is left. */
  finish(): void {
    this.#align(true);
  }

  #align(final: boolean): void {
    const entries = this.#entries;
    const leaves = this.#leaves;
    const leafAt = new Map(leaves.map(({ hash }, i) => [hash, i]));
    const matched = entries.map(({ hash }) => {
      const at = leafAt.get(hash) ?? -1;
      leafAt.delete(hash);
      return at;
    });
    const anchors = longestRising(matched);
    const misplaced = new Set<number>();
    matched.forEach((at, i) => {
      if (at < 0 || anchors.has(i)) return;
      misplaced.add(at);
      // The leaf is given with the entry twice over: as its home, and as what stands in another place.
      this.report({ leaf: leaves[at] });
      this.report({ entry: entries[i] });
    });

    let fromEntry = 0;
    let fromLeaf = 0;
    const gap = (toEntry: number, toLeaf: number): [PlacedEntry[], PlacedLeaf[]] => [
      entries.slice(fromEntry, toEntry).filter((_, i) => matched[fromEntry + i] < 0),
      leaves.slice(fromLeaf, toLeaf).filter((_, i) => !misplaced.has(fromLeaf + i)),
    ];
    for (const anchor of [...anchors].sort((a, b) => a - b)) {
      this.#pair(...gap(anchor, matched[anchor]));
      fromEntry = anchor + 1;
      fromLeaf = matched[anchor] + 1;
    }
    [this.#entries, this.#leaves] = gap(entries.length, leaves.length);
    if (!final) return;
    this.#pair(this.#entries, this.#leaves);
    this.#entries = [];
    this.#leaves = [];
  }

  /** Between two matches: an entry in a leaf's own place was altered; then in order; the rest was removed or inserted. */
  #pair(entries: readonly PlacedEntry[], leaves: readonly PlacedLeaf[]): void {
    const at = new Map(leaves.map((leaf) => [leaf.index, leaf]));
    const others: PlacedEntry[] = [];
    for (const entry of entries) {
      const leaf = at.get(entry.position);
      if (leaf) this.report({ leaf, entry });
      else others.push(entry);
      at.delete(entry.position);
    }
    const left = [...at.values()];
    others.forEach((entry, i) => this.report({ leaf: left[i], entry }));
    left.slice(others.length).forEach((leaf) => this.report({ leaf }));
  }
}

/** The positions of a longest strictly rising run among the values that are not negative. */
function longestRising(values: readonly number[]): Set<number> {
  const tails: number[] = [];
  const before: number[] = [];
  values.forEach((value, i) => {
    if (value < 0) return;
    let [low, high] = [0, tails.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (values[tails[middle]] < value) low = middle + 1;
      else high = middle;
    }
    before[i] = low > 0 ? tails[low - 1] : -1;
    tails[low] = i;
  });
  const rising = new Set<number>();
  for (let i = tails.at(-1) ?? -1; i >= 0; i = before[i]) rising.add(i);
  return rising;
}
