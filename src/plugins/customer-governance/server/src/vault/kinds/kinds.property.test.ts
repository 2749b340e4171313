import fc from 'fast-check';
import { getCountries, getExampleNumber } from 'libphonenumber-js/max';
import examples from 'libphonenumber-js/examples.mobile.json';

import { FULL_MASK, kindIds, kinds, type KindId } from '.';

const digits = (min: number, max = min) =>
  fc.string({ unit: fc.constantFrom(...'0123456789'), minLength: min, maxLength: max });
const han = (min: number, max: number) =>
  fc.string({
    unit: fc.constantFrom(...'芳敏静丽强磊军洋勇艳杰娟涛明超'),
    minLength: min,
    maxLength: max,
  });
const pad = (value: number, width: number) => String(value).padStart(width, '0');
const date = (separator: string) =>
  fc
    .tuple(
      fc.integer({ min: 1930, max: 2015 }),
      fc.integer({ min: 1, max: 12 }),
      fc.integer({ min: 1, max: 28 })
    )
    .map(([y, m, d]) => [y, pad(m, 2), pad(d, 2)].join(separator));

// Written anew from the standards, so that the library is checked too.
function withGb11643CheckDigit(body: string): string {
  const sum = [...body].reduce((total, c, i) => total + Number(c) * (2 ** (17 - i) % 11), 0);
  return body + '10X98765432'[sum % 11];
}
function withLuhnDigit(body: string): string {
  const sum = [...body].reverse().reduce((total, c, i) => {
    const value = i % 2 === 0 ? Number(c) * 2 : Number(c);
    return total + (value > 9 ? value - 9 : value);
  }, 0);
  return body + String((10 - (sum % 10)) % 10);
}

/** A value of which one part may show and another must not: `shown` is the whole mask. */
interface Sample {
  value: string;
  shown: string;
  hidden: string;
}
const sample = (value: string, shown: string, hidden: string): Sample => ({ value, shown, hidden });

const chineseName = fc
  .tuple(fc.constantFrom('王', '李', '张', '欧阳', '司马', '诸葛'), han(1, 3))
  .map(([surname, given]) => sample(surname + given, `${surname}**`, given));
const latinName = fc
  .tuple(fc.constantFrom('J', 'M', 'Z'), fc.stringMatching(/^[a-i]{2,10}( [A-Z][a-i]{2,10})?$/))
  .map(([first, rest]) => sample(first + rest, `${first}**`, rest));
const chineseMobile = fc
  .tuple(fc.constantFrom('138', '159', '186', '199'), digits(4), digits(4))
  .map(([a, b, c]) => sample(a + b + c, `${a}****${c}`, a + b));
const foreignMobile = fc
  .constantFrom(...getCountries().filter((country) => country !== 'CN'))
  .map((country) => getExampleNumber(country, examples)!)
  .map((number) =>
    sample(
      number.number,
      `+${number.countryCallingCode}****${number.number.slice(-2)}`,
      number.nationalNumber.slice(0, -2)
    )
  );
const areaAndNumber = fc
  .tuple(
    fc.constantFrom('010', '0571', '021', '0755'),
    // Not 8: numbers beginning with 800 are not given out in Beijing and Shanghai.
    fc.stringMatching(/^[5-7][0-9]{5}$/),
    digits(2),
    fc.oneof(fc.constant(''), digits(1, 6))
  )
  .map(([area, body, end, extension]) =>
    sample(`${area}-${body}${end}${extension && `-${extension}`}`, `${area}-****${end}`, body)
  );
const emailAddress = fc
  .tuple(
    fc.stringMatching(/^[a-zA-Z0-9]$/),
    fc.stringMatching(/^[b-z0-9_+-]{1,20}(\.[b-z0-9]{1,20})?$/),
    fc.constantFrom('example.com', 'mail.example.cn', 'xn--fsqu00a.xn--55qx5d')
  )
  .map(([first, rest, domain]) =>
    sample(`${first}${rest}@${domain}`, `${first}***@${domain}`, `${first}${rest}@`)
  );
const resident = fc
  .tuple(fc.constantFrom('110101', '330106', '440305', '900001'), date(''), digits(3))
  .map(([region, born, order]) => withGb11643CheckDigit(region + born + order))
  .map((id) => sample(id, `${id.slice(0, 3)}******${id.slice(-4)}`, id.slice(3, -4)));
const card = fc
  .tuple(fc.constantFrom('6222', '4000', '5100'), digits(7, 14))
  .map(([issuer, rest]) => withLuhnDigit(issuer + rest))
  .map((n) => sample(n, `${n.slice(0, 4)}******${n.slice(-4)}`, n.slice(0, -3)));
const chineseAddress = fc
  .tuple(
    fc.constantFrom('浙江省杭州市西湖区', '北京市朝阳区', '上海市浦东新区', '浙江省嘉善县'),
    han(2, 4),
    fc.integer({ min: 1, max: 999 })
  )
  .map(([area, street, house]) =>
    sample(`${area}${street}路${house}号`, `${area}******`, `${street}路${house}号`)
  );
