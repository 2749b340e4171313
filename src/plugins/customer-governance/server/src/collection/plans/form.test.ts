import fc from 'fast-check';
import { keyOf, narrowingFindings, planFormFindings, readAttributes, whyInactive } from './form';

const exists = (uid: string, attribute: string) =>
  uid === 'plugin::customer-governance.customer' && ['mobile', 'email'].includes(attribute);

describe('a list of attributes', () => {
  it('names attributes that exist, in the short or the full form', () => {
    expect(
      readAttributes(['customer.mobile', 'plugin::customer-governance.customer.email'], exists)
    ).toEqual({
      ok: true,
      keys: [
        'plugin::customer-governance.customer.mobile',
        'plugin::customer-governance.customer.email',
      ],
    });
  });

  it.each([
    ['nothing', undefined, /must be a list/],
    ['text', 'customer.mobile', /must be a list/],
    ['an object', { 0: 'customer.mobile' }, /must be a list/],
    ['a list of objects', [{}], /must consist of attributes/],
    ['a name without a type', ['mobile'], /must consist of attributes/],
    ['too many', Array(201).fill('customer.mobile'), /at most 200/],
    ['one that does not exist', ['customer.mobile', 'customer.shoeSize'], /customer\.shoeSize/],
    ['what every object has', ['customer.constructor'], /customer\.constructor/],
  ])('is not %s', (_what, value, reason) => {
    const list = readAttributes(value, exists);
    expect(list.ok ? '' : list.reason).toMatch(reason);
  });

  it('is read without an error, whatever it is', () => {
    fc.assert(fc.property(fc.anything(), (value) => void readAttributes(value, () => true)));
    fc.assert(
      fc.property(fc.array(fc.string()), (value) => void readAttributes(value, () => true))
    );
  });
});

describe('a plan', () => {
  it('may only narrow what its purposes justify', () => {
    const justified = new Set(['customer.mobile', 'customer.email'].map(keyOf));
    expect(narrowingFindings([keyOf('customer.mobile')], justified)).toEqual([]);
    const [finding] = narrowingFindings(
      ['customer.mobile', 'customer.passport'].map(keyOf),
      justified
    );
    expect(finding?.reason).toMatch(/justifies customer\.passport\./);
  });

  it('does not end before it starts', () => {
    expect(planFormFindings({ startsOn: '2026-02-01', endsOn: '2026-01-01' })).toHaveLength(1);
    expect(planFormFindings({ startsOn: '2026-02-01', endsOn: '2026-02-01' })).toEqual([]);
    expect(planFormFindings({ startsOn: '2026-02-01', endsOn: null })).toEqual([]);
  });

  it('lists its channels as short texts', () => {
    expect(planFormFindings({ channels: ['sales', '展会'] })).toEqual([]);
    expect(planFormFindings({ channels: 'sales' })).toHaveLength(1);
    expect(planFormFindings({ channels: [1] })).toHaveLength(1);
  });

  const plan = { code: 'P-1', state: 'active', startsOn: '2026-01-01', endsOn: '2026-12-31' };
  it.each([
    ['on its first day', plan, '2026-01-01', null],
    ['on its last day', plan, '2026-12-31', null],
    ['without days', { code: 'P-1', state: 'active' }, '1999-01-01', null],
    ['before it', plan, '2025-12-31', 'the plan P-1 starts on 2026-01-01'],
    ['after it', plan, '2027-01-01', 'the plan P-1 ended on 2026-12-31'],
    ['as a draft', { ...plan, state: 'draft' }, '2026-05-01', 'the plan P-1 is a draft'],
    ['when closed', { ...plan, state: 'closed' }, '2026-05-01', 'the plan P-1 is closed'],
  ])('is judged by the day: %s', (_when, row, today, expected) => {
    expect(whyInactive(row, today)).toBe(expected);
  });
});
