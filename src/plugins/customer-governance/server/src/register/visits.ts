import type { Core } from '@strapi/strapi';
import { errors } from '@strapi/utils';
import { visibleToAsker } from '../access/visibility';
import { auditOf, type AuditEvent } from '../audit/audit';
import { ownershipOf } from '../customers/ownership/ownership';
import { inTransaction, tablesOf } from '../database';
import { governedOperation } from '../operation';
import { actorOf } from '../organisation/actor';
import { organisationOf, type StaffRef } from '../organisation/organisation';
import { CUSTOMER } from '../policy/attribute-path';
import { forbidden, invalid } from '../refusal';
import type { Attribution } from './attribution';
import { enterCustomer, isDuplicate, onFile, type Details, type Found } from './customer-of-visit';
import { assertSame, markOf, type RequestMark } from './idempotency';
import { createKeptVisits } from './kept-visits';
import type { Leads } from './leads';
import { VISIT, VISIT_TABLE, type Settlement, type VisitKind, type VisitRow } from './models';
import type { Proposal } from './rules';

/** What is noted of a visit or call besides whose it is. */
export interface Notes {
  outcome: string | null;
  nextStep: string | null;
  nextOn: string | null;
}

export interface VisitEntry extends Notes {
  kind: VisitKind;
  at: Date;
  /** documentId of who took it; left out: who writes it down. */
  staff?: string;
  region: string | null;
  interest: string | null;
  source: string | null;
  /** documentId of a customer in sight, or what the visitor left; neither: nothing was left. */
  customer?: string;
  details?: Details;
}

/** How it is decided whose a customer is. */
export type Decision =
  | { decision: 'accept' }
  | { decision: 'choose'; to: string; why: string }
  | { decision: 'pool'; why: string };

/** A clock of a counter may be a little fast. */
const TOLERANCE_MS = 5 * 60 * 1000;
/** Each of several at once finds what another has just made. */
const ATTEMPTS = 3;

const settled = () =>
  new errors.ApplicationError(
    'It is decided already whose this customer is, or there is nothing to decide. Reload the register.'
  );

/** The same request came a second time while the first was under way. */
class Repeated extends Error {}

