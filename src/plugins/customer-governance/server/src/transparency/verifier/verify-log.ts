import { HASH_BYTES, leafHash, leafHashInto, subtreeHash } from '../tree/hashes';
import { TILE_WIDTH } from '../tree/tiles';
import { Alignment, type PlacedEntry, type PlacedLeaf } from './alignment';
import { Findings, type Finding } from './findings';
import { GrowingTree } from './growing-tree';
import { headsOf, type Head, type Heads } from './heads';
import { judgeHeads } from './judgement';
import { idIn, OwnWords, type DeclaredLoss } from './own-words';
import type { EntryPage, LogSource } from './source';
import { StoredTiles } from './stored-tiles';

const DEFAULT_LIMIT = 1000;

export interface Verification {
  /** Whether everything is as it was signed. */
  ok: boolean;
  size: number;
  /** How many entries were hashed; those that were pruned are not among them. */
  entries: number;
  prunedBelow: number;
  /** The leaves whose entries were exported, where it was not all of them. */
  included: { from: number; to: number } | null;
  /** How many signed tree heads were read: the log's own, and those of its witnesses. */
  checkpoints: number;
  witnessed: number;
  /** The newest checkpoint that the log keeps. */
  newest: { size: number; root: string; origin: string; signers: string[]; note: string } | null;
  /** What the log itself says that restores have lost. */
  losses: DeclaredLoss[];
  findings: Finding[];
  /** How many findings there are; `findings` holds the first of them. */
  total: number;
}

export interface VerifyOptions {
  progress?: (leaves: number, size: number) => void;
  /** How many findings are told in full. */
  limit?: number;
  /** Checks that a source can make beyond its tree. */
  further?: (findings: Findings) => Promise<void>;
}

/**
 * Verifies a log from its first leaf to its last: every entry against its hash in the tree, every stored hash against
 * those below it, the tree against every checkpoint at whatever size, and the copies that stand outside. Holds one tile
 * at a time. The application and the script that goes with an export run this same code.
 */
export async function verifyLog(
  source: LogSource,
  { progress, limit = DEFAULT_LIMIT, further }: VerifyOptions = {}
): Promise<Verification> {
  const findings = new Findings(limit);
  const { own, others } = headsOf(source, findings);
  const words = new OwnWords();
  const walk = new Walk(source, findings, [own, ...others], words);

  await walk.begin();
  for (let from = 0; from < source.size && (await walk.tile(from)); from += TILE_WIDTH) {
    progress?.(Math.min(from + TILE_WIDTH, source.size), source.size);
  }
  await walk.end();
  if (source.prunedBelow > words.prunedBelow && !source.included) {
    findings.add({
      code: 'pruning',
      leafIndex: words.prunedBelow,
      lastLeafIndex: source.prunedBelow - 1,
      entryId: null,
      message:
        `The entries of leaves ${words.prunedBelow} to ${source.prunedBelow - 1} are missing as if they were pruned, ` +
        'but no entry of the log says that they were.',
    });
  }
  await judgeHeads({ source, findings, own, others, losses: words.losses });
  await further?.(findings);

  const { newest } = own;
  const { findings: found, total } = findings.settle(source.size);
  return {
    ok: total === 0,
    size: source.size,
    entries: walk.entries,
    prunedBelow: source.prunedBelow,
    included: source.included ?? null,
    checkpoints: own.read,
    witnessed: others.reduce((sum, { read }) => sum + read, 0),
    newest: newest && {
      size: newest.size,
      root: newest.root.toString('base64'),
      origin: newest.origin,
      signers: newest.signers,
      note: newest.note,
    },
    losses: words.losses,
    findings: found,
    total,
  };
}

/** The way through the log, tile by tile. */
class Walk {
  entries = 0;
  readonly #tree = new GrowingTree();
  readonly #tiles: StoredTiles;
  readonly #alignment: Alignment;
  /** The hashes of the entries of one tile. */
  readonly #made = Buffer.alloc(TILE_WIDTH * HASH_BYTES);
  #coming: Promise<EntryPage | null> = Promise.resolve(null);

  constructor(
    private readonly source: LogSource,
    private readonly findings: Findings,
    private readonly keepers: readonly Heads[],
    private readonly words: OwnWords
  ) {
    this.#tiles = new StoredTiles(source, findings);
    this.#alignment = new Alignment((mismatch) => findings.mismatch(mismatch));
  }

  /** The heads of the empty tree, if any, and the first page. */
  async begin(): Promise<void> {
    this.#judge(await this.#headsUpTo(0));
    this.#coming = this.#page(0);
  }

