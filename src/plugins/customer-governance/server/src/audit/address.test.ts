import { maskAddress } from './address';

describe('the address of an entry', () => {
  it.each([
    ['203.0.113.77', '203.0.113.0/24'],
    ['::ffff:203.0.113.77', '203.0.113.0/24'],
    ['2001:0db8:85a3::8a2e:370:7334', '2001:db8:85a3::/48'],
    ['::1', '0:0:0::/48'],
    ['fe80::1%eth0', 'fe80:0:0::/48'],
  ])('keeps the network of %s alone when masked', (address, network) => {
    expect(maskAddress(address, 'masked')).toBe(network);
  });

  it('keeps all of it, or nothing, when the policy says so', () => {
    expect(maskAddress('::ffff:203.0.113.77', 'full')).toBe('203.0.113.77');
    expect(maskAddress('2001:DB8::1', 'full')).toBe('2001:db8::1');
    expect(maskAddress('203.0.113.77', 'none')).toBeNull();
  });

  it('keeps nothing of what is no address', () => {
    expect(maskAddress('王芳', 'full')).toBeNull();
    expect(maskAddress('203.0.113', 'masked')).toBeNull();
    expect(maskAddress(undefined, 'full')).toBeNull();
  });
});
