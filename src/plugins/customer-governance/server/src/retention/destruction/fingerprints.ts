import { hash, randomBytes } from 'node:crypto';

/** What a fingerprint is of. */
export const FINGERPRINT_KINDS = ['value', 'key', 'wrapped-key', 'look-up', 'sealed'] as const;
export type FingerprintKind = (typeof FINGERPRINT_KINDS)[number];

/** Where something was found. Positions count bytes from the first one fed. */
export interface Finding {
  fingerprint: number;
  kind: FingerprintKind;
  position: number;
  /** The bytes themselves, for a second look; not to be kept. */
  bytes: Buffer;
}

/** What is looked at of a byte sequence at once, at every fourth byte. */
const WINDOW = 8;
const STRIDE = 4;
/** Whatever of a sequence's beginning is found: it has a window at a fourth byte, wherever the sequence stands. */
export const LEAST_BYTES = WINDOW + STRIDE - 1;
/** Of a longer sequence the beginning. */
const MOST_BYTES = 96;
/** Places of a sequence among which the least usual is taken; `customer.1@example.com` should not be known by `customer`. */
const CANDIDATES = 6;
const SECRET_BYTES = 32;
const BLOCK = 1 << 20;
const OVERLAP = 128;
/** Findings that are told one by one; a file full of them is no better known by more. */
const MOST_FINDINGS = 1000;
const SPAN = LEAST_BYTES;

/**
 * Byte sequences by which leftovers are recognised, in the memory of the process alone and only as keyed hashes: a hash of
 * eight of its bytes finds a sequence in passing, a keyed hash whose key nobody keeps makes sure. Searching takes the same
 * time for one sequence as for a million.
 * @param most sequences that are taken; the memory is bounded by it.
 */
