import fc from 'fast-check';

import { FULL_MASK, kindIds, kinds } from '.';

const RUNS = { numRuns: 60000 };

// Texts that come close to a value, for the paths behind the first check.
const nearMiss = fc
  .tuple(
    fc.constantFrom(...kindIds.map((id) => kinds[id].example)),
    fc.string({ unit: 'binary', maxLength: 3 }),
    fc.nat(40)
  )
  .map(([value, noise, at]) => value.slice(0, at) + noise + value.slice(at));
/** Any text whatever, with an inclination to what is hard to get right. */
const anyText = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string({ unit: 'grapheme' }),
  fc.string({ unit: 'binary-ascii' }),
  // Every UTF-16 unit, lone surrogates included.
  fc.array(fc.nat(0xffff)).map((units) => String.fromCharCode(...units)),
  fc.string({
    unit: fc.constantFrom(
      '\u200B',
      '\u202E',
      '\uFEFF',
      '*',
      '\uFF0A',
      '\u200D',
      '\uFE0F',
      '™',
      '\u00A8',
      '👩',
      '王',
      '1',
      '-',
      '+',
      '@',
      '.',
      ' ',
      '\r',
      '\n'
    ),
  }),
  nearMiss
);

describe.each(kindIds)('any text whatever, as the kind %s', (id) => {
  const kind = kinds[id];

  it('is parsed without an exception, and what is accepted is stable and free of dangerous characters', () => {
    fc.assert(
      fc.property(anyText, (raw) => {
        const parsed = kind.parse(raw);
        if (!parsed.ok) return;
        expect(kind.parse(parsed.value)).toEqual(parsed);
        expect(parsed.value).toBe(parsed.value.normalize('NFKC').trim());
        expect(parsed.value).not.toMatch(
          /[*\u200B\u200E\u200F\u202A-\u202E\u2060\u2066-\u2069\uFEFF\0\r]/
        );
        expect(parsed.value).not.toMatch(/\p{Cs}/u);
      }),
      RUNS
    );
  });

  it('is masked without an exception and never given back', () => {
    fc.assert(
      fc.property(
        anyText.filter((raw) => raw !== FULL_MASK),
        (raw) => {
          const mask = kind.mask(raw);
          expect(mask).toContain('*');
          expect(mask).not.toBe(raw);
          const parsed = kind.parse(raw);
          if (parsed.ok) expect(kind.mask(parsed.value)).not.toBe(parsed.value);
        }
      ),
      RUNS
    );
  });

  it('is transformed without an exception', () => {
    fc.assert(
      fc.property(anyText, (raw) => {
        for (const transform of Object.values(kind.transforms)) transform(raw);
      }),
      RUNS
    );
  });

  it('is refused with a message that depends on the code alone', () => {
    const messages = new Map<string, string>();
    fc.assert(
      fc.property(anyText, (raw) => {
        const parsed = kind.parse(raw);
        if (parsed.ok) return;
        const known = messages.get(parsed.code) ?? parsed.message;
        messages.set(parsed.code, known);
        expect(parsed.message).toBe(known);
      }),
      RUNS
    );
  });
});
