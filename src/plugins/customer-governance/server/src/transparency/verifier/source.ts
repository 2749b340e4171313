import type { NoteVerifier } from '../tree/note';

/** A signed tree head as it was kept: the size that it is kept under, and the signed note itself. */
export interface KeptCheckpoint {
  size: number;
  note: string;
}

/** Checkpoints in the order of their sizes. */
export interface CheckpointReader {
  /** Those of sizes beyond `afterSize`; -1 begins. At most `limit` sizes, each with all that is kept of it. */
  checkpoints(afterSize: number, limit: number): Promise<KeptCheckpoint[]>;
}

/** Consecutive entries. Where a leaf has no entry, `null` stands in its place. */
export interface EntryPage {
  /** The bytes that were hashed; text is UTF-8. */
  bytes: Array<string | Uint8Array | null>;
  /** The ids by which the leaves name their entries, where the source knows them from elsewhere than the bytes. */
  ids?: Array<string | null>;
}

/** Whatever a log can be verified from: a database, an exported directory, a test. */
export interface LogSource extends CheckpointReader {
  /** How many leaves the source says that the tree has. */
  size: number;
  /** For a log that may grow while it is verified: how many leaves it has by now. */
  grownTo?(): Promise<number>;
  /** Entries of leaves below were pruned; their hashes are still in the tree. */
  prunedBelow: number;
  /** Where entries outside these leaves were left out of an export on purpose; whole tiles. */
  included?: { from: number; to: number } | null;
  /** The keys whose signatures count. */
  keys: readonly NoteVerifier[];
  /**
   * The entries of one tile, from a leaf on. A source that keeps no order but that of its entries gives all that
   * stand there, even when they are more or fewer than `limit`.
   * @returns null when they were pruned since the verification began.
   */
  entries(fromLeaf: number, limit: number): Promise<EntryPage | null>;
  /**
   * The same, for a tile whose entries do not agree with their hashes: with nothing taken for granted. Left out where the
   * first reading takes nothing for granted either.
   */
  carefully?(fromLeaf: number, limit: number): Promise<EntryPage | null>;
  /** The hashes of a tile; empty when there is none. */
  tile(level: number, index: number): Promise<Buffer>;
  /** The tree head that the key store keeps apart from the data. */
  anchor?: { size: number; root: Buffer } | null;
  /** Checkpoints that were delivered outside. */
  witnesses?: ReadonlyArray<CheckpointReader & { name: string }>;
}
