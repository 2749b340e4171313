import type { Core } from '@strapi/strapi';
import { auditOf } from '../audit/audit';
import { zoneOf, type Day } from '../calendar/zone';
import { ownershipOf } from '../customers/ownership/ownership';
import type { OwnershipRule } from '../customers/ownership/models';
import { chunks, inTransaction, tablesOf } from '../database';
import { organisationOf } from '../organisation/organisation';
import { policyOf } from '../policy';
import { CUSTOMER } from '../policy/attribute-path';
import { LEAD_TABLE, VISIT_TABLE } from './models';

const BATCH = 500;

export interface LeadRow {
  id: number;
  customer_id: string;
  owner_id: number;
  rule: OwnershipRule;
  assigned_at: Date | number | string;
  valid_until: Day;
}

/** Customers that somebody got by the register or out of the pool, and has yet to follow up. */
export function createLeads(strapi: Core.Strapi) {
  const zone = () => zoneOf(policyOf(strapi).get().calendar.timezone);
  const customers = () => strapi.db.metadata.get(CUSTOMER).tableName;

  const later = (day: Day, days: number): Day =>
    new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);

  /** Of due leads, those that their owners followed up: by an entry in the register, or by a contact that the file notes. */
  const followedUp = async (leads: readonly LeadRow[]): Promise<Set<number>> => {
    const ids = leads.map(({ customer_id }) => customer_id);
    const visits = (await (
      await tablesOf(strapi)
    )(VISIT_TABLE)
      .select({ customer: 'customer_id', staff: 'staff_id', at: 'at' })
      .whereIn('customer_id', ids)
      .where('at', '>=', new Date(Math.min(...leads.map((l) => timeOf(l.assigned_at)))))) as Array<{
      customer: string;
      staff: number;
      at: Date | number | string;
    }>;
    const contacts = (await (
      await tablesOf(strapi)
    )(customers())
      .select({ customer: 'document_id', on: 'last_contact_on' })
      .whereIn('document_id', ids)) as Array<{ customer: string; on: unknown }>;
    const contactOf = new Map(contacts.map(({ customer, on }) => [customer, dayOf(on)]));
    const { dayAt } = zone();
    return new Set(
      leads.flatMap((lead) => {
        const since = timeOf(lead.assigned_at);
        const own = visits.filter(
          ({ customer, at }) => customer === lead.customer_id && timeOf(at) > since
        );
        if (own.some(({ staff }) => staff === lead.owner_id)) return [lead.id];
        const contact = contactOf.get(lead.customer_id) ?? '';
        const byOthers = own.some(({ at }) => dayAt(new Date(timeOf(at))) === contact);
        return contact > dayAt(new Date(since)) && !byOthers ? [lead.id] : [];
      })
    );
  };

  return {
    dayAt: (now: Date): Day => zone().dayAt(now),

    /** Writes down that a customer has a new owner, who is to follow up; in the running transaction. */
    async hold(customer: string, ownerId: number, rule: OwnershipRule, now: Date): Promise<void> {
      const { leadReturnsAfterDays } = policyOf(strapi).get().attribution;
      const lead = {
        customer_id: customer,
        owner_id: ownerId,
        rule,
        assigned_at: now,
        valid_until: later(zone().dayAt(now), leadReturnsAfterDays),
        state: 'held',
      };
      await (await tablesOf(strapi))(LEAD_TABLE).insert(lead).onConflict('customer_id').merge();
    },

    /** A lead whose owner has just been in touch stays; in the running transaction. */
    async keep(customer: string, ownerId: number, at: Date): Promise<void> {
      await (
        await tablesOf(strapi)
      )(LEAD_TABLE)
        .where({ customer_id: customer, owner_id: ownerId, state: 'held' })
        .where('assigned_at', '<=', at)
        .update({ state: 'kept' });
    },

    /**
     * Returns what nobody followed up within the policy's days to the pool, a batch at a time, each for good before the
     * next. @returns how many went back.
     */
    async lapse(now: Date): Promise<number> {
      const today = zone().dayAt(now);
      let returned = 0;
      for (;;) {
        const leads = (await (
          await tablesOf(strapi)
        )(LEAD_TABLE)
          .where({ state: 'held' })
          .where('valid_until', '<', today)
          .orderBy('id')
          .limit(BATCH)) as LeadRow[];
        if (leads.length === 0) return returned;
        returned += await inTransaction(strapi, () => this.settleDue(leads));
      }
    },

    /** Keeps or returns leads whose time is over, in the running transaction. @returns how many went back. */
    async settleDue(leads: readonly LeadRow[]): Promise<number> {
      const kept = await followedUp(leads);
      const keptLeads = leads.filter(({ id }) => kept.has(id));
      const lapsed = leads.filter(({ id }) => !kept.has(id));
      const setState = async (rows: readonly LeadRow[], state: string) =>
        rows.length > 0 &&
        (await tablesOf(strapi))(LEAD_TABLE)
          .whereIn(
            'id',
            rows.map(({ id }) => id)
          )
          .update({ state });
      await setState(keptLeads, 'kept');
      await setState(lapsed, 'returned');
      if (keptLeads.length > 0) {
        await auditOf(strapi).append({
          action: 'lead.keep',
          recordType: CUSTOMER,
          recordIds: keptLeads.map(({ customer_id }) => customer_id),
        });
      }
      let returned = 0;
      for (const owner of new Set(lapsed.map(({ owner_id }) => owner_id))) {
        const ids = lapsed.flatMap((l) => (l.owner_id === owner ? l.customer_id : []));
        const rows = (await (
          await tablesOf(strapi)
        )(customers())
          .select('id')
          .whereIn('document_id', ids)) as Array<{ id: number }>;
        const gone = await ownershipOf(strapi).changeMany(
          rows.map(({ id }) => id),
          owner,
          null,
          { rule: 'lapsed', why: null }
        );
        returned += gone.length;
      }
      return returned;
    },

    /** Gives the customers of those who have left to their superiors, or to the pool. @returns how many. */
    async leave(now: Date): Promise<number> {
      const today = zone().dayAt(now);
      const { leavers } = policyOf(strapi).get().attribution;
      const organisation = organisationOf(strapi);
      let moved = 0;
      for (let after = 0; ;) {
        const people = (await (
          await tablesOf(strapi)
        )('governance_staff_profiles')
          .select('id')
          .where('id', '>', after)
          .where((left) => {
            left.where({ active: false }).orWhere('leaves_on', '<', today);
          })
          .whereIn(
            'id',
            (await tablesOf(strapi))(customers()).distinct('owner_id').whereNotNull('owner_id')
          )
          .orderBy('id')
          .limit(BATCH)) as Array<{ id: number }>;
        const last = people.at(-1);
        if (!last) return moved;
        after = last.id;
        const profiles = await organisation.byIds(people.map(({ id }) => id));
        for (const person of profiles.values()) {
          const superior = leavers === 'superior' ? await organisation.superiorOf(person) : null;
          const to = superior?.active && superior.id !== person.id ? superior : null;
          moved += await this.passOn(person.id, to);
        }
      }
    },

    /** Passes all customers of somebody on, a batch at a time. @returns how many. */
    async passOn(from: number, to: { id: number; departmentId: number | null } | null) {
      let moved = 0;
      for (;;) {
        const rows = (await (
          await tablesOf(strapi)
        )(customers())
          .select('id')
          .where({ owner_id: from })
          .orderBy('id')
          .limit(BATCH)) as Array<{ id: number }>;
        if (rows.length === 0) return moved;
        const ids = rows.map(({ id }) => id);
        const gone = await ownershipOf(strapi).changeMany(ids, from, to, {
          rule: 'leaver',
          why: null,
        });
        moved += gone.length;
      }
    },

    /** A page of somebody's leads that wait for a follow-up, those first that go back first. */
    page: async (ownerId: number, cursor: number | null, limit: number): Promise<LeadRow[]> => {
      const query = (await tablesOf(strapi))(LEAD_TABLE).where({
        owner_id: ownerId,
        state: 'held',
      });
      if (cursor !== null) query.where('id', '<', cursor);
      return (await query.orderBy('id', 'desc').limit(limit)) as LeadRow[];
    },

    /** Of these customers, those that came back to the pool because nobody followed up. */
    async returnedOf(customerIds: readonly string[]): Promise<Set<string>> {
      const rows = (await (
        await tablesOf(strapi)
      )(LEAD_TABLE)
        .select('customer_id')
        .where({ state: 'returned' })
        .whereIn('customer_id', [...customerIds])) as Array<{ customer_id: string }>;
      return new Set(rows.map(({ customer_id }) => customer_id));
    },

    /** Puts the lead of one customer under another, into which it was merged and which has none of its own. */
    async moveTo(customer: string, survivor: string): Promise<void> {
      const tables = await tablesOf(strapi);
      if (await tables(LEAD_TABLE).where({ customer_id: survivor }).first('id')) return;
      await tables(LEAD_TABLE).where({ customer_id: customer }).update({ customer_id: survivor });
    },

    async forget(customerIds: readonly string[]): Promise<void> {
      for (const part of chunks(customerIds, BATCH)) {
        await (await tablesOf(strapi))(LEAD_TABLE).whereIn('customer_id', part).delete();
      }
    },
  };
}

export type Leads = ReturnType<typeof createLeads>;

const timeOf = (value: Date | number | string): number => new Date(value).getTime();
const dayOf = (value: unknown): Day =>
  value instanceof Date ? value.toISOString().slice(0, 10) : String(value ?? '').slice(0, 10);
