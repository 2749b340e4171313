import fc from 'fast-check';
import { kindIds } from '../../vault/kinds';
import type { Format, FormatId } from './format';
import { CLEAR_FORMATS, FORMATS, formatOf } from './formats';
import { INDUSTRY_SECTIONS, industryNamed } from './industries';
import { regionsBelow } from './regions';

const RUNS = { numRuns: 300 };
const ids = Object.keys(FORMATS) as FormatId[];

const regions = regionsBelow('330000').flatMap((city) => [city, ...regionsBelow(city.code)]);
/** Values as people write them, for the formats that kinds of protected values do not test already. */
const written: Partial<Record<FormatId, fc.Arbitrary<string>>> = {
  website: fc.oneof(
    fc.webUrl({ validSchemes: ['http', 'https'] }),
    fc.domain(),
    fc.domain().map((host) => ` HTTPS://WWW.${host.toUpperCase()}/ `)
  ),
  industry: fc.constantFrom(
    ...INDUSTRY_SECTIONS.flatMap(({ code, name }) => [code, name.zh, name.en.toUpperCase()]),
    ...['农业', '软件和信息技术服务', 'I65', '65', '批发零售业', '零售']
  ),
  region: fc.constantFrom(...regions.flatMap(({ code, path }) => [code, path])),
  date: fc
    .date({ min: new Date('1000-01-01'), max: new Date('9999-12-31'), noInvalidDate: true })
    .map((at) => at.toISOString().slice(0, 10)),
  moment: fc
    .date({ min: new Date('1000-01-02'), max: new Date('9999-12-30'), noInvalidDate: true })
    .map((at) => at.toISOString().replace('Z', '+08:00')),
};

const anyText = (example: string) =>
  fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.string({ unit: 'grapheme' }),
    fc.array(fc.nat(0xffff)).map((units) => String.fromCharCode(...units)),
    fc
      .tuple(fc.string({ unit: 'binary', maxLength: 3 }), fc.nat(40))
      .map(([noise, at]) => example.slice(0, at) + noise + example.slice(at))
  );

/** What is accepted is its own form; what is refused says why, in words that are not the value's. */
function holds(format: Format, raw: string): void {
  const read = format.read(raw);
  if (read.ok) {
    expect(format.read(read.value)).toEqual(read);
    expect(read.value.length).toBeLessThanOrEqual(format.maxLength);
    return;
  }
  expect(read.reason.length).toBeGreaterThan(10);
  const text = raw.trim();
  // The example stands in some reasons.
  if (text.length > 8 && !format.example.includes(text)) expect(read.reason).not.toContain(text);
}

describe.each(ids)('the format %s', (id) => {
  const format = FORMATS[id];

  it('accepts its own example as it stands', () => {
    expect(format.read(format.example)).toEqual({ ok: true, value: format.example });
  });

  it('says in both languages what it expects', () => {
    expect(format.hint.en).toMatch(/[A-Za-z].*\.$/s);
    expect(format.hint.zh).toMatch(/\p{Script=Han}.*。$/su);
  });

  it('brings whatever it accepts into a form that it keeps, and says why it refuses the rest', () => {
    fc.assert(
      fc.property(anyText(format.example), (raw) => holds(format, raw)),
      RUNS
    );
  });

  const samples = written[id];
  if (!samples) return;
  it('accepts what people write', () => {
    fc.assert(
      fc.property(samples, (raw) => {
        const { ok } = format.read(raw);
        if (!ok) throw new Error(`refused ${raw}`);
        holds(format, raw);
      }),
      RUNS
    );
  });
});

it('every kind of protected value has a format', () => {
  expect(ids).toEqual(expect.arrayContaining([...kindIds]));
});

describe('the format of an attribute', () => {
  it('hangs on its kind, its name or its type', () => {
    expect(formatOf('mobile', 'mobile', 'string')?.id).toBe('mobile');
    for (const [name, id] of Object.entries(CLEAR_FORMATS)) {
      expect(formatOf(name, undefined, 'string')?.id).toBe(id);
    }
    expect(formatOf('lastContactOn', undefined, 'date')?.id).toBe('date');
    expect(formatOf('firstContactAt', undefined, 'datetime')?.id).toBe('moment');
    expect(formatOf('position', undefined, 'string')).toBeNull();
    expect(formatOf('constructor', undefined, 'string')).toBeNull();
  });
});

describe('a website', () => {
  it.each([
    ['example.com', 'https://example.com'],
    ['HTTP://Example.COM/', 'http://example.com'],
    ['www.example.cn/关于', 'https://www.example.cn/%E5%85%B3%E4%BA%8E'],
    ['https://例子.测试', 'https://xn--fsqu00a.xn--0zwm56d'],
    ['https://example.com/?a=1', 'https://example.com/?a=1'],
  ])('%s is written %s', (raw, value) => {
    expect(FORMATS.website.read(raw)).toEqual({ ok: true, value });
  });

  it.each([
    'nothing',
    'a b.com',
    'ftp://example.com',
    'javascript:alert(1)',
    'https://me:secret@example.com',
    'https://127.0.0.1',
    'http://localhost',
    'someone@example.com',
    `https://example.com/${'x'.repeat(200)}`,
  ])('%s is none', (raw) => {
    expect(FORMATS.website.read(raw).ok).toBe(false);
  });
});

describe('an industry', () => {
  it.each([
    ['F', 'F', '批发和零售业'],
    ['批发零售', 'F', '批发和零售业'],
    ['wholesale & retail trade', 'F', '批发和零售业'],
    ['教育', 'P', '教育'],
    ['农业', 'A01', '农业'],
    ['软件和信息技术服务', 'I65', '软件和信息技术服务业'],
    ['I65', 'I65', '软件和信息技术服务业'],
    ['34', 'C34', '通用设备制造业'],
    ['97', 'T97', '国际组织'],
  ])('%s is %s', (text, code, zh) => {
    expect(industryNamed(text)).toMatchObject({ code, name: { zh } });
  });

  it('of another name is kept as it is typed, for a policy that only warns', () => {
    expect(FORMATS.industry.read('  Ｆarming ')).toMatchObject({ ok: false, nearest: 'Farming' });
  });

  it('is one of 20 sections', () => {
    expect(INDUSTRY_SECTIONS.map(({ code }) => code).join('')).toBe('ABCDEFGHIJKLMNOPQRST');
  });
});
