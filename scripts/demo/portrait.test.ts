import { kinds, type KindId } from '../../src/plugins/customer-governance/server/src/vault/kinds';
import { readCreditCode } from '../../src/plugins/customer-governance/server/src/customers/credit-code';
import customerSchema from '../../src/plugins/customer-governance/server/src/customers/content-types/customer/schema.json';
import { consentsOf } from './consents';
import { portraits } from './customers';
import { demoCases } from './stories';

const now = new Date('2026-05-20T08:00:00Z');
const everybody = portraits(now);

const kindOf = (attribute: string): KindId | undefined =>
  (customerSchema.attributes as Record<string, { options?: { kind: KindId } }>)[attribute]?.options
    ?.kind;

const caseOf = (documentId: string) => {
  const found = everybody.find(({ outline }) => outline.documentId === documentId);
  if (!found) throw new Error('There is no such customer in the demo.');
  return found;
};

describe('the customers of the demo', () => {
  it('are the same at every reset', () => {
    expect(portraits(now)).toEqual(everybody);
  });

  it('are 200 besides those that are destroyed', () => {
    expect(everybody.length - demoCases.destroyed.length).toBe(200);
  });

  it('have values that their kinds accept', () => {
    const refused = everybody.flatMap(({ data, sealed }) =>
      Object.entries({ ...data, ...sealed }).filter(([attribute, value]) => {
        const kind = kindOf(attribute);
        if (!kind) return false;
        return !kinds[kind].parse(String(value)).ok;
      })
    );
    expect(refused).toEqual([]);
  });

  it('have credit codes whose check digits fit', () => {
    const codes = everybody.flatMap(({ data }) => data.creditCode ?? []);
    expect(codes.length).toBeGreaterThan(50);
    expect(codes.filter((code) => !readCreditCode(String(code)).ok)).toEqual([]);
  });

  it.each(['mobile', 'companyName', 'creditCode', 'email'])(
    'share no %s with each other',
    (attribute) => {
      const values = everybody.flatMap(({ data }) => data[attribute] ?? []);
      expect(new Set(values).size).toBe(values.length);
    }
  );

  it('have no date in the future', () => {
    const later = everybody.filter(
      ({ data, firstContactAt }) =>
        firstContactAt > now || String(data.lastContactOn) > now.toISOString().slice(0, 10)
    );
    expect(later).toEqual([]);
  });

  it('carry sensitive attributes only where a separate consent stands', () => {
    const without = everybody.filter((portrait) => {
      const separate = consentsOf(portrait).filter(({ scope }) => scope === 'sensitive');
      const { residentId, passport, bankCard } = portrait.sealed;
      const wanted = [residentId ?? passport, bankCard].filter(Boolean).length;
      return separate.length < wanted;
    });
    expect(without).toEqual([]);
  });
});

describe('the customers of the walk through the demo', () => {
  it.each(['sealed', 'granted', 'pending', 'keyCustomer', 'otherTeam'] as const)(
    '%s has a resident ID',
    (name) => {
      expect(caseOf(demoCases[name]).sealed).toHaveProperty('residentId');
    }
  );

  it('unconsented has neither a resident ID nor a separate consent', () => {
    const portrait = caseOf(demoCases.unconsented);
    expect(portrait.sealed).toEqual({});
    expect(consentsOf(portrait).map(({ scope }) => scope)).not.toContain('sensitive');
  });

  it('stopped took back every consent', () => {
    const consents = consentsOf(caseOf(demoCases.stopped));
    expect(consents.length).toBeGreaterThan(0);
    expect(consents.every(({ withdrawn }) => withdrawn !== undefined)).toBe(true);
  });

  it('at least twelve are due besides the held one', () => {
    expect(demoCases.due.length).toBeGreaterThanOrEqual(12);
    expect(demoCases.due).not.toContain(demoCases.held);
  });
});
