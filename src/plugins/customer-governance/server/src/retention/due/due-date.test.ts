import type { RetentionRule } from '../../policy';
import {
  HELD_FOR_NOTHING,
  heldFor,
  sameFacts,
  sameVerdict,
  verdictFor,
  type ConsentFacts,
  type Held,
  type PlanFacts,
} from './due-date';

const dayAt = (instant: Date) => instant.toISOString().slice(0, 10);
const now = new Date('2030-06-15T00:00:00Z');
const nothing = HELD_FOR_NOTHING;

const silent: RetentionRule = {
  code: 'silent',
  category: 'all',
  event: 'last-contact',
  atMostMonths: 24,
  customerClass: 'ordinary',
};
const contract: RetentionRule = {
  code: 'contract',
  category: 'transactions',
  purpose: 'contract-performance',
  event: 'relation-ended',
  atLeastMonths: 36,
  customerClass: 'all',
};

const withdrawal: RetentionRule = {
  code: 'withdrawal',
  category: 'all',
  event: 'consent-withdrawn',
  atMostMonths: 0,
  customerClass: 'all',
};

const given = (purpose: string, more: Partial<ConsentFacts> = {}): ConsentFacts => ({
  state: 'given',
  purpose,
  ...more,
});

describe('what a customer is held for', () => {
  const plan: PlanFacts = {
    purposes: [
      { code: 'contract-performance', legalBasis: 'contract' },
      { code: 'marketing', legalBasis: 'consent' },
    ],
    endsOn: null,
    closed: false,
  };

  it('is what the plan needs no consent for, and what consents stand for', () => {
    expect(heldFor([given('customer-service')], plan, now, dayAt).purposes).toEqual([
      'customer-service',
      'contract-performance',
    ]);
  });

  it('is not what a consent was refused, withdrawn or ended for', () => {
    const consents: ConsentFacts[] = [
      { state: 'refused', purpose: 'marketing' },
      { state: 'withdrawn', purpose: 'marketing', withdrawnAt: '2030-06-01T00:00:00Z' },
      given('marketing', { expiresAt: '2030-06-14T00:00:00Z' }),
    ];
    expect(heldFor(consents, null, now, dayAt).purposes).toEqual([]);
  });

  it('is nothing since the last withdrawal when no basis is left', () => {
    const consents: ConsentFacts[] = [
      { state: 'withdrawn', purpose: 'a', withdrawnAt: '2030-06-10T12:00:00Z' },
      { state: 'withdrawn', purpose: 'b', withdrawnAt: new Date('2030-06-01T00:00:00Z') },
    ];
    expect(heldFor(consents, null, now, dayAt).withdrawnOn).toBe('2030-06-10');
  });

  it('has no day of withdrawal while another basis is left', () => {
    const withdrawn: ConsentFacts = { state: 'withdrawn', purpose: 'a', withdrawnAt: now };
    expect(heldFor([withdrawn, given('b')], null, now, dayAt).withdrawnOn).toBeNull();
    expect(heldFor([withdrawn], plan, now, dayAt).withdrawnOn).toBeNull();
  });

  it('ends with the last day of the plan, or with its closing', () => {
    const over = { ...plan, endsOn: '2030-05-31' };
    expect(heldFor([], over, now, dayAt)).toEqual({
      purposes: [],
      formerPurposes: ['contract-performance'],
      withdrawnOn: null,
      purposeEndedOn: '2030-05-31',
    });
    expect(heldFor([], { ...over, endsOn: '2030-06-15' }, now, dayAt).purposeEndedOn).toBeNull();
    const closed = { ...over, endsOn: '2030-06-02', closed: true };
    expect(heldFor([], closed, now, dayAt).purposeEndedOn).toBe('2030-06-02');
    expect(heldFor([given('marketing')], over, now, dayAt)).toMatchObject({
      purposes: ['marketing'],
      purposeEndedOn: null,
    });
  });

  it('ends with the last consent, whether it was withdrawn or ran out', () => {
    const ran = given('marketing', { expiresAt: '2030-06-10T00:00:00Z' });
    const withdrawn: ConsentFacts = {
      state: 'withdrawn',
      purpose: 'customer-service',
      withdrawnAt: '2030-06-01T00:00:00Z',
    };
    expect(heldFor([ran, withdrawn], null, now, dayAt)).toEqual({
      purposes: [],
      formerPurposes: ['marketing', 'customer-service'],
      withdrawnOn: '2030-06-01',
      purposeEndedOn: '2030-06-10',
    });
  });

  it('never ended where there never was anything', () => {
    const refused: ConsentFacts = { state: 'refused', purpose: 'marketing' };
    expect(heldFor([refused], null, now, dayAt)).toEqual(HELD_FOR_NOTHING);
    expect(heldFor([], null, now, dayAt)).toEqual(HELD_FOR_NOTHING);
  });
});

