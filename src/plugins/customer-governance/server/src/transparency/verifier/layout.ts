/** The names in an exported log. Tiles and entries stand at the paths of C2SP tlog-tiles. */
export const NAMES = {
  /** The newest signed checkpoint. */
  checkpoint: 'checkpoint',
  /** A folder of all signed checkpoints, each under the size of its tree. */
  checkpoints: 'checkpoints',
  /** The log's verifier keys, one a line. */
  keys: 'keys',
  /** The leaf below which entries were pruned; missing when none were. */
  pruned: 'pruned',
  /** The leaves whose entries were exported, first and last; missing when all were. */
  range: 'range',
  readme: 'README.md',
  script: 'verify.mjs',
} as const;

const LENGTH_BYTES = 2;
/** What an entry may have at most: a bundle tells its length in two bytes. */
export const MAX_ENTRY_BYTES = 0xffff;

/** An entry bundle of C2SP tlog-tiles: each entry behind its length, a big-endian uint16. */
export function entryBundle(entries: ReadonlyArray<string | Uint8Array>): Buffer {
  const parts: Uint8Array[] = [];
  for (const entry of entries) {
    const bytes = typeof entry === 'string' ? Buffer.from(entry) : entry;
    if (bytes.length > MAX_ENTRY_BYTES) {
      throw new RangeError(`An entry has ${bytes.length} bytes; ${MAX_ENTRY_BYTES} is the most.`);
    }
    const length = Buffer.alloc(LENGTH_BYTES);
    length.writeUInt16BE(bytes.length);
    parts.push(length, bytes);
  }
  return Buffer.concat(parts);
}

/** The entries of a bundle. What is left at a broken end counts as an entry, so that it is found not to be in the tree. */
export function entriesOf(bundle: Buffer): Buffer[] {
  const entries: Buffer[] = [];
  for (let at = 0; at < bundle.length;) {
    const begin = at + LENGTH_BYTES;
    const end = begin > bundle.length ? Infinity : begin + bundle.readUInt16BE(at);
    const whole = end <= bundle.length;
    entries.push(whole ? bundle.subarray(begin, end) : bundle.subarray(at));
    at = whole ? end : bundle.length;
  }
  return entries;
}