  /** Verifies the tile that begins at a leaf. @returns false when there is no telling what stands behind it. */
  async tile(from: number): Promise<boolean> {
    const width = Math.min(TILE_WIDTH, this.source.size - from);
    let page = await this.#coming;
    // The next page is on its way while this one is hashed.
    this.#coming = this.#page(from + TILE_WIDTH);
    this.#coming.catch(() => undefined);

    const made = this.#made.subarray(0, width * HASH_BYTES);
    const kept = await this.#tiles.leaves(from / TILE_WIDTH, width);
    let complete = page !== null && this.#hash(page, width);
    if (page && this.source.carefully && !(complete && kept && made.equals(kept))) {
      page = await this.source.carefully(from, width);
      complete = page !== null && this.#hash(page, width);
    }
    if (page) this.#count(page, from);
    const heads = await this.#headsUpTo(from + width);
    const agreed = complete && kept !== null && made.equals(kept);
    const row = agreed ? kept : await this.#signed(from, kept, complete ? made : null, heads);
    if (row === null) {
      this.findings.add({
        code: 'tile',
        leafIndex: from,
        lastLeafIndex: this.source.size - 1,
        entryId: null,
        message: `The hashes of leaves ${from} to ${from + width - 1} are missing, and cannot be made from their entries. What follows cannot be verified.`,
      });
      return false;
    }
    if (row !== kept) this.#tiles.tellDamaged(from / TILE_WIDTH, kept, row);
    if (page && !(agreed && this.#alignment.settled)) this.#align(page, from, row);

    this.#tree.lay(row);
    this.#judge(heads);
    if (width === TILE_WIDTH) {
      for (const tile of this.#tree.close()) await this.#tiles.expect(tile);
    }
    return true;
  }

  async end(): Promise<void> {
    this.#alignment.finish();
    await this.#tiles.expectNoMore();
  }

  #page(from: number): Promise<EntryPage | null> {
    const { size, prunedBelow, included } = this.source;
    if (from >= size || from < prunedBelow) return Promise.resolve(null);
    if (included && (from < included.from || from >= included.to)) return Promise.resolve(null);
    return this.source.entries(from, Math.min(TILE_WIDTH, size - from));
  }

  /** Hashes the entries of a tile. @returns whether there is one for each leaf. */
  #hash({ bytes }: EntryPage, width: number): boolean {
    let complete = bytes.length === width;
    for (let i = 0; i < bytes.length && i < width; i++) {
      const entry = bytes[i];
      if (entry === null) complete = false;
      else leafHashInto(entry, this.#made, i * HASH_BYTES);
    }
    return complete;
  }

  #count({ bytes }: EntryPage, from: number): void {
    bytes.forEach((entry, i) => {
      if (entry === null) return;
      this.entries += 1;
      this.words.hear(from + i, entry);
    });
  }

  async #headsUpTo(size: number): Promise<Array<{ keeper: Heads; head: Head }>> {
    const heads: Array<{ keeper: Heads; head: Head }> = [];
    for (const keeper of this.keepers) {
      for (let head = await keeper.next(size); head; head = await keeper.next(size)) {
        heads.push({ keeper, head });
      }
    }
    return heads;
  }

  #judge(heads: ReadonlyArray<{ keeper: Heads; head: Head }>): void {
    for (const { keeper, head } of heads) keeper.judge(head, this.#agrees(head));
  }

  #agrees({ size, root }: Head): boolean {
    return root.equals(this.#tree.rootAt(size));
  }

  /**
   * The hashes that were signed, where those that are kept and those that the entries have are not the same: the level
   * above tells, or a checkpoint within the tile. In doubt it is the entries that were tampered with.
   */
  async #signed(
    from: number,
    kept: Buffer | null,
    made: Buffer | null,
    heads: ReadonlyArray<{ head: Head }>
  ): Promise<Buffer | null> {
    if (kept === null || made === null) return kept ?? made;
    if (made.length === TILE_WIDTH * HASH_BYTES) {
      const above = await this.#tiles.above({ level: 0, index: from / TILE_WIDTH });
      if (above?.equals(subtreeHash(kept, 0, TILE_WIDTH))) return kept;
      if (above?.equals(subtreeHash(made, 0, TILE_WIDTH))) return made;
    }
    const agreeing = (row: Buffer) => {
      this.#tree.lay(row);
      return heads.filter(({ head }) => this.#agrees(head)).length;
    };
    return agreeing(made) > agreeing(kept) ? made : kept;
  }

  #align({ bytes, ids }: EntryPage, from: number, row: Buffer): void {
    const entries: PlacedEntry[] = [];
    bytes.forEach((entry, i) => {
      if (entry === null) return;
      const hash = leafHash(entry).toString('latin1');
      entries.push({ position: from + i, hash, entryId: ids?.[i] ?? idIn(entry) });
    });
    const leaves: PlacedLeaf[] = Array.from({ length: row.length / HASH_BYTES }, (_, i) => ({
      index: from + i,
      hash: row.toString('latin1', i * HASH_BYTES, (i + 1) * HASH_BYTES),
      entryId: ids?.[i] ?? null,
    }));
    this.#alignment.add(entries, leaves);
  }
}