describe('the due date on a customer', () => {
  it('runs from the creation until there was a contact', () => {
    const customer = { createdAt: '2028-01-31T10:00:00Z' };
    expect(verdictFor([silent], customer, nothing, dayAt).retentionDueOn).toBe('2030-01-31');
  });

  it('moves with the last contact, given as text or as an instant', () => {
    const facts = { createdAt: '2028-01-31T10:00:00Z', lastContactOn: '2029-03-01' };
    expect(verdictFor([silent], facts, nothing, dayAt).retentionDueOn).toBe('2031-03-01');
    const instant = { ...facts, lastContactOn: new Date('2029-03-01T00:00:00Z') };
    expect(verdictFor([silent], instant, nothing, dayAt).retentionDueOn).toBe('2031-03-01');
  });

  it('is none for a key customer whom no rule speaks of', () => {
    const customer = { createdAt: '2020-01-01T00:00:00Z', keyCustomer: true };
    expect(verdictFor([silent], customer, nothing, dayAt)).toEqual({
      retentionDueOn: null,
      retentionReason: 'none',
    });
  });

  it('waits for the end of a relation that a statute counts from', () => {
    const held: Held = { ...nothing, purposes: ['contract-performance'] };
    const customer = { createdAt: '2020-01-01T00:00:00Z' };
    expect(verdictFor([silent, contract], customer, held, dayAt).retentionDueOn).toBeNull();
    const ended = { ...customer, relationEndedOn: '2024-05-05' };
    expect(verdictFor([silent, contract], ended, held, dayAt).retentionDueOn).toBe('2027-05-05');
  });

  it('is the day of the withdrawal where nothing keeps the record longer', () => {
    const customer = { createdAt: '2030-01-01T00:00:00Z' };
    const held = { ...nothing, withdrawnOn: '2030-06-10' };
    expect(verdictFor([silent, withdrawal], customer, held, dayAt).retentionDueOn).toBe(
      '2030-06-10'
    );
  });

  it('takes an unreadable day for none and leaves its refusal to the validation', () => {
    const customer = { createdAt: '2028-01-31T10:00:00Z', lastContactOn: 'yesterday' };
    expect(verdictFor([silent], customer, nothing, dayAt).retentionDueOn).toBe('2030-01-31');
  });

  it('is reckoned anew only when something changes that it hangs on', () => {
    const before = { createdAt: '2028-01-31T10:00:00Z', lastContactOn: '2029-03-01', planId: 1 };
    const same = { ...before, createdAt: new Date(before.createdAt), keyCustomer: false };
    expect(sameFacts(before, { ...same, lastContactOn: '2029-03-01T00:00:00Z' }, dayAt)).toBe(true);
    for (const change of [
      { planId: null },
      { keyCustomer: true },
      { inDispute: true },
      { lastContactOn: null },
      { erasureRequestedOn: '2030-01-01' },
    ]) {
      expect(sameFacts(before, { ...same, ...change }, dayAt)).toBe(false);
    }
  });

  it('is written only when it differs from what stands there', () => {
    const verdict = { retentionDueOn: null, retentionReason: 'none' };
    expect(sameVerdict({ retentionReason: 'none' }, verdict)).toBe(true);
    expect(sameVerdict({ retentionDueOn: '2030-01-01', retentionReason: 'none' }, verdict)).toBe(
      false
    );
  });
});
