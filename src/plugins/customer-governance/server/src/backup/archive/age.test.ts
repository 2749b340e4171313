import { AgeError, decryptWith, encryptFor, newIdentity, readIdentities, recipientOf } from './age';
import { readTar, writeTar } from './tar';

const IDENTITY = 'AGE-SECRET-KEY-1JRRZ3397UK3C7GYUMPXQSQJP0SQ9EUXC7029CZKQYMM4EU97Q9US9MSWMT';
const RECIPIENT = 'age13ch5wl9luga4t7vkgr4k8ytwdrqt5r02eyytm5vdzdkzdgfq4p6s0x0gfm';
/** Written by age-encryption 0.3.1. */
const FOREIGN =
  'YWdlLWVuY3J5cHRpb24ub3JnL3YxCi0+IFgyNTUxOSB3S1phRTYxRGlsOTFJUEVMNnlMYy9iQm1oYUZWUEZidVZJcFlzNEI3c3dnCngvZUVjV3dTY0xPUkRWV1JVN1dVSWxCT2NkNnpUaWRDR1dCcXdOSjZqbkUKLS0tIGlER1JPMUU5Rlc2MUFJc0dHa1g4WEUwL3NmNXkzNmZ2YzR1L3hwTGR1MFUKvcw0MttWvOJMUyfV9vtPpxzqT8so19hx1AwRbnqqkgWfuuUPNd+jKZTJ1yUKHbif2VPBDMKN+QJ05d1Jqwc+eJo=';
const CHUNK = 64 * 1024;

async function* inParts(bytes: Buffer, size = 1000) {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}
async function all(source: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const parts: Uint8Array[] = [];
  for await (const part of source) parts.push(part);
  return Buffer.concat(parts);
}
const opened = (sealed: Buffer, identity = IDENTITY) =>
  all(decryptWith([identity], inParts(sealed)));

describe('the age format', () => {
  it('opens what another implementation wrote', async () => {
    expect((await opened(Buffer.from(FOREIGN, 'base64'))).toString()).toBe(
      'Sealed by another implementation.'
    );
    expect(recipientOf(IDENTITY)).toBe(RECIPIENT);
  });

  it.each([0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 3 * CHUNK])(
    'keeps %d bytes as they are',
    async (size) => {
      const plain = Buffer.alloc(size, 'content');
      expect((await opened(await all(encryptFor([RECIPIENT], inParts(plain))))).equals(plain)).toBe(
        true
      );
    }
  );

  it.each([
    [
      'a flipped bit',
      (sealed: Buffer) => (
        sealed.writeUInt8(sealed[sealed.length - 1] ^ 1, sealed.length - 1),
        sealed
      ),
      'damaged',
    ],
    [
      'a missing end',
      (sealed: Buffer) => sealed.subarray(0, sealed.length - CHUNK - 16),
      'truncated',
    ],
    [
      'an altered header',
      (sealed: Buffer) =>
        Buffer.concat([Buffer.from('age-encryption.org/v2'), sealed.subarray(21)]),
      'malformed',
    ],
  ])('finds %s', async (_what, change, code) => {
    const sealed = await all(encryptFor([RECIPIENT], inParts(Buffer.alloc(3 * CHUNK))));
    const failure = await opened(change(sealed)).catch((error: AgeError) => error);
    expect(failure).toBeInstanceOf(AgeError);
    expect((failure as AgeError).code).toBe(code);
  });

  it('refuses another identity, and what is none', async () => {
    const sealed = await all(encryptFor([RECIPIENT], inParts(Buffer.from('text'))));
    await expect(opened(sealed, newIdentity().identity)).rejects.toMatchObject({
      code: 'wrong-identity',
    });
    expect(readIdentities(`# created\n${IDENTITY}\n`)).toEqual([IDENTITY]);
    expect(() => readIdentities(IDENTITY.replace('1JRR', '1JRQ'))).toThrow(AgeError);
  });
});

describe('the tar of an archive', () => {
  it('gives back the files that were put in', async () => {
    const files = [
      { name: 'manifest.json', body: Buffer.from('{}') },
      { name: 'pieces/' + 'a'.repeat(64), body: Buffer.alloc(2000, 7) },
      { name: 'pieces/empty', body: Buffer.alloc(0) },
    ];
    const read = [];
    for await (const file of readTar(inParts(await all(writeTar(files)), 333))) read.push(file);
    expect(read).toEqual(files);
  });

  it('says so when it is cut off', async () => {
    const tar = await all(writeTar([{ name: 'a', body: Buffer.alloc(2000) }]));
    await expect(all(readTar(inParts(tar.subarray(0, 1500))) as never)).rejects.toThrow(/cut off/);
  });
});
