import fc from 'fast-check';
import { partnerFindings, whyNotFrom, type PartnerFacts } from './standing';

const qualified: PartnerFacts = {
  state: 'active',
  qualifiedUntil: '2026-12-31',
  ndaSignedOn: '2026-01-01',
  ndaValidUntil: '2026-12-31',
};
const DAY = '2026-06-01';

describe('a partner', () => {
  it('is relied on while it is qualified and its NDA is valid, the last day included', () => {
    for (const day of ['2026-01-01', DAY, '2026-12-31'])
      expect(whyNotFrom(qualified, day)).toBeNull();
  });

  it.each<[string, Partial<PartnerFacts>, RegExp]>([
    ['not qualified yet', { state: 'candidate' }, /not qualified yet/],
    ['suspended', { state: 'suspended' }, /suspended/],
    ['no longer qualified', { qualifiedUntil: '2026-05-31' }, /not qualified on .* \(2026-06-01\)/],
    ['without a qualification', { qualifiedUntil: null }, /not qualified on/],
    ['without an NDA', { ndaSignedOn: null }, /signed no NDA/],
    ['bound only afterwards', { ndaSignedOn: '2026-06-02' }, /signed no NDA by/],
    ['no longer bound', { ndaValidUntil: '2026-05-31' }, /NDA .* not valid/],
    ['bound without an end', { ndaValidUntil: null }, /NDA .* not valid/],
  ])('is refused when it is %s', (_what, facts, reason) => {
    expect(whyNotFrom({ ...qualified, ...facts }, DAY)).toMatch(reason);
  });

  it('is never relied on outside of any of its terms', () => {
    const day = fc
      .date({ min: new Date('2025-01-01'), max: new Date('2027-12-31'), noInvalidDate: true })
      .map((date) => date.toISOString().slice(0, 10));
    fc.assert(
      fc.property(day, day, day, day, (contact, until, signed, valid) => {
        const facts = {
          ...qualified,
          qualifiedUntil: until,
          ndaSignedOn: signed,
          ndaValidUntil: valid,
        };
        const relied = whyNotFrom(facts, contact) === null;
        expect(relied).toBe(contact <= until && signed <= contact && contact <= valid);
      })
    );
  });
});

describe('the record of a partner', () => {
  const names = (after: object) =>
    partnerFindings(after as Record<string, unknown>).map(({ attribute }) => attribute);

  it('needs its terms before it is active', () => {
    expect(names({ state: 'candidate' })).toEqual([]);
    expect(names({ state: 'active' })).toEqual(['qualifiedUntil', 'ndaSignedOn', 'ndaValidUntil']);
    expect(names({ ...qualified })).toEqual([]);
  });

  it('has no NDA that ends before it was signed', () => {
    expect(names({ ...qualified, ndaValidUntil: '2025-12-31' })).toEqual(['ndaValidUntil']);
  });
});
