import { isIPv4, isIPv6 } from 'node:net';

/**
 * A client's network address as the policy lets the log keep it. `masked` keeps the network: the first three bytes of
 * IPv4, the first three groups (48 bits, what one site gets) of IPv6.
 * @returns null where nothing may be kept, or what came is no address.
 */
export function maskAddress(
  address: string | undefined,
  policy: 'none' | 'masked' | 'full'
): string | null {
  if (policy === 'none' || !address) return null;
  // An IPv4 client of a socket that listens on both: ::ffff:203.0.113.7
  const plain = address.replace(/^::ffff:(?=\d+\.)/i, '').replace(/%.*$/, '');
  if (isIPv4(plain)) {
    return policy === 'full' ? plain : `${plain.split('.').slice(0, 3).join('.')}.0/24`;
  }
  if (!isIPv6(plain)) return null;
  if (policy === 'full') return plain.toLowerCase();
  const groups = expand(plain).slice(0, 3);
  return `${groups.join(':')}::/48`;
}

/** The eight groups of an IPv6 address without leading zeros. */
function expand(address: string): string[] {
  const [head = '', tail] = address.toLowerCase().split('::');
  const left = head === '' ? [] : head.split(':');
  const right = tail === undefined || tail === '' ? [] : tail.split(':');
  const zeros = tail === undefined ? 0 : 8 - left.length - right.length;
  return [...left, ...Array<string>(zeros).fill('0'), ...right].map((group) =>
    group.replace(/^0+(?=.)/, '')
  );
}
