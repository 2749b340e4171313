import fc from 'fast-check';
import type { PartnerFacts } from '../partners/standing';
import { loadPolicy } from '../policy';
import { CUSTOMER } from '../policy/attribute-path';
import {
  attributeKey,
  consentFindings,
  planFindings,
  provenanceFindings,
  requiredFindings,
  type CollectionFacts,
  type OriginFacts,
} from './rules';

const policy = loadPolicy({}).collection;
const key = (name: string) => attributeKey(CUSTOMER, name);
const names = (findings: Array<{ attribute: string }>) =>
  findings.map(({ attribute }) => attribute);

const facts = (own: Partial<CollectionFacts> = {}): CollectionFacts => ({
  uid: CUSTOMER,
  planGiven: true,
  plan: { code: 'P-1', inactive: null, collects: new Set(['name', 'mobile'].map(key)) },
  changed: ['name', 'mobile'],
  added: new Set(['name', 'mobile']),
  sensitive: new Set(),
  hasCustomer: false,
  consented: new Set(),
  ...own,
});
const plan = (own: object) => ({ ...facts().plan, ...own }) as CollectionFacts['plan'];

describe('the collection plan', () => {
  it('lets pass what it collects', () => {
    expect(planFindings(facts())).toEqual([]);
  });

  it('refuses each attribute that it does not collect, by name and with the way out', () => {
    const found = planFindings(facts({ changed: ['name', 'residentId', 'address'] }));
    expect(names(found)).toEqual(['residentId', 'address']);
    expect(found[0]).toEqual({
      attribute: 'residentId',
      reason: 'the plan P-1 does not collect it; it would need a purpose that justifies it',
      refused: true,
    });
  });

  it('must be chosen for a new customer', () => {
    expect(names(planFindings(facts({ plan: null })))).toEqual(['plan']);
  });

  it('must be there before anything is added to a customer without one', () => {
    const found = planFindings(facts({ plan: null, hasCustomer: true, planGiven: false }));
    expect(names(found)).toEqual(['name', 'mobile']);
  });

  it('must be active when it is chosen', () => {
    const found = planFindings(facts({ plan: plan({ inactive: 'the plan P-1 is closed' }) }));
    expect(names(found)).toEqual(['plan']);
  });

  it('lets values be corrected, but none be added, after it has ended', () => {
    const found = planFindings(
      facts({
        plan: plan({ inactive: 'the plan P-1 ended on 2026-01-01' }),
        planGiven: false,
        hasCustomer: true,
        added: new Set(['mobile']),
      })
    );
    expect(names(found)).toEqual(['mobile']);
  });

  it('refuses exactly what it does not collect, whatever is entered', () => {
    const attribute = fc.constantFrom('name', 'mobile', 'email', 'address', 'residentId', 'notes');
    fc.assert(
      fc.property(fc.uniqueArray(attribute), fc.uniqueArray(attribute), (changed, collected) => {
        const collects = new Set(collected.map(key));
        const found = planFindings(facts({ changed, plan: plan({ collects }) }));
        expect(names(found)).toEqual(changed.filter((name) => !collected.includes(name)));
      })
    );
  });
});

describe('sensitive attributes', () => {
  const sensitive = new Set(['residentId']);
  const changed = ['name', 'residentId'];

  it('wait until the customer is there to consent', () => {
    const found = consentFindings(facts({ changed, sensitive }));
    expect(names(found)).toEqual(['residentId']);
    expect(found[0]?.reason).toMatch(/Create the customer first/);
  });

  it('need the separate consent', () => {
    const found = consentFindings(facts({ changed, sensitive, hasCustomer: true }));
    expect(found[0]?.reason).toMatch(/Record that consent first/);
    expect(found[0]?.refused).toBe(true);
  });

  it('are collected once a consent covers them', () => {
    const consented = new Set([key('residentId')]);
    expect(consentFindings(facts({ changed, sensitive, hasCustomer: true, consented }))).toEqual(
      []
    );
  });
});

describe('provenance', () => {
  const lawful = { source: 'sales', method: 'direct' };
  const partner: PartnerFacts = {
    state: 'active',
    qualifiedUntil: '2026-12-31',
    ndaSignedOn: '2026-01-01',
    ndaValidUntil: '2026-12-31',
  };
  const nobody: OriginFacts = { changed: true, partner: null, day: '2026-06-01' };
  const found = (
    data: object,
    stored: object | null = null,
    origin: Partial<OriginFacts> = {},
    own = policy
  ) =>
    provenanceFindings(
      own,
      data as Record<string, unknown>,
      stored as Record<string, unknown> | null,
      { ...nobody, ...origin }
    );

  it('is said of every new customer', () => {
    expect(found(lawful)).toEqual([]);
    expect(names(found({}))).toEqual(['source', 'method']);
  });

  it.each(policy.barredSources)('is never %s', (source) => {
    const [finding] = found({ ...lawful, source });
    expect(finding).toMatchObject({ attribute: 'source', refused: true });
  });

  it('names the partner of an indirect source, who must be relied on', () => {
    const indirect = { ...lawful, method: 'indirect' };
    expect(names(found(indirect))).toEqual(['partner']);
    expect(found(indirect, null, { partner })).toEqual([]);
    const [finding] = found(indirect, null, { partner: { ...partner, state: 'suspended' } });
    expect(finding).toMatchObject({ attribute: 'partner', refused: true });
    const lenient = { ...policy, indirectSourceNeedsPartner: false };
    expect(found(indirect, null, {}, lenient)).toEqual([]);
  });

  it('asks nothing of a partner who has to do with a direct source', () => {
    expect(found(lawful, null, { partner: { ...partner, state: 'suspended' } })).toEqual([]);
  });

  it('is not asked again by a change of something else', () => {
    expect(found({ needs: 'a tractor' }, { source: null, method: null })).toEqual([]);
    expect(found({ ...lawful, needs: 'a tractor' }, lawful)).toEqual([]);
    expect(
      found({ needs: 'a tractor' }, { ...lawful, method: 'indirect' }, { changed: false })
    ).toEqual([]);
  });

  it('cannot be taken away or made worse later', () => {
    expect(names(found({ source: null, method: null }, lawful))).toEqual(['source', 'method']);
    expect(names(found({ source: 'bought' }, lawful))).toEqual(['source']);
    expect(names(found({ partner: null }, { ...lawful, method: 'indirect' }))).toEqual(['partner']);
  });
});

describe('required attributes', () => {
  const person = { kind: 'person', name: 'a', mobile: 'b', source: 'sales', industry: 'c' };
  const found = (data: object, stored: object | null = null) =>
    names(
      requiredFindings(
        policy,
        data as Record<string, unknown>,
        stored as Record<string, unknown> | null
      )
    );

  it('depend on the kind of customer', () => {
    expect(found(person)).toEqual([]);
    expect(found({ ...person, kind: 'company' })).toEqual(['companyName']);
    expect(found({})).toEqual([...policy.required.person]);
  });

  it('are not asked again of what was entered before', () => {
    expect(found({ needs: 'x' }, { kind: 'person' })).toEqual([]);
  });

  it('cannot be emptied', () => {
    expect(found({ mobile: null }, person)).toEqual(['mobile']);
    expect(found({ mobile: '' }, person)).toEqual(['mobile']);
  });

  it('are those of the new kind when the kind changes', () => {
    expect(found({ kind: 'company' }, person)).toEqual(['companyName']);
    expect(found({ kind: 'company', companyName: 'Acme' }, person)).toEqual([]);
  });

  it('are left to the form of the kind where that is wrong', () => {
    expect(found({ kind: ['x'] })).toEqual([]);
  });
});
