import type { Canary } from './canaries';
import { needlesOf, SHORTEST, type Needle } from './needles';

/** A canary's trace in something that left the application. */
export interface Hit {
  form: string;
  /** Whose it may be: a short piece can belong to several. */
  canaries: Canary[];
}

export type Search = (haystack: Buffer | string) => Hit[];

const FILTER_BITS = 22;
const FOLD = Uint8Array.from({ length: 256 }, (_, byte) =>
  byte >= 0x41 && byte <= 0x5a ? byte + 0x20 : byte
);
const isDigit = (byte: number | undefined) => byte !== undefined && byte >= 0x30 && byte <= 0x39;
const isHexLetter = (byte: number | undefined) =>
  byte !== undefined && byte >= 0x61 && byte <= 0x66;

/** A number that two texts share when their first six bytes do. */
const keyAt = (bytes: Uint8Array, at: number): number =>
  (bytes[at] | (bytes[at + 1] << 8) | (bytes[at + 2] << 16) | (bytes[at + 3] << 24)) ^
  Math.imul(bytes[at + 4] | (bytes[at + 5] << 8), 0x9e3779b1);

const slot = (key: number) => ((key ^ (key >>> 15)) >>> 0) & ((1 << FILTER_BITS) - 1);

/**
 * Looks for thousands of needles at once, upper and lower case alike. A filter over the first six bytes throws out nearly
 * every place at the price of one look-up (Rabin and Karp), so that hundreds of megabytes take seconds.
 */
export function createSearch(canaries: Canary[]): Search {
  const filter = new Uint8Array(1 << (FILTER_BITS - 3));
  const byKey = new Map<number, Array<Needle & { folded: Uint8Array }>>();
  for (const needle of needlesOf(canaries)) {
    const folded = needle.bytes.map((byte) => FOLD[byte]);
    const key = keyAt(folded, 0);
    byKey.set(key, [...(byKey.get(key) ?? []), { ...needle, folded }]);
    filter[slot(key) >> 3] |= 1 << (slot(key) & 7);
  }

  return (haystack) => {
    const bytes = typeof haystack === 'string' ? Buffer.from(haystack, 'utf8') : haystack;
    if (bytes.length < SHORTEST) return [];
    const folded = new Uint8Array(bytes.length);
    for (let at = 0; at < bytes.length; at += 1) folded[at] = FOLD[bytes[at]];
    const found = new Set<Needle>();
    for (let at = 0; at <= folded.length - SHORTEST; at += 1) {
      const key = keyAt(folded, at);
      const place = slot(key);
      if (!(filter[place >> 3] & (1 << (place & 7)))) continue;
      for (const needle of byKey.get(key) ?? []) {
        if (!found.has(needle) && stands(needle, needle.folded, folded, at)) found.add(needle);
      }
    }
    return [...found].map(({ form, canaries: owners }) => ({ form, canaries: owners }));
  };
}

function stands(needle: Needle, text: Uint8Array, haystack: Uint8Array, at: number): boolean {
  const end = at + text.length;
  if (end > haystack.length) return false;
  for (let offset = 0; offset < text.length; offset += 1) {
    if (haystack[at + offset] !== text[offset]) return false;
  }
  if (needle.startsNumber && isDigit(haystack[at - 1])) return false;
  if (needle.endsNumber && isDigit(haystack[end])) return false;
  return !(needle.startsNumber || needle.endsNumber) || !isInHexadecimal(haystack, at, end);
}

/**
 * Whether the digits around a place run into a letter from a to f: a digest among millions holds the digits of a piece of
 * a number by chance. A whole number is found there all the same, for it is looked for at any place.
 */
function isInHexadecimal(haystack: Uint8Array, start: number, end: number): boolean {
  let [before, after] = [start - 1, end];
  while (isDigit(haystack[before])) before -= 1;
  while (isDigit(haystack[after])) after += 1;
  return isHexLetter(haystack[before]) || isHexLetter(haystack[after]);
}
