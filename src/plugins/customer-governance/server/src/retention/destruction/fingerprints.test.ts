import { createHash } from 'node:crypto';
import { base64Of, encodingsOf, gb18030 } from './encodings';
import { createFingerprints } from './fingerprints';

/** Bytes that look random and are the same each time. */
function noise(size: number, from = 'noise'): Buffer {
  const parts: Buffer[] = [];
  for (let at = 0; at < size; at += 32)
    parts.push(createHash('sha256').update(`${from}${at}`).digest());
  return Buffer.concat(parts).subarray(0, size);
}

function search(
  fingerprints: ReturnType<typeof createFingerprints>,
  bytes: Buffer,
  piece = bytes.length
) {
  const running = fingerprints.search();
  for (let at = 0; at < bytes.length; at += piece) running.feed(bytes.subarray(at, at + piece));
  return running.end();
}

describe('fingerprints', () => {
  it('find a sequence wherever it stands, in pieces of whatever size', () => {
    const fingerprints = createFingerprints();
    const value = Buffer.from('13912345678');
    expect(fingerprints.add(value, 'value')).toBe(true);
    for (const size of [11, 300, 4096, (1 << 20) + 77]) {
      const places = [0, 1, 2, 3, 5, 127, 128, 129, 255, 256, 257, (1 << 20) - 5, size - 11];
      for (const at of places.filter((place) => place >= 0 && place <= size - 11)) {
        const bytes = noise(size);
        value.copy(bytes, at);
        for (const piece of [size, 65_536, 1000]) {
          const { findings, bytes: seen } = search(fingerprints, bytes, piece);
          expect({ size, at, piece, found: findings.map(({ position }) => position) }).toEqual({
            size,
            at,
            piece,
            found: [at],
          });
          expect(seen).toBe(size);
        }
      }
    }
  });

  it('find nothing in what only begins or ends alike', () => {
    const fingerprints = createFingerprints();
    fingerprints.add(Buffer.from('wang.fang@example.com'), 'value');
    const text = 'wang.fang@example.org Wang.fang@example.com ang.fang@example.com wang.fang@exam';
    expect(search(fingerprints, Buffer.from(text)).findings).toEqual([]);
    expect(search(fingerprints, Buffer.from(`${text}wang.fang@example.com`)).findings).toHaveLength(
      1
    );
  });

  it('tell thousands of sequences apart that begin and end alike', () => {
    const fingerprints = createFingerprints();
    const values = Array.from({ length: 20_000 }, (_, at) => `customer.${at}@example.com`);
    for (const value of values) fingerprints.add(Buffer.from(value), 'value');
    expect(fingerprints.size()).toBe(20_000);
    const others = Array.from({ length: 20_000 }, (_, at) => `customer.${at + 20_000}@example.com`);
    expect(search(fingerprints, Buffer.from(others.join('\n'))).findings).toEqual([]);
    const some = values.filter((_, at) => at % 100 === 0);
    const { findings } = search(fingerprints, Buffer.from([...others, ...some].join('\n')));
    expect(findings.map(({ bytes }) => bytes.toString()).sort()).toEqual(some.sort());
  });

  it('are taken once, not when too short, and not beyond their number', () => {
    const fingerprints = createFingerprints(2);
    expect(fingerprints.add(Buffer.from('1234567890'), 'value')).toBe(false);
    expect(fingerprints.add(Buffer.from('12345678901'), 'value')).toBe(true);
    expect(fingerprints.add(Buffer.from('12345678901'), 'value')).toBe(true);
    expect(fingerprints.size()).toBe(1);
    fingerprints.add(noise(32, 'a'), 'key');
    expect(fingerprints.add(noise(32, 'b'), 'key')).toBe(false);
    expect(fingerprints.full()).toBe(true);
  });

  it('are forgotten from a moment on, and can be taken again', () => {
    const fingerprints = createFingerprints();
    fingerprints.add(noise(32, 'stays'), 'value');
    const taken = fingerprints.taken();
    fingerprints.add(noise(32, 'goes'), 'value');
    fingerprints.forgetSince(taken);
    const bytes = Buffer.concat([noise(64), noise(32, 'goes'), noise(32, 'stays')]);
    expect(search(fingerprints, bytes).findings).toMatchObject([{ position: 96 }]);
    expect(fingerprints.size()).toBe(1);
    expect(fingerprints.add(noise(32, 'goes'), 'value')).toBe(true);
    expect(search(fingerprints, bytes).findings).toHaveLength(2);
    expect(fingerprints.size()).toBe(2);
  });

  it('can be searched for by kind', () => {
    const fingerprints = createFingerprints();
    fingerprints.add(noise(32, 'key'), 'key');
    fingerprints.add(noise(61, 'wrapped'), 'wrapped-key');
    const running = fingerprints.search(new Set(['key']));
    running.feed(Buffer.concat([noise(99), noise(32, 'key'), noise(61, 'wrapped')]));
    expect(running.end().findings).toMatchObject([{ kind: 'key', position: 99 }]);
  });
});

describe('the forms of a value', () => {
  it('are found by each of its encodings', () => {
    const value = '浙江省杭州市西湖区示例路8号';
    const fingerprints = createFingerprints();
    for (const form of encodingsOf(value)) fingerprints.add(form, 'value');
    const utf8 = Buffer.from(value);
    const planted = {
      'UTF-8': utf8,
      'UTF-16': Buffer.from(value, 'utf16le'),
      hex: Buffer.from(utf8.toString('hex')),
      'upper hex': Buffer.from(utf8.toString('hex').toUpperCase()),
      base64: Buffer.from(utf8.toString('base64')),
      'base64 of more': Buffer.from(Buffer.from(`{"a":"${value}"}`).toString('base64')),
      url: Buffer.from(encodeURIComponent(value)),
      'GB 18030': gb18030(value) as Buffer,
    };
    for (const [form, bytes] of Object.entries(planted)) {
      const found = search(fingerprints, Buffer.concat([noise(501), bytes, noise(64, 'x')]));
      expect({ form, found: found.findings.length }).toEqual({ form, found: 1 });
    }
  });

  it('know GB 18030 by its own decoder', () => {
    const bytes = gb18030('王芳 138') as Buffer;
    expect(new TextDecoder('gb18030').decode(bytes)).toBe('王芳 138');
    expect(gb18030('😀')).toBeNull();
  });

  it('have base64 in each of the three ways in which it can begin', () => {
    const bytes = Buffer.from('13912345678');
    for (const before of ['', 'a', 'ab', 'abc', 'abcd']) {
      const text = Buffer.concat([Buffer.from(before), bytes, Buffer.from('zz')]).toString(
        'base64'
      );
      expect(base64Of(bytes).filter((form) => text.includes(form.toString()))).toHaveLength(1);
    }
  });
});
