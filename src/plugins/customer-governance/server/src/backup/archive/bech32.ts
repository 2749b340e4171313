const CHARSET = 'qpzry9x8gf2tvdw0s3jn54khce6mua7l';
const GENERATOR = [0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd, 0x2a1462b3];
const CHECKSUM_DIGITS = 6;

/** Bech32 (BIP 173) without its limit of length: how age writes recipients and identities. */

function checksum(prefix: string, digits: readonly number[]): number {
  const codes = [...prefix].map((character) => character.charCodeAt(0));
  let sum = 1;
  for (const digit of [
    ...codes.map((code) => code >> 5),
    0,
    ...codes.map((code) => code & 31),
    ...digits,
  ]) {
    const top = sum >>> 25;
    sum = ((sum & 0x1ffffff) << 5) ^ digit;
    GENERATOR.forEach((generator, bit) => {
      if ((top >>> bit) & 1) sum ^= generator;
    });
  }
  return sum;
}

/** Regroups bits; what is left over at the end is filled up with zeros, or must be such a filling. */
function regroup(values: Iterable<number>, from: number, to: number, fill: boolean) {
  const result: number[] = [];
  let held = 0;
  let bits = 0;
  for (const value of values) {
    held = (held << from) | value;
    bits += from;
    while (bits >= to) {
      bits -= to;
      result.push((held >>> bits) & ((1 << to) - 1));
      held &= (1 << bits) - 1;
    }
  }
  if (fill) {
    if (bits > 0) result.push(held << (to - bits));
    return result;
  }
  return bits < from && held === 0 ? result : null;
}

/** Writes bytes behind a prefix in lower case. */
export function bech32(prefix: string, bytes: Uint8Array): string {
  const digits = regroup(bytes, 8, 5, true) as number[];
  const sum = checksum(prefix, [...digits, ...Array<number>(CHECKSUM_DIGITS).fill(0)]) ^ 1;
  for (let at = CHECKSUM_DIGITS - 1; at >= 0; at--) digits.push((sum >>> (5 * at)) & 31);
  return `${prefix}1${digits.map((digit) => CHARSET[digit]).join('')}`;
}

/** Reads what `bech32` wrote, in either case. @returns null where it is anything else. */
export function fromBech32(prefix: string, text: string): Buffer | null {
  const lower = text.toLowerCase();
  if (text !== lower && text !== text.toUpperCase()) return null;
  if (!lower.startsWith(`${prefix}1`)) return null;
  const digits = [...lower.slice(prefix.length + 1)].map((character) => CHARSET.indexOf(character));
  if (digits.includes(-1) || digits.length < CHECKSUM_DIGITS || checksum(prefix, digits) !== 1) {
    return null;
  }
  const bytes = regroup(digits.slice(0, -CHECKSUM_DIGITS), 5, 8, false);
  return bytes && Buffer.from(bytes);
}