/** The register of visits and calls [COL-11]. */
export function createVisits(strapi: Core.Strapi, attribution: Attribution, leads: Leads) {
  const query = () => strapi.db.query(VISIT);

  const eventOf = (
    action: AuditEvent['action'],
    { id, customerId }: { id: number; customerId: string | null },
    details: AuditEvent['details']
  ): AuditEvent => ({
    action,
    recordType: customerId === null ? VISIT : CUSTOMER,
    recordIds: [customerId ?? String(id)],
    details: { visit: String(id), ...details },
  });

  const find = (id: number): Promise<VisitRow | null> => query().findOne({ where: { id } });

  const personNamed = async (documentId: string, attribute: string): Promise<StaffRef> => {
    const [person] = await organisationOf(strapi).byDocumentIds([documentId]);
    if (!person) throw invalid(attribute, 'there is no such person in the company any more');
    return person;
  };

  /** The customer of the visit: named, on file, or made of what was left. */
  const customerOf = async (
    { customer, details, kind, at, source, region }: VisitEntry,
    departmentId: number | null
  ): Promise<Found | null> => {
    if (customer !== undefined) {
      if (!(await visibleToAsker(strapi, CUSTOMER, [customer])).has(customer)) {
        throw new errors.NotFoundError('No such customer, or not one that you may see.');
      }
      return { customer, known: true };
    }
    if (details === undefined) return null;
    const known = await onFile(strapi, details);
    if (known !== null) return { customer: known, known: true };
    const circumstances = { kind, at, source, region, departmentId };
    return { customer: await enterCustomer(strapi, details, circumstances), known: false };
  };

  /** A contact that is newer than the last one the file knows of. */
  const noteContact = async (customer: string, at: Date) => {
    const day = leads.dayAt(at);
    const row = (await strapi.db.query(CUSTOMER).findOne({
      select: ['id', 'lastContactOn'],
      where: { documentId: customer },
    })) as { id: number; lastContactOn: string | null } | null;
    if (!row || (row.lastContactOn ?? '') >= day) return;
    await governedOperation('register', () =>
      strapi.db
        .query(CUSTOMER)
        .update({ where: { id: row.id }, data: { lastContactOn: day } as never })
    );
  };

  const write = (
    entry: VisitEntry,
    { asker, staff }: { asker: StaffRef; staff: StaffRef },
    mark: RequestMark | null,
    now: Date
  ): Promise<VisitRow> =>
    inTransaction(strapi, async () => {
      const found = await customerOf(entry, staff.departmentId);
      const occasion = found && {
        customer: found.customer,
        at: entry.at,
        region: entry.region,
        staff,
      };
      const proposal: Proposal | null =
        occasion && (await attribution.propose(occasion, leads.dayAt, now));
      const settlement: Settlement =
        !found || proposal?.rule === 'existing-relation' ? 'none' : 'open';
      const { kind, at, region, interest, source, outcome, nextStep, nextOn } = entry;
      const [made] = (await (
        await tablesOf(strapi)
      )(VISIT_TABLE)
        .insert({
          ...{ kind, at, region, interest, source, outcome, settlement },
          next_step: nextStep,
          next_on: nextOn,
          staff_id: staff.id,
          registered_by: asker.id,
          department_id: staff.departmentId,
          customer_id: found?.customer ?? null,
          known: found?.known ?? false,
          proposed_to: proposal?.staffId ?? null,
          proposed_rule: proposal?.rule ?? null,
          proposed_by: proposal?.by ?? null,
          request_key: mark?.key ?? null,
          request_digest: mark?.digest ?? null,
        })
        .onConflict('request_key')
        .ignore()
        .returning('id')) as Array<{ id: number }>;
      const row = made ? await find(made.id) : null;
      // What was done until here is taken back: the other request has done it.
      if (!row) throw new Repeated();
      if (found) {
        await noteContact(found.customer, at);
        await leads.keep(found.customer, staff.id, at);
      }
      await auditOf(strapi).append(
        eventOf('visit.register', row, {
          kind,
          known: found?.known ?? false,
          ...(proposal ? { proposed: proposal.rule } : {}),
        })
      );
      return row;
    });

  const repeated = async (mark: RequestMark): Promise<VisitRow | null> => {
    const row = (await query().findOne({ where: { requestKey: mark.key } })) as
      (VisitRow & { requestDigest: string | null }) | null;
    if (row) assertSame(mark, row.requestDigest);
    return row;
  };

  return {
    ...createKeptVisits(strapi),
    find,

    /**
     * Writes a visit or call into the register, with the customer that comes of it.
     * @param clientKey a request with the same key is done once, and answered alike.
     * @throws ValidationError that names what is wrong with the customer; nothing is written then.
     */
    async register(
      entry: VisitEntry,
      asker: StaffRef,
      clientKey: string | null,
      body: unknown,
      now: Date
    ): Promise<VisitRow> {
      if (entry.at.getTime() > now.getTime() + TOLERANCE_MS) {
        throw invalid('at', 'lies in the future. Say when the visit or call was');
      }
      const { kind, id } = actorOf(strapi).require();
      const mark = clientKey === null ? null : markOf(`${kind}:${id}`, clientKey, body);
      const before = mark && (await repeated(mark));
      if (before) return before;
      const staff = entry.staff === undefined ? asker : await personNamed(entry.staff, 'staff');
      for (let attempt = 1; ; attempt += 1) {
        try {
          return await write(entry, { asker, staff }, mark, now);
        } catch (error) {
          // Of two at once the other was first: with this very request, or with the same customer, who is on file by now.
          const done = mark && error instanceof Repeated ? await repeated(mark) : null;
          if (done) return done;
          if (!isDuplicate(error) || attempt >= ATTEMPTS) throw error;
        }
      }
    },

    /** Notes what came of it. */
    async note(row: VisitRow, notes: Notes): Promise<void> {
      await inTransaction(strapi, async () => {
        await query().update({ where: { id: row.id }, data: notes as never });
        await auditOf(strapi).append(eventOf('visit.update', row, {}));
      });
    },

    /**
     * Decides whose the customer of a visit is; of two decisions at once one counts.
     * @throws ApplicationError when it is decided, or the customer has an owner by now.
     */
    async settle(row: VisitRow, decision: Decision, now: Date): Promise<void> {
      const { customerId, proposedTo, proposedRule } = row;
      if (customerId === null || row.settlement !== 'open') throw settled();
      const chosen = decision.decision === 'choose' ? await personNamed(decision.to, 'to') : null;
      if (decision.decision === 'accept' && proposedTo === null) {
        throw invalid('decision', 'nobody is proposed. Choose an owner, or leave it in the pool');
      }
      await inTransaction(strapi, async () => {
        const settlement: Settlement =
          decision.decision === 'accept' ? 'accepted' : chosen ? 'chosen' : 'pool';
        const moved = await (
          await tablesOf(strapi)
        )(VISIT_TABLE)
          .where({ id: row.id, settlement: 'open' })
          .update({ settlement });
        if (moved !== 1) throw settled();
        await auditOf(strapi).append(eventOf('visit.settle', row, { decision: decision.decision }));
        const why = 'why' in decision ? decision.why : null;
        const to = chosen?.id ?? (decision.decision === 'accept' ? proposedTo : null);
        if (to === null) return;
        const rule = chosen ? 'chosen' : (proposedRule ?? 'chosen');
        await ownershipOf(strapi).change({ customer: customerId, from: null, to, rule, why });
        await leads.hold(customerId, to, rule, now);
      });
    },

    /** @throws ForbiddenError when the person neither took nor wrote down the visit. */
    assertOwn({ staffId, registeredBy }: VisitRow, person: StaffRef): void {
      if (staffId === person.id || registeredBy === person.id) return;
      throw forbidden(
        'Another person took this visit or call. Ask them, or whoever assigns customers.'
      );
    },
  };
}

export type Visits = ReturnType<typeof createVisits>;
