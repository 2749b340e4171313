import { randomBytes } from 'node:crypto';
import { Readable, Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import fc from 'fast-check';
import { CHUNK_BYTES, openStream, sealedSize, sealStream, StreamBroken } from './stream';

const key = randomBytes(32);
const place = 'type\nrecord\ncontent\n1';
const HEADER = 36;
const SEALED = CHUNK_BYTES + 16;

async function through(bytes: Buffer | Buffer[], transform: NodeJS.ReadWriteStream) {
  const out: Buffer[] = [];
  await pipeline(
    Readable.from([bytes].flat()),
    transform,
    new Writable({
      write(chunk: Buffer, _encoding, done) {
        out.push(chunk);
        done();
      },
    })
  );
  return Buffer.concat(out);
}
const seal = (text: Buffer | Buffer[]) => through(text, sealStream(key, place));
const open = (sealed: Buffer | Buffer[]) => through(sealed, openStream(key, place));
const broken = (sealed: Buffer) => expect(open(sealed)).rejects.toThrow(StreamBroken);

/** The sealed chunks behind the header. */
const chunksOf = (sealed: Buffer): Buffer[] => {
  const chunks: Buffer[] = [];
  for (let at = HEADER; at < sealed.length; at += SEALED) {
    chunks.push(sealed.subarray(at, Math.min(at + SEALED, sealed.length)));
  }
  return chunks;
};
const joined = (sealed: Buffer, chunks: Buffer[]) =>
  Buffer.concat([sealed.subarray(0, HEADER), ...chunks]);

describe('a sealed stream', () => {
  it.each([0, 1, CHUNK_BYTES - 1, CHUNK_BYTES, CHUNK_BYTES + 1, 3 * CHUNK_BYTES, 200_000])(
    'opens to the %d bytes that were sealed, and has the size foretold',
    async (size) => {
      const text = randomBytes(size);
      const sealed = await seal(text);
      expect(sealed.length).toBe(sealedSize(size));
      expect((await open(sealed)).equals(text)).toBe(true);
    }
  );

  it('is the same however its bytes come in', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 0, max: 3 * CHUNK_BYTES }),
        fc.array(fc.integer({ min: 1, max: 90_000 }), { minLength: 1, maxLength: 6 }),
        async (size, cuts) => {
          const text = randomBytes(size);
          const parts: Buffer[] = [];
          for (let at = 0, n = 0; at < size; n += 1) {
            const length = cuts[n % cuts.length] as number;
            parts.push(text.subarray(at, at + length));
            at += length;
          }
          const sealed = await seal(parts);
          const halves = [sealed.subarray(0, 20), sealed.subarray(20)];
          expect((await open(halves)).equals(text)).toBe(true);
        }
      ),
      { numRuns: 25 }
    );
  });

  it('is another one each time, and holds nothing of the text', async () => {
    const text = Buffer.from('张三 330106198501018888 '.repeat(4000));
    const [one, other] = await Promise.all([seal(text), seal(text)]);
    expect(one.equals(other)).toBe(false);
    expect(one.includes('330106198501018888')).toBe(false);
  });

  it('does not open under another key or at another place', async () => {
    const sealed = await seal(randomBytes(1000));
    await expect(through(sealed, openStream(randomBytes(32), place))).rejects.toThrow(StreamBroken);
    await expect(through(sealed, openStream(key, `${place}x`))).rejects.toThrow(StreamBroken);
  });

  it('does not open when any of its bytes differs: header, chunk or tag', async () => {
    const sealed = await seal(randomBytes(CHUNK_BYTES + 500));
    for (const at of [0, 3, 4, 35, 36, 5000, HEADER + SEALED - 1, HEADER + SEALED, -1]) {
      const altered = Buffer.from(sealed);
      const index = at < 0 ? sealed.length + at : at;
      altered[index] = (altered[index] as number) ^ 1;
      await broken(altered);
    }
  });

  it.each([1, CHUNK_BYTES, CHUNK_BYTES + 1, 3 * CHUNK_BYTES, 3 * CHUNK_BYTES + 9])(
    'does not open when %d bytes of text were cut off anywhere',
    async (size) => {
      const sealed = await seal(randomBytes(size));
      const cuts = [0, 10, HEADER, HEADER + 15, HEADER + 16, sealed.length - 1, sealed.length - 16];
      for (let at = HEADER + SEALED; at < sealed.length; at += SEALED) cuts.push(at);
      for (const cut of cuts) if (cut < sealed.length) await broken(sealed.subarray(0, cut));
    }
  );

  it('does not open with chunks in another order, left out, doubled or taken from another stream', async () => {
    const sealed = await seal(randomBytes(4 * CHUNK_BYTES + 100));
    const [a, b, c, d, e] = chunksOf(sealed) as [Buffer, Buffer, Buffer, Buffer, Buffer];
    const other = chunksOf(await seal(randomBytes(4 * CHUNK_BYTES + 100)));
    await broken(joined(sealed, [b, a, c, d, e]));
    await broken(joined(sealed, [a, c, d, e]));
    await broken(joined(sealed, [a, b, b, c, d, e]));
    await broken(joined(sealed, [a, other[1] as Buffer, c, d, e]));
    await broken(joined(sealed, [a, b, c, d, other[4] as Buffer]));
  });

  it('does not open with anything added to its end, be it another end', async () => {
    for (const size of [0, 100, CHUNK_BYTES]) {
      const sealed = await seal(randomBytes(size));
      await broken(Buffer.concat([sealed, Buffer.from([0])]));
      await broken(Buffer.concat([sealed, Buffer.alloc(16)]));
      await broken(Buffer.concat([sealed, sealed.subarray(HEADER)]));
    }
  });

  it('gives out nothing of a chunk that is not verified', async () => {
    const text = randomBytes(3 * CHUNK_BYTES);
    const sealed = await seal(text);
    sealed[HEADER + SEALED + 7] = (sealed[HEADER + SEALED + 7] as number) ^ 1;
    const out: Buffer[] = [];
    const opening = openStream(key, place);
    opening.on('data', (chunk: Buffer) => out.push(chunk));
    await expect(pipeline(Readable.from([sealed]), opening)).rejects.toThrow(StreamBroken);
    expect(Buffer.concat(out).equals(text.subarray(0, CHUNK_BYTES))).toBe(true);
  });

  it('takes 200 MB in constant memory', async () => {
    const piece = randomBytes(256 * 1024);
    const pieces = 800;
    let opened = 0;
    let peak = 0;
    const before = memory();
    await pipeline(
      Readable.from(
        (function* () {
          for (let n = 0; n < pieces; n += 1) yield piece;
        })()
      ),
      sealStream(key, place),
      openStream(key, place),
      new Writable({
        write(chunk: Buffer, _encoding, done) {
          opened += chunk.length;
          peak = Math.max(peak, memory() - before);
          done();
        },
      })
    );
    expect(opened).toBe(pieces * piece.length);
    // Far less than the 200 MB; how much of it is garbage that waits to be collected is the engine's affair.
    expect(peak).toBeLessThan(80 * 1024 * 1024);
  }, 60_000);
});

function memory(): number {
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}
