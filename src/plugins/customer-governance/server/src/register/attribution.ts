import type { Core } from '@strapi/strapi';
import { ownershipOf } from '../customers/ownership/ownership';
import { tablesOf } from '../database';
import { DEPARTMENT, organisationOf, type StaffRef } from '../organisation/organisation';
import { policyOf } from '../policy';
import type { HandOut } from './hand-out';
import { VISIT_TABLE } from './models';
import { departmentOfRegion, propose, type AttributionFacts, type Proposal } from './rules';

const DAY_MS = 86_400_000;
/** Registrations of one customer that are looked at to find the first by somebody who is still there. */
const LOOKED_AT = 50;

/** What the rules are asked about. */
export interface Occasion {
  /** documentId of the customer. */
  customer: string;
  at: Date;
  region: string | null;
  /** Who took the visit or call. */
  staff: StaffRef;
}

/** Who should own a customer, by the policy's rules. Nothing is stored. */
export function createAttribution(strapi: Core.Strapi, handOut: HandOut) {
  const candidate = ({ id, displayName }: StaffRef) => ({ staffId: id, name: displayName });

  const ownerOf = async (customer: string) => {
    const owner = (await ownershipOf(strapi).of(customer))?.owner ?? null;
    if (owner === null) return null;
    const staff = (await organisationOf(strapi).byIds([owner])).get(owner);
    return staff?.active ? candidate(staff) : null;
  };

  const firstBefore = async (customer: string, at: Date, dayAt: (at: Date) => string) => {
    const { validDays } = policyOf(strapi).get().attribution;
    const table = await tablesOf(strapi);
    const rows = (await table(VISIT_TABLE)
      .select({ staffId: 'staff_id', at: 'at' })
      .where({ customer_id: customer })
      .where('at', '<', at)
      .where('at', '>=', new Date(at.getTime() - validDays * DAY_MS))
      .orderBy('at')
      .orderBy('id')
      .limit(LOOKED_AT)) as Array<{ staffId: number; at: Date | number | string }>;
    const staff = await organisationOf(strapi).byIds(rows.map(({ staffId }) => staffId));
    const first = rows.find(({ staffId }) => staff.get(staffId)?.active);
    const person = first && staff.get(first.staffId);
    return first && person ? { ...candidate(person), day: dayAt(new Date(first.at)) } : null;
  };

  const ofRegion = async (region: string | null, day: string, now: Date) => {
    const code = departmentOfRegion(policyOf(strapi).get().attribution.regions, region);
    if (code === null || region === null) return null;
    const department = (await strapi.db
      .query(DEPARTMENT)
      .findOne({ select: ['id'], where: { code } })) as { id: number } | null;
    const next = department && (await handOut.next(department.id, day, now));
    return next ? { ...next, code: region } : null;
  };

  return {
    /** @param dayAt in the policy's zone. */
    async propose(
      { customer, at, region, staff }: Occasion,
      dayAt: (at: Date) => string,
      now: Date
    ): Promise<Proposal | null> {
      const { rules } = policyOf(strapi).get().attribution;
      const day = dayAt(now);
      const asks = (rule: (typeof rules)[number]) => rules.includes(rule);
      const facts: AttributionFacts = {
        owner: asks('existing-relation') ? await ownerOf(customer) : null,
        first: asks('first-registration') ? await firstBefore(customer, at, dayAt) : null,
        region: asks('region') ? await ofRegion(region, day, now) : null,
        registrar: staff.active ? candidate(staff) : null,
        turn:
          asks('hand-out') && staff.departmentId !== null
            ? await handOut.next(staff.departmentId, day, now)
            : null,
      };
      return propose(rules, facts);
    },
  };
}

export type Attribution = ReturnType<typeof createAttribution>;
