/** Archives in the form that every `tar` reads (POSIX ustar), of files that fit in memory. */

const BLOCK = 512;

export interface TarFile {
  name: string;
  body: Buffer;
}

const octal = (value: number, digits: number) => `${value.toString(8).padStart(digits, '0')}\0`;

function headerOf({ name, body }: TarFile): Buffer {
  const header = Buffer.alloc(BLOCK);
  if (Buffer.byteLength(name) > 100) throw new Error('The name of a file in an archive is long.');
  header.write(name, 0);
  header.write(octal(0o600, 7), 100);
  header.write(octal(0, 7), 108);
  header.write(octal(0, 7), 116);
  header.write(octal(body.length, 11), 124);
  header.write(octal(0, 11), 136);
  header.write('        ', 148);
  header.write('0', 156);
  header.write('ustar\x0000', 257, 'latin1');
  header.write(`${octal(sumOf(header), 6)} `, 148);
  return header;
}

const sumOf = (header: Buffer): number => header.reduce((sum, byte) => sum + byte, 0);

const padding = (size: number): Buffer => Buffer.alloc((BLOCK - (size % BLOCK)) % BLOCK);

/** Writes files, one behind the other. */
export async function* writeTar(
  files: AsyncIterable<TarFile> | Iterable<TarFile>
): AsyncGenerator<Buffer> {
  for await (const file of files) {
    yield headerOf(file);
    yield file.body;
    yield padding(file.body.length);
  }
  yield Buffer.alloc(2 * BLOCK);
}

/** Reads such an archive, a file at a time. @throws Error where it is none or is cut off. */
export async function* readTar(source: AsyncIterable<Uint8Array>): AsyncGenerator<TarFile> {
  const iterator = source[Symbol.asyncIterator]();
  try {
    yield* filesOf(taker(iterator));
  } finally {
    // Whoever reads no further lets go of the file.
    await iterator.return?.();
  }
}

async function* filesOf(take: ReturnType<typeof taker>): AsyncGenerator<TarFile> {
  for (;;) {
    const header = Buffer.from(await take(BLOCK));
    if (header.every((byte) => byte === 0)) break;
    const number = (from: number, to: number) =>
      parseInt(header.toString('latin1', from, to).replaceAll('\0', ' ').trim() || '0', 8);
    const expected = number(148, 156);
    header.fill(' ', 148, 156);
    if (expected !== sumOf(header)) throw new Error('The archive is no tar file.');
    const name = header.toString('utf8', 0, 100).replace(/\0.*$/s, '');
    const size = number(124, 136);
    const body = await take(size);
    await take(padding(size).length);
    yield { name, body };
  }
  // To its end: what stands behind must be found right, too.
  await take(null);
}

/** Takes bytes off a stream; `null` takes all that is left and keeps none of it. */
function taker(iterator: AsyncIterator<Uint8Array>) {
  let held: Buffer[] = [];
  let length = 0;
  return async (size: number | null): Promise<Buffer> => {
    while (size === null || length < size) {
      const { value, done } = await iterator.next();
      if (done && size === null) return Buffer.alloc(0);
      if (done) throw new Error('The archive is cut off.');
      if (size === null) continue;
      held.push(Buffer.from(value.buffer, value.byteOffset, value.byteLength));
      length += value.byteLength;
    }
    const whole = held.length === 1 ? held[0] : Buffer.concat(held, length);
    held = whole.length > size ? [whole.subarray(size)] : [];
    length = whole.length - size;
    return whole.subarray(0, size);
  };
}