export function createFingerprints(most = 500_000) {
  const secret = randomBytes(SECRET_BYTES);
  const seed = secret.readUInt32LE(0) | 1;
  let slots = 1 << 12;
  let hashes = new Uint32Array(slots);
  let refs = new Uint32Array(slots);
  let used = 0;
  let filter = new Uint32Array(1);
  let filterMask = 0;
  let filtered = -1;
  let count = 0;
  let forgotten = 0;
  let capacity = 1 << 10;
  let lengths = new Uint8Array(capacity);
  let starts = new Uint8Array(capacity);
  let kinds = new Uint8Array(capacity);
  let quick = new Uint32Array(capacity);
  let macs = new Uint32Array(capacity * 2);
  const known = new Set<number>();

  const mix = (low: number, high: number): number => {
    let h = Math.imul(low ^ seed, 0x9e3779b1);
    h = Math.imul((h ^ (h >>> 15)) + high, 0x85ebca6b);
    h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
    return (h ^ (h >>> 16)) >>> 0;
  };
  const windowAt = (bytes: Buffer, at: number) =>
    mix(bytes.readUInt32LE(at), bytes.readUInt32LE(at + 4));

  const quickHash = (bytes: Uint8Array, from: number, to: number): number => {
    let h = seed;
    for (let at = from; at < to; at += 1) h = Math.imul(h ^ (bytes[at] as number), 0x01000193);
    return h >>> 0;
  };
  // A hash of the key and the bytes suffices: nobody is shown it, and to make one costs a third of an HMAC.
  const keyed = Buffer.concat([secret, Buffer.alloc(MOST_BYTES)]);
  const macOf = (bytes: Uint8Array): Buffer => {
    keyed.set(bytes, SECRET_BYTES);
    return hash('sha256', keyed.subarray(0, SECRET_BYTES + bytes.length), 'buffer');
  };

  const place = (hash: number, ref: number) => {
    let at = hash & (slots - 1);
    while (refs[at] !== 0) at = (at + 1) & (slots - 1);
    hashes[at] = hash;
    refs[at] = ref;
  };

  /** How many windows are like this one already, as far as that matters. */
  const occupancy = (hash: number): number => {
    let found = 0;
    for (let at = hash & (slots - 1); refs[at] !== 0 && found < 16; at = (at + 1) & (slots - 1))
      if (hashes[at] === hash) found += 1;
    return found;
  };

  /** The place in a sequence whose windows are the least usual so far. */
  const bestStart = (bytes: Buffer): number => {
    const last = bytes.length - SPAN;
    let best = 0;
    let least = Infinity;
    const steps = Math.min(CANDIDATES, last + 1);
    for (let step = 0; step < steps && least > 0; step += 1) {
      // From the end, where numbered things differ.
      const start = steps === 1 ? 0 : Math.round(last - (step * last) / (steps - 1));
      let cost = 0;
      for (let o = 0; o < STRIDE; o += 1) {
        const at = start + o;
        const low = bytes.readUInt32LE(at);
        const high = bytes.readUInt32LE(at + 4);
        // Eight times the same byte stands everywhere.
        cost +=
          low === high && (low & 0xff) * 0x01010101 === low ? 1000 : occupancy(mix(low, high));
      }
      if (cost < least) {
        least = cost;
        best = start;
      }
    }
    return best;
  };

  const grow = () => {
    const [oldHashes, oldRefs] = [hashes, refs];
    slots *= 2;
    hashes = new Uint32Array(slots);
    refs = new Uint32Array(slots);
    oldRefs.forEach((ref, at) => {
      if (ref !== 0) place(oldHashes[at] as number, ref);
    });
  };
  const growSequences = () => {
    capacity *= 2;
    const wider = <T extends Uint8Array | Uint32Array>(old: T, made: T): T => (made.set(old), made);
    lengths = wider(lengths, new Uint8Array(capacity));
    starts = wider(starts, new Uint8Array(capacity));
    kinds = wider(kinds, new Uint8Array(capacity));
    quick = wider(quick, new Uint32Array(capacity));
    macs = wider(macs, new Uint32Array(capacity * 2));
  };

  /** A bit for each window: most of what is searched ends here. */
  const buildFilter = () => {
    if (filtered === count) return;
    let bits = 1 << 16;
    while (bits < used * 32 && bits < 1 << 28) bits *= 2;
    filter = new Uint32Array(bits >>> 5);
    filterMask = bits - 1;
    refs.forEach((ref, at) => {
      if (ref === 0) return;
      const bit = (hashes[at] as number) & filterMask;
      filter[bit >>> 5] = (filter[bit >>> 5] as number) | (1 << (bit & 31));
    });
    filtered = count;
  };

  return {
    /** How many sequences are searched for. */
    size: () => count - forgotten,
    /** To be given to `forgetSince`. */
    taken: () => count,

    /** Forgets what was taken since then. */
    forgetSince(taken: number): void {
      for (let at = taken; at < count; at += 1) {
        if (lengths[at] === 0) continue;
        known.delete((macs[at * 2] as number) + ((macs[at * 2 + 1] as number) & 0xffff) * 2 ** 32);
        lengths[at] = 0;
        forgotten += 1;
      }
    },

    /** Whether no further ones are taken. */
    full: () => count >= most,

    /** Takes a sequence. @returns false when it is too short to be told from chance, or there are too many. */
    add(sequence: Buffer, kind: FingerprintKind): boolean {
      if (sequence.length < LEAST_BYTES || count >= most) return false;
      const bytes = sequence.subarray(0, MOST_BYTES);
      const mac = macOf(bytes);
      const name = mac.readUIntLE(0, 6);
      if (known.has(name)) return true;
      known.add(name);
      if (count === capacity) growSequences();
      while ((used + STRIDE) * 2 > slots) grow();
      const start = bestStart(bytes);
      lengths[count] = bytes.length;
      starts[count] = start;
      kinds[count] = FINGERPRINT_KINDS.indexOf(kind);
      quick[count] = quickHash(bytes, 0, bytes.length);
      macs[count * 2] = mac.readUInt32LE(0);
      macs[count * 2 + 1] = mac.readUInt32LE(4);
      for (let o = 0; o < STRIDE; o += 1) place(windowAt(bytes, start + o), count * STRIDE + o + 1);
      used += STRIDE;
      count += 1;
      return true;
    },

    /** A search through streams of bytes, one after the other, however each is cut into pieces. */
    search(which: ReadonlySet<FingerprintKind> = new Set(FINGERPRINT_KINDS)) {
      buildFilter();
      const wanted = FINGERPRINT_KINDS.map((kind) => which.has(kind));
      const block = new Uint8Array(BLOCK + 2 * OVERLAP);
      const words = new Uint32Array(block.buffer);
      let findings: Finding[] = [];
      let filled = 2 * OVERLAP;
      let fed = 0;
      /** Of the first byte of the block, in the stream. */
      let origin = -2 * OVERLAP;

      const confirm = (ref: number, at: number) => {
        const sequence = Math.floor((ref - 1) / STRIDE);
        const from = at - (starts[sequence] as number) - ((ref - 1) % STRIDE);
        const to = from + (lengths[sequence] as number);
        const kind = kinds[sequence] as number;
        // Forgotten.
        if (to === from) return;
        if (from < 0 || to > filled || !wanted[kind] || findings.length >= MOST_FINDINGS) return;
        if (quickHash(block, from, to) !== quick[sequence]) return;
        const bytes = Buffer.from(block.subarray(from, to));
        const mac = macOf(bytes);
        if (mac.readUInt32LE(0) !== macs[sequence * 2]) return;
        if (mac.readUInt32LE(4) !== macs[sequence * 2 + 1]) return;
        findings.push({
          fingerprint: sequence,
          kind: FINGERPRINT_KINDS[kind] as FingerprintKind,
          position: origin + from,
          bytes,
        });
      };

      const scan = (from: number, to: number) => {
        const [bits, mask, table, names, last] = [filter, filterMask, hashes, refs, slots - 1];
        for (let word = from >>> 2; word < to >>> 2; word += 1) {
          const low = words[word] as number;
          const high = words[word + 1] as number;
          let h = Math.imul(low ^ seed, 0x9e3779b1);
          h = Math.imul((h ^ (h >>> 15)) + high, 0x85ebca6b);
          h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
          h = (h ^ (h >>> 16)) >>> 0;
          const bit = h & mask;
          if (((bits[bit >>> 5] as number) & (1 << (bit & 31))) === 0) continue;
          for (let at = h & last; names[at] !== 0; at = (at + 1) & last)
            if (table[at] === h) confirm(names[at] as number, word << 2);
        }
      };

      return {
        feed(bytes: Uint8Array): void {
          fed += bytes.length;
          for (let at = 0; at < bytes.length;) {
            const taken = Math.min(bytes.length - at, block.length - filled);
            block.set(bytes.subarray(at, at + taken), filled);
            filled += taken;
            at += taken;
            if (filled < block.length) continue;
            scan(OVERLAP, filled - OVERLAP);
            block.copyWithin(0, filled - 2 * OVERLAP);
            origin += filled - 2 * OVERLAP;
            filled = 2 * OVERLAP;
          }
        },
        /** Ends the stream; the next byte fed is the first of another one. @returns what was found, and the bytes. */
        end(): { findings: Finding[]; bytes: number } {
          block.fill(0, filled, Math.min(block.length, filled + OVERLAP));
          scan(OVERLAP, Math.min(filled + 3, block.length - WINDOW));
          const result = { findings, bytes: fed };
          block.fill(0, 0, 2 * OVERLAP);
          filled = 2 * OVERLAP;
          origin = -2 * OVERLAP;
          fed = 0;
          findings = [];
          return result;
        },
      };
    },
  };
}

export type Fingerprints = ReturnType<typeof createFingerprints>;
