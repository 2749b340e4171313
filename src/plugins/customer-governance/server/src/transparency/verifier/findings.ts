/**
 * What was found.
 * - `altered`, `removed`, `inserted`, `reordered`: an entry is not what was signed; the leaf and the entry are named.
 * - `cut-off`: the last entries are gone.
 * - `rewritten`: the tree itself is not the one that was signed; the leaves between which it differs are named.
 * - `forked`: the log's key has signed two different trees.
 * - `unsigned`: leaves that no checkpoint covers.
 * - `tile`: a stored hash is wrong, while the entries are as they were signed.
 * - `checkpoint`: a checkpoint is not one that the log's key has signed.
 * - `pruning`: entries are missing as if they were pruned, but the log does not say so.
 */
export type FindingCode =
  | 'altered'
  | 'removed'
  | 'inserted'
  | 'reordered'
  | 'cut-off'
  | 'rewritten'
  | 'forked'
  | 'unsigned'
  | 'tile'
  | 'checkpoint'
  | 'pruning';

export interface Finding {
  code: FindingCode;
  /** The leaf, or the first of several. */
  leafIndex: number | null;
  /** The last leaf, where several are concerned. */
  lastLeafIndex?: number;
  entryId: string | null;
  /** One sentence. */
  message: string;
}

/** An entry and a leaf that do not belong together, until it is known whether they belong elsewhere. */
export interface Mismatch {
  leaf?: { index: number; hash: string; entryId: string | null };
  /** Without a position: a row that the order of the log does not know. */
  entry?: { position: number | null; hash: string; entryId: string | null };
}

const numbered = (leafIndex: number, entryId: string | null) =>
  entryId ? `Entry ${entryId} (leaf ${leafIndex})` : `The entry of leaf ${leafIndex}`;

/** Collects findings, a bounded number in full and all of them by count. */
export class Findings {
  readonly #found: Finding[] = [];
  readonly #mismatches: Mismatch[] = [];
  #uncounted = 0;

  constructor(private readonly limit: number) {}

  add(finding: Finding): void {
    if (this.#found.length < this.limit) this.#found.push(finding);
    else this.#uncounted += 1;
  }

  mismatch(mismatch: Mismatch): void {
    if (this.#mismatches.length < this.limit) this.#mismatches.push(mismatch);
    else this.#uncounted += 1;
  }

  /** Everything, the entries first. @param size of the tree, to tell what is missing at its end. */
  settle(size: number): { findings: Finding[]; total: number } {
    const findings = [...this.#entryFindings(size), ...this.#found];
    return { findings: findings.slice(0, this.limit), total: findings.length + this.#uncounted };
  }

  #entryFindings(size: number): Finding[] {
    const leaves = new Map(
      this.#mismatches.flatMap(({ leaf }) => (leaf ? [[leaf.hash, leaf] as const] : []))
    );
    const found: Finding[] = [];
    const explained = new Set<number>();
    const rest: Mismatch[] = [];
    for (const mismatch of this.#mismatches) {
      const { entry } = mismatch;
      const home = entry && leaves.get(entry.hash);
      if (!entry || !home) {
        rest.push(mismatch);
        continue;
      }
      explained.add(home.index);
      found.push({
        code: 'reordered',
        leafIndex: home.index,
        entryId: entry.entryId,
        message:
          `${numbered(home.index, entry.entryId)} was reordered: ` +
          (entry.position === null
            ? 'it is there, but has lost its place.'
            : `it stands in the place of leaf ${entry.position}.`),
      });
    }
    const removed: Array<NonNullable<Mismatch['leaf']>> = [];
    for (const { leaf, entry } of rest) {
      if (leaf && entry) found.push(altered(leaf.index, entry.entryId ?? leaf.entryId));
      else if (entry) found.push(inserted(entry.position, entry.entryId));
      else if (leaf && !explained.has(leaf.index)) removed.push(leaf);
    }
    found.push(...gone(removed, size));
    return found.sort((a, b) => (a.leafIndex ?? Infinity) - (b.leafIndex ?? Infinity));
  }
}

export const altered = (leafIndex: number, entryId: string | null): Finding => ({
  code: 'altered',
  leafIndex,
  entryId,
  message: `${numbered(leafIndex, entryId)} was altered: its bytes are not those that were signed.`,
});

const inserted = (position: number | null, entryId: string | null): Finding => ({
  code: 'inserted',
  leafIndex: position,
  entryId,
  message:
    `${entryId ? `Entry ${entryId}` : 'An entry'} was inserted` +
    (position === null ? ' past the log' : ` in the place of leaf ${position}`) +
    ': it is not in the tree.',
});

/** What is gone without a break up to the end was cut off; all else was removed. */
function gone(leaves: ReadonlyArray<NonNullable<Mismatch['leaf']>>, size: number): Finding[] {
  const sorted = [...leaves].sort((a, b) => a.index - b.index);
  let tail = sorted.length;
  while (tail > 0 && sorted[tail - 1].index === size - (sorted.length - tail) - 1) tail -= 1;
  return sorted.map(({ index, entryId }, i) => ({
    code: i < tail ? ('removed' as const) : ('cut-off' as const),
    leafIndex: index,
    entryId,
    message:
      i < tail
        ? `${numbered(index, entryId)} was removed.`
        : `${numbered(index, entryId)} was cut off: it was among the last of the log.`,
  }));
}
