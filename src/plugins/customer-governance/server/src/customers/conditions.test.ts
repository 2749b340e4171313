import type { StaffRef } from '../organisation/organisation';
import { CONTACT, CUSTOMER } from '../policy/attribute-path';
import type { Organisation } from '../organisation/in-request';
import { scopeOf, type ConditionName } from './conditions';

const staff = { id: 11, active: true, departmentId: 5 } as StaffRef;

const organisation = (person: Partial<StaffRef> | null): Organisation => ({
  staffOfUser: async () => (person ? { ...staff, ...person } : null),
  subordinateIds: async (id) => [id, 12, 13],
  departmentTreeIds: async (id) => [id, 6],
});

const scope = (
  name: ConditionName,
  subject: string | null,
  person: Partial<StaffRef> | null = {}
) => scopeOf(name, { id: 2, permission: { subject } }, organisation(person));

const CONSENT = 'plugin::customer-governance.consent';

describe('the scope of a condition', () => {
  it('is, of customers, those one owns, those of the team, those of the department', async () => {
    expect(await scope('own', CUSTOMER)).toEqual({ 'owner.id': 11 });
    expect(await scope('team', CUSTOMER)).toEqual({ 'owner.id': { $in: [11, 12, 13] } });
    expect(await scope('department', CUSTOMER)).toEqual({ 'department.id': { $in: [5, 6] } });
  });

  it('follows the customer, of what belongs to one', async () => {
    expect(await scope('own', CONTACT)).toEqual({ 'customer.owner.id': 11 });
    expect(await scope('team', CONSENT)).toEqual({ 'customer.owner.id': { $in: [11, 12, 13] } });
    expect(await scope('department', 'plugin::customer-governance.legal-hold')).toEqual({
      'customer.department.id': { $in: [5, 6] },
    });
  });

  it('is, of other types, what one created; a team or department of theirs is not known', async () => {
    expect(await scope('own', 'api::lead.lead')).toEqual({ 'createdBy.id': 2 });
    expect(await scope('team', 'api::lead.lead')).toBe(false);
    expect(await scope('department', 'api::lead.lead')).toBe(false);
  });

  it.each<[string, string | null, Partial<StaffRef> | null]>([
    ['without a staff profile', CUSTOMER, null],
    ['with one that is not active', CUSTOMER, { active: false }],
    ['for a permission without a type', null, {}],
  ])('is nothing %s', async (_who, subject, person) => {
    for (const name of ['own', 'team', 'department'] as const) {
      expect(await scope(name, subject, person)).toBe(false);
    }
  });

  it('is nothing of a department for whoever is in none', async () => {
    expect(await scope('department', CUSTOMER, { departmentId: null })).toBe(false);
  });
});
