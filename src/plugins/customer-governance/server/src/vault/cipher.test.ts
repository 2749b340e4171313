import fc from 'fast-check';
import { blindIndex, derive, open, seal, SealBroken } from './cipher';

const key = Buffer.alloc(32, 1);
const bytes = () => fc.uint8Array({ maxLength: 200 }).map((array) => Buffer.from(array));

describe('sealing with AES-256-GCM', () => {
  it('opens what was sealed, at the same place', () => {
    fc.assert(
      fc.property(bytes(), fc.string(), (plaintext, place) => {
        expect(open(key, seal(key, plaintext, place), place)).toEqual(plaintext);
      })
    );
  });

  it('does not open at another place', () => {
    const sealed = seal(key, Buffer.from('value'), 'customer\nabc\nmobile\n1');
    expect(() => open(key, sealed, 'customer\nabd\nmobile\n1')).toThrow(SealBroken);
  });

  it('does not open under another key', () => {
    const sealed = seal(key, Buffer.from('value'), 'place');
    expect(() => open(Buffer.alloc(32, 2), sealed, 'place')).toThrow(SealBroken);
  });

  it('does not open when any single bit was changed', () => {
    const sealed = seal(key, Buffer.from('value'), 'place');
    fc.assert(
      fc.property(fc.nat(sealed.length * 8 - 1), (bit) => {
        const altered = Buffer.from(sealed);
        altered[bit >> 3] = (altered[bit >> 3] as number) ^ (1 << (bit & 7));
        expect(() => open(key, altered, 'place')).toThrow(SealBroken);
      })
    );
  });

  it('does not open bytes that were cut off, however short', () => {
    const sealed = seal(key, Buffer.from('value'), 'place');
    for (let length = 0; length < sealed.length; length += 1) {
      expect(() => open(key, sealed.subarray(0, length), 'place')).toThrow(SealBroken);
    }
  });

  it('never seals one value to the same bytes twice', () => {
    const value = Buffer.from('value');
    expect(seal(key, value, 'place').equals(seal(key, value, 'place'))).toBe(false);
  });

  it('decrypts the published test case 14 of the GCM specification', () => {
    const zeros = Buffer.alloc(32);
    const sealed = Buffer.concat([
      Buffer.from([1]),
      Buffer.alloc(12),
      Buffer.from('cea7403d4d606b6e074ec5d3baf39d18', 'hex'),
      Buffer.from('d0d1c8a799996bf0265b98b5d48ab919', 'hex'),
    ]);
    expect(open(zeros, sealed, '')).toEqual(Buffer.alloc(16));
  });
});

describe('keys and blind indexes', () => {
  it('derives different keys for different uses and the same for the same', () => {
    expect(derive(key, 'a')).toEqual(derive(key, 'a'));
    expect(derive(key, 'a').equals(derive(key, 'b'))).toBe(false);
  });

  it('agrees with test case 2 of RFC 4231', () => {
    const index = blindIndex(Buffer.from('Jefe'), 'what do ya want for nothing?');
    expect(Buffer.from(index, 'base64url').toString('hex')).toBe(
      '5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843'
    );
  });
});
