import fc from 'fast-check';
import { coreOfCompanyName, pinyinOf } from './company-name';

/** Characters that are no part of a region or a legal form, with their traditional forms. */
const PAIRS = [...'龙龍腾騰贸貿华華鑫鑫讯訊网網药藥机機电電宝寶达達'];
const letter = fc.integer({ min: 0, max: PAIRS.length / 2 - 1 }).map((at) => PAIRS[at * 2]);
const core = fc.array(letter, { minLength: 2, maxLength: 6 }).map((letters) => letters.join(''));
const region = fc.constantFrom(
  '上海',
  '上海市',
  '北京',
  '浙江省',
  '杭州',
  '广西壮族自治区',
  '中国'
);
const form = fc.constantFrom(
  '有限公司',
  '股份有限公司',
  '有限责任公司',
  '集团有限公司',
  '公司',
  '集团'
);

const toTraditional = (text: string) =>
  [...text].map((each) => PAIRS[PAIRS.indexOf(each) + 1] ?? each).join('');
const toFullWidth = (text: string) =>
  text.replace(/[!-~]/g, (each) => String.fromCodePoint((each.codePointAt(0) as number) + 0xfee0));

describe('the core of a company name', () => {
  it('is the same with any region and any legal form', () => {
    fc.assert(
      fc.property(core, region, form, (name, where, what) => {
        expect(coreOfCompanyName(where + name + what)).toBe(name);
        expect(coreOfCompanyName(`${name}（${where}）${what}`)).toBe(name);
        expect(coreOfCompanyName(name + what)).toBe(name);
      })
    );
  });

  it('is the same in simplified and traditional characters', () => {
    fc.assert(
      fc.property(core, form, (name, what) => {
        expect(coreOfCompanyName(toTraditional(name) + what)).toBe(coreOfCompanyName(name + what));
      })
    );
  });

  it('is the same in full and half width, in upper and lower case, and with any spaces', () => {
    const latin = fc.stringMatching(/^[a-z]{3,8}$/);
    fc.assert(
      fc.property(latin, latin, (first, second) => {
        const expected = coreOfCompanyName(`${first}${second}有限公司`);
        expect(expected).not.toBeNull();
        for (const written of [
          `${first} ${second} 有限公司`,
          `${first.toUpperCase()}-${second}有限公司`,
          toFullWidth(`${first}${second}`) + '有限公司',
        ]) {
          expect(coreOfCompanyName(written)).toBe(expected);
        }
      })
    );
  });

  it('is its own core, whatever text it is of', () => {
    const pieces = fc.constantFrom(
      ...[
        '上海',
        '中国',
        '公司',
        '有限',
        '集团',
        '龙',
        '騰',
        '（',
        '）',
        'Ltd',
        ' ',
        '.',
        'Ａ',
        '1',
      ]
    );
    const anything = fc.oneof(
      fc.array(pieces, { maxLength: 12 }).map((parts) => parts.join('')),
      fc.string({ unit: 'grapheme', maxLength: 30 })
    );
    fc.assert(
      fc.property(anything, (name) => {
        const found = coreOfCompanyName(name);
        if (found === null) return;
        expect(coreOfCompanyName(found)).toBe(found);
      }),
      { numRuns: 2000, examples: [['\u1fcd\u{1d15f}'], ['⿰圖〡']] }
    );
  });

  it('leaves foreign legal forms out, and nothing of the name', () => {
    for (const name of ['Acme Co., Ltd.', 'ACME Company Limited', 'Acme, Inc', 'Acme GmbH']) {
      expect(coreOfCompanyName(name)).toBe('acme');
    }
    expect(coreOfCompanyName('Costco')).toBe('costco');
  });

  it('keeps what stands in brackets where it is more than a region or a form', () => {
    expect(coreOfCompanyName('龙腾（国际）贸易有限公司')).toBe('龙腾国际贸易');
    expect(coreOfCompanyName('龙腾（集团）股份有限公司')).toBe('龙腾');
  });

  it('is none where too little is left', () => {
    for (const name of ['', ' ', '（）', '龙', '…!?']) expect(coreOfCompanyName(name)).toBeNull();
  });

  it('takes a name of any length', () => {
    expect(() => coreOfCompanyName('（'.repeat(100_000) + '上海'.repeat(100_000))).not.toThrow();
  });
});

describe('the sound of a core', () => {
  it('is the same for characters that sound alike', () => {
    expect(pinyinOf('龙腾贸易')).toBe('longtengmaoyi');
    expect(pinyinOf('隆腾贸易')).toBe(pinyinOf('龙腾贸易'));
    expect(pinyinOf('绿洲')).not.toBe(pinyinOf('路洲'));
  });

  it('keeps what is not Chinese', () => {
    expect(pinyinOf('龙腾acme2')).toBe('longtengacme2');
  });
});
