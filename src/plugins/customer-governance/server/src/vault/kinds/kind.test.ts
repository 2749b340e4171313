import {
  clean,
  containsMask,
  foldDashes,
  FULL_MASK,
  last4,
  masking,
  parsing,
  accept,
} from './kind';
import { isKindId, kindIds, kinds, type Parsed } from '.';

const codeOf = (parsed: Parsed): string => (parsed.ok ? 'accepted' : parsed.code);

describe('the table of kinds', () => {
  it('lists every kind under its own id', () => {
    expect(kindIds).toHaveLength(11);
    for (const id of kindIds) expect(kinds[id].id).toBe(id);
  });

  it('knows its ids and nothing that an object merely inherits', () => {
    expect(isKindId('mobile')).toBe(true);
    expect(isKindId('shoe-size')).toBe(false);
    expect(isKindId('toString')).toBe(false);
    expect(isKindId(undefined)).toBe(false);
  });

  it('lets every kind but free text and addresses be looked up exactly', () => {
    const without = kindIds.filter((id) => !('exact' in kinds[id].transforms));
    expect(without.sort()).toEqual(['address', 'free-text']);
  });

  it('offers the last four characters of mobiles, resident IDs and bank cards only', () => {
    const having = kindIds.filter((id) => 'last4' in kinds[id].transforms);
    expect(having.sort()).toEqual(['bank-card', 'mobile', 'resident-id']);
  });

  it('classifies documents and bank cards as sensitive', () => {
    const sensitive = kindIds.filter((id) => kinds[id].classification.level === 'sensitive');
    expect(sensitive.sort()).toEqual(['bank-card', 'passport', 'resident-id']);
  });
});

describe.each(kindIds)('the kind %s', (id) => {
  const kind = kinds[id];

  it('accepts its own example as canonical', () => {
    expect(kind.parse(kind.example)).toEqual({ ok: true, value: kind.example });
  });

  it('trims', () => {
    expect(kind.parse(`\u3000 ${kind.example}\n`)).toEqual({ ok: true, value: kind.example });
  });

  it('reads full-width characters as their ASCII ones', () => {
    const wide = kind.example.replace(/[!-~]/g, (c) =>
      String.fromCodePoint(c.codePointAt(0)! + 0xfee0)
    );
    expect(kind.parse(wide)).toEqual({ ok: true, value: kind.example });
  });

  it.each([
    ['empty', ''],
    ['empty', ' \u3000\n'],
    ['mask', FULL_MASK],
    ['mask', `${kind.example}*`],
    ['mask', `${kind.example}\uFF0A`],
    ['mask', `${kind.example}\uFE61`],
    ['control-character', `\u0000${kind.example}`],
    ['control-character', `\u0085${kind.example}`],
    ['control-character', `${kind.example}\u007F`],
    ['bidi', `\u202E${kind.example}`],
    ['bidi', `${kind.example}\u2069`],
    ['bidi', `${kind.example}\u200E`],
    ['zero-width', `${kind.example}\u200B`],
    ['zero-width', `${kind.example}\u200D`],
    ['zero-width', `\uFEFF${kind.example}`],
    ['zero-width', `${kind.example}\u2060`],
    ['zero-width', `${kind.example}\u3164`],
    ['lone-surrogate', `${kind.example}\uD83D`],
    ['lone-surrogate', `\uDE00${kind.example}`],
    ['too-long', '1'.repeat(kind.maxLength + 1)],
    ['too-long', '\u{20000}'.repeat(kind.maxLength + 1)],
  ])('refuses with the code %s', (code, raw) => {
    expect(codeOf(kind.parse(raw))).toBe(code);
  });

  it('counts code points, not UTF-16 units', () => {
    expect(codeOf(kind.parse('\u{20000}'.repeat(kind.maxLength)))).not.toBe('too-long');
  });

  it('refuses what is not text', () => {
    for (const value of [null, undefined, 13800138000, {}, []]) {
      expect(codeOf(kind.parse(value as unknown as string))).toBe('type');
      expect(kind.mask(value as unknown as string)).toBe(FULL_MASK);
    }
  });

  it('refuses emoji unless people use them there', () => {
    const expected = id === 'free-text' || id === 'instant-messenger' ? ['accepted'] : ['emoji'];
    for (const emoji of ['😀', '❤️', '👩‍💻', '🇨🇳', '👍🏽', '1️⃣']) {
      expect([codeOf(kind.parse(kind.example + emoji))]).toEqual(expected);
    }
  });

  it('refuses a line break inside, unless it has lines', () => {
    const expected = id === 'free-text' ? 'accepted' : 'control-character';
    expect(codeOf(kind.parse(`${kind.example}\n1`))).toBe(expected);
    expect(codeOf(kind.parse(`${kind.example}\t1`))).toBe(expected);
  });

  it('masks what is not canonical as a whole', () => {
    for (const value of ['', ' ', `${kind.example} `, `${kind.example}\u200B`, '\uD800', '?']) {
      expect(kind.mask(value)).toBe(FULL_MASK);
    }
  });
});

