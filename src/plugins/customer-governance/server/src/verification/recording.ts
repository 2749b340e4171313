import type { Core } from '@strapi/strapi';
import { errors } from '@strapi/utils';
import { auditOf } from '../audit/audit';
import type { Day } from '../calendar/zone';
import { inTransaction, lockRow, tablesOf } from '../database';
import type { StaffRef } from '../organisation/organisation';
import { addMonths, policyOf, type VerificationMethod } from '../policy';
import { CUSTOMER } from '../policy/attribute-path';
import { forbidden, invalid } from '../refusal';
import type { CustomerFacts, CustomerRow } from './customers';
import {
  PERIODS,
  SAMPLES,
  STANDINGS,
  VERIFICATIONS,
  type Outcome,
  type SampleState,
} from './models';

export interface Result {
  attribute: string;
  outcome: Outcome;
}

export interface Verification {
  customer: string;
  method: VerificationMethod;
  results: readonly Result[];
}

const GONE = 'No such customer, or not one that you may read.';

/** Writes down what somebody found out of a customer. */
export function createRecording(strapi: Core.Strapi, facts: CustomerFacts) {
  const policy = () => policyOf(strapi).get().verification;

  const load = (documentId: string): Promise<CustomerRow | null> =>
    strapi.db.query(CUSTOMER).findOne({
      select: ['id', 'documentId', ...facts.names()],
      where: { documentId },
      populate: { owner: { select: ['id', 'displayName'] } },
    });

  /** @throws ValidationError naming what is no fact of this customer, or has no value that could be verified. */
  const assertFacts = (row: CustomerRow, results: readonly Result[]): void => {
    const names = facts.names();
    const filled = facts.filled(row);
    for (const { attribute } of results) {
      if (!names.includes(attribute)) {
        throw invalid(
          attribute,
          `is no fact that the policy has verified. Those are ${names.join(', ')}`
        );
      }
      if (!filled.includes(attribute)) {
        throw invalid(attribute, 'has no value that could be verified. Enter it first');
      }
    }
  };

  /** When the customer is to be verified next, and whether that is now. */
  const settle = async (row: CustomerRow, now: Date): Promise<void> => {
    const { everyMonths } = policy();
    const standings = (await facts.of([row], now)).get(row.documentId) ?? [];
    const done = standings.length > 0 && standings.every(({ state }) => state === 'verified');
    const first = standings.flatMap(({ until }) => until ?? []).sort()[0];
    const dueOn: Day = first ?? addMonths(facts.dayAt(now), Math.max(everyMonths, 1));
    const tables = await tablesOf(strapi);
    if (!done) return;
    await tables(STANDINGS)
      .insert({ document_id: row.documentId, due_on: dueOn, opened_at: null, told_at: null })
      .onConflict('document_id')
      .merge(['due_on', 'opened_at', 'told_at']);
  };

  /** What a call-back of the sample came to; what is wrong once is wrong, whoever could not be asked for the rest. */
  const judge = (row: CustomerRow, results: readonly Result[]): SampleState => {
    const missing = facts
      .filled(row)
      .filter((name) => !results.some(({ attribute }) => attribute === name));
    if (missing.length > 0) {
      throw new errors.ValidationError(
        `results: of a customer of the sample every fact is asked after. Missing: ${missing.join(', ')}`
      );
    }
    if (results.some(({ outcome }) => outcome === 'wrong')) return 'inaccurate';
    return results.every(({ outcome }) => outcome === 'confirmed') ? 'accurate' : 'unreachable';
  };

  /** The database decides between two that call the same customer back. @returns the period. */
  const decideSample = async (
    row: CustomerRow,
    state: SampleState,
    by: StaffRef,
    now: Date
  ): Promise<string> => {
    const tables = await tablesOf(strapi);
    const period = (await tables(PERIODS).max({ period: 'period' }).first()) as {
      period: string | null;
    };
    const decided = await tables(SAMPLES)
      .where({ period: period.period ?? '', document_id: row.documentId, state: 'open' })
      .update({ state, staff_id: by.id, at: now.getTime() });
    if (decided !== 1) {
      throw new errors.ApplicationError(
        'This customer does not wait in the sample any more. Reload the list.'
      );
    }
    return String(period.period);
  };

  const write = async (
    { customer, method, results }: Verification,
    by: StaffRef,
    now: Date,
    sampled: boolean
  ): Promise<void> => {
    if (!policy().methods.includes(method)) {
      throw new errors.ValidationError(
        `method: the policy has facts verified by ${policy().methods.join(', ')}`
      );
    }
    const known = await load(customer);
    if (!known) throw new errors.NotFoundError(GONE);
    await lockRow(strapi, CUSTOMER, known.id);
    // Read again under the lock: an attribute that was changed meanwhile was not what somebody confirmed.
    const row = await load(customer);
    if (!row) throw new errors.NotFoundError(GONE);
    assertFacts(row, results);
    const period = sampled ? await decideSample(row, judge(row, results), by, now) : null;
    await (
      await tablesOf(strapi)
    )(VERIFICATIONS).insert(
      results.map(({ attribute, outcome }) => ({
        document_id: customer,
        attribute,
        method,
        outcome,
        staff_id: by.id,
        at: now.getTime(),
        period,
        voided_at: null,
      }))
    );
    await settle(row, now);
    const count = (wanted: Outcome) => results.filter(({ outcome }) => outcome === wanted).length;
    await auditOf(strapi).append({
      action: 'verification.record',
      recordType: CUSTOMER,
      recordIds: [customer],
      attributes: results.map(({ attribute }) => attribute),
      details: {
        method,
        confirmed: count('confirmed'),
        wrong: count('wrong'),
        unreachable: count('unreachable'),
        sample: sampled,
      },
    });
  };

  return {
    /**
     * Notes how, by whom and when facts of a customer were verified, and what came of it. The caller has found the customer
     * to be within the asker's sight.
     */
    record: (verification: Verification, by: StaffRef, now: Date): Promise<void> =>
      inTransaction(strapi, () => write(verification, by, now, false)),

    /** The same of a customer of the sample, by somebody who is not its owner: the figure is not to be one's own. */
    async callBack(verification: Verification, by: StaffRef, now: Date): Promise<void> {
      const row = await load(verification.customer);
      if (row?.owner?.id === by.id) {
        await auditOf(strapi).refused({
          action: 'verification.record',
          recordType: CUSTOMER,
          recordIds: [verification.customer],
          details: { sample: true, reason: 'segregation-of-duties' },
        });
        throw forbidden(OWNERS_OWN);
      }
      await inTransaction(strapi, () => write(verification, by, now, true));
    },

    /** In the transaction of a change: what was verified before says nothing of the new value. */
    async voidFor(documentId: string, attributes: readonly string[], now: Date): Promise<void> {
      const names = facts.names();
      const changed = attributes.filter((name) => names.includes(name));
      if (changed.length === 0) return;
      const tables = await tablesOf(strapi);
      const voided = await tables(VERIFICATIONS)
        .where({ document_id: documentId, voided_at: null })
        .whereIn('attribute', changed)
        .update({ voided_at: now.getTime() });
      if (voided === 0) return;
      const today = facts.dayAt(now);
      await tables(STANDINGS)
        .where({ document_id: documentId })
        .andWhere('due_on', '>', today)
        .update({ due_on: today });
      await auditOf(strapi).append({
        action: 'verification.void',
        recordType: CUSTOMER,
        recordIds: [documentId],
        attributes: changed,
      });
    },
  };
}

export const OWNERS_OWN =
  'Customers of the sample are called back by somebody who is not their owner. Leave this one to a colleague.';

export type Recording = ReturnType<typeof createRecording>;