const unrecognisedAddress = fc
  .tuple(
    han(2, 4),
    fc.constantFrom('路', '街', '小区', '社区', '二区', '新村'),
    fc.integer({ min: 1, max: 999 })
  )
  .map(([place, suffix, house]) =>
    sample(`浙江省杭州市${place}${suffix}${house}号`, FULL_MASK, place)
  );
const born = date('-').map((d) => sample(d, `${d.slice(0, 4)}-**-**`, d.slice(4)));
const passportNumber = fc
  .oneof(
    fc.stringMatching(/^[EGDSP][0-9]{8}$/),
    fc.stringMatching(/^E[A-H][0-9]{7}$/),
    fc.stringMatching(/^[A-Z]{0,2}[0-9]{6,7}$/)
  )
  .map((n) => sample(n, FULL_MASK, n));
const account = fc
  .stringMatching(/^[a-zA-Z][a-zA-Z0-9_-]{5,19}$/)
  .map((n) => sample(n, FULL_MASK, n));
const note = fc
  .string({ unit: fc.constantFrom(...'客户满意 \nabc,.😀'), minLength: 1, maxLength: 80 })
  .map((text) => text.trim())
  .filter((text) => text !== '')
  .map((n) => sample(n, FULL_MASK, n));

const samples: Record<KindId, fc.Arbitrary<Sample>> = {
  'person-name': fc.oneof(chineseName, latinName),
  mobile: fc.oneof(chineseMobile, foreignMobile),
  landline: areaAndNumber,
  email: emailAddress,
  'resident-id': resident,
  passport: passportNumber,
  'bank-card': card,
  address: fc.oneof(chineseAddress, unrecognisedAddress),
  'birth-date': born,
  'instant-messenger': account,
  'free-text': note,
};

const RUNS = { numRuns: 300 };

describe.each(kindIds)('every value of the kind %s', (id) => {
  const kind = kinds[id];

  it('is canonical already, or becomes so at the first parse', () => {
    fc.assert(
      fc.property(samples[id], ({ value }) => {
        expect(kind.parse(value)).toEqual({ ok: true, value });
      }),
      RUNS
    );
  });

  it('has the mask that its visible part alone determines', () => {
    fc.assert(
      fc.property(samples[id], ({ value, shown }) => {
        expect(kind.mask(value)).toBe(shown);
      }),
      RUNS
    );
  });

  it('has a mask with mask characters, without the hidden part, which no kind takes for a value', () => {
    fc.assert(
      fc.property(samples[id], ({ value, hidden }) => {
        const mask = kind.mask(value);
        expect(mask).toContain('*');
        // A compound surname may end in the given name's character; one character is no disclosure by containment.
        if ([...hidden].length > 1) expect(mask).not.toContain(hidden);
        for (const other of kindIds) {
          expect(kinds[other].parse(mask)).toMatchObject({ ok: false, code: 'mask' });
        }
      }),
      RUNS
    );
  });

  it('has look-up texts that its mask does not contain whole', () => {
    fc.assert(
      fc.property(samples[id], ({ value }) => {
        const text = kind.transforms.exact?.(value);
        if (text !== undefined) expect(text).toBeTruthy();
        if (text) expect(kind.mask(value)).not.toContain(text);
      }),
      RUNS
    );
  });
});

// Per kind, the kinds whose values have another form altogether.
const disjoint: Partial<Record<KindId, KindId[]>> = {
  'person-name': [
    'mobile',
    'landline',
    'email',
    'resident-id',
    'passport',
    'bank-card',
    'birth-date',
  ],
  mobile: ['person-name', 'landline', 'email', 'resident-id', 'passport', 'address', 'birth-date'],
  landline: [
    'person-name',
    'mobile',
    'email',
    'resident-id',
    'passport',
    'bank-card',
    'address',
    'birth-date',
  ],
  email: [
    'person-name',
    'mobile',
    'landline',
    'resident-id',
    'passport',
    'bank-card',
    'address',
    'birth-date',
  ],
  'resident-id': [
    'person-name',
    'mobile',
    'landline',
    'email',
    'passport',
    'address',
    'birth-date',
  ],
  passport: [
    'person-name',
    'mobile',
    'landline',
    'email',
    'resident-id',
    'bank-card',
    'address',
    'birth-date',
  ],
  'bank-card': ['person-name', 'mobile', 'landline', 'email', 'passport', 'address', 'birth-date'],
  address: [
    'person-name',
    'mobile',
    'landline',
    'email',
    'resident-id',
    'passport',
    'bank-card',
    'birth-date',
  ],
  'birth-date': [
    'person-name',
    'mobile',
    'landline',
    'email',
    'resident-id',
    'passport',
    'bank-card',
    'address',
  ],
};

describe.each(Object.entries(disjoint) as [KindId, KindId[]][])(
  'a value of the kind %s',
  (id, others) => {
    it.each(others)('is refused as %s', (other) => {
      fc.assert(
        fc.property(samples[id], ({ value }) => {
          expect(kinds[other].parse(value).ok).toBe(false);
        }),
        RUNS
      );
    });
  }
);