describe('mask characters', () => {
  it('are found in every width', () => {
    expect(['*', 'a*b', '\uFF0A', '\uFE61'].every(containsMask)).toBe(true);
    expect(containsMask('×•·')).toBe(false);
  });

  it('recognises exactly the characters that normalising turns into the mask character', () => {
    for (let point = 0; point <= 0x10ffff; point += 1) {
      const character = String.fromCodePoint(point);
      if (containsMask(character) !== character.normalize('NFKC').includes('*')) {
        throw new Error(`U+${point.toString(16)}`);
      }
    }
  });

  it('answers at once to a text whose normalisation takes minutes', () => {
    const marks = '\u0301\u0323'.repeat(250_000);
    const start = Date.now();
    expect(containsMask(marks)).toBe(false);
    expect(kindIds.map((id) => kinds[id].parse(marks).ok)).not.toContain(true);
    expect(Date.now() - start).toBeLessThan(2000);
  });
});

describe('cleaning', () => {
  const rules = { maxLength: 20 };

  it('refuses a text that NFKC lengthens beyond what may be stored', () => {
    const parse = parsing({ maxLength: 5 }, accept);
    expect(codeOf(parse('\uFDFA'))).toBe('too-long');
  });

  it('allows the joiner inside an emoji only', () => {
    const emoji = { ...rules, emoji: true };
    expect(codeOf(clean('👩‍💻', emoji))).toBe('accepted');
    expect(codeOf(clean('👍🏽', emoji))).toBe('accepted');
    expect(codeOf(clean('👩‍', emoji))).toBe('zero-width');
    expect(codeOf(clean('a\u200Db', emoji))).toBe('zero-width');
    expect(codeOf(clean('a\uFE0F', emoji))).toBe('zero-width');
  });

  it('makes CR LF a line feed and refuses any other carriage return', () => {
    const lines = { ...rules, lines: true };
    expect(clean('a\r\n\tb', lines)).toEqual({ ok: true, value: 'a\n\tb' });
    expect(codeOf(clean('a\rb', lines))).toBe('control-character');
    expect(codeOf(clean('a\u2028b', lines))).toBe('control-character');
  });

  it('refuses non-characters', () => {
    expect(codeOf(clean('a\uFFFEb', rules))).toBe('control-character');
    expect(codeOf(clean('a\uFFFEb', { ...rules, lines: true }))).toBe('control-character');
  });
});

describe('masking', () => {
  const parse = parsing({ maxLength: 20 }, accept);

  it('hides everything when the rule fails', () => {
    const mask = masking(parse, () => {
      throw new Error('a defect');
    });
    expect(mask('secret')).toBe(FULL_MASK);
  });

  it('hides everything when the rule returns the value or nothing', () => {
    expect(masking(parse, (value) => value)('secret')).toBe(FULL_MASK);
    expect(masking(parse, () => null)('secret')).toBe(FULL_MASK);
    expect(masking(parse, () => '')('secret')).toBe(FULL_MASK);
  });
});

describe('helpers', () => {
  it('takes the last four of a value and of the search term alike', () => {
    expect(last4('13800138000')).toBe('8000');
    expect(last4(' ８０００ ')).toBe('8000');
    expect(last4('006x')).toBe('006X');
    expect(last4('800')).toBeNull();
    expect(last4('')).toBeNull();
    expect(last4('X123')).toBeNull();
  });

  it('folds every dash', () => {
    expect(foldDashes('0571‐8‑8–8—8−0')).toBe('0571-8-8-8-8-0');
  });
});
