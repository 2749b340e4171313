import type { Core } from '@strapi/strapi';
import { auditOf } from '../audit/audit';
import { zoneOf } from '../calendar/zone';
import { chunks, inTransaction, lockRow, tablesOf } from '../database';
import { PLUGIN } from '../domain';
import { governedOperation } from '../operation';
import { policyOf } from '../policy';
import { CUSTOMER } from '../policy/attribute-path';
import { forbidden } from '../refusal';
import { decisionProblems, takesPart, type Decision, type Involved } from './decision';
import { SUBMITTABLE, type FilingState } from './models';
import { filingNumber, missingForNumber, scopeOf, type NumberFacts } from './number';
import { createReviews, type Review } from './reviews';
import { conflict, isRefusal, notThere, refusal } from './refusals';
import { missingRequired } from './required';
import { drawNumber } from './sequence';
import { tellReturned } from './telling';

/** The governed operation of this domain: numbers and states are given by its service alone. */
export const OPERATION = 'filing';
const IDS_PER_QUERY = 500;

/** Of a customer, what its filing hangs on. Relations are ids. */
export interface FilingFacts extends NumberFacts {
  id: number;
  documentId: string;
  kind: 'person' | 'company';
  filingState: FilingState | null;
  filingNumber: string | null;
  owner: number | null;
  enteredBy: number | null;
}

interface Row extends Omit<FilingFacts, 'owner' | 'enteredBy'> {
  owner: { id: number } | null;
  enteredBy: { id: number } | null;
}

/** What became of one of several. */
export interface Outcome {
  documentId: string;
  state: FilingState;
  filingNumber: string | null;
  /** Why nothing was done. */
  problem: string | null;
}

interface Person {
  id: number;
}

const REFUSED = {
  part: 'You took part in entering this customer, so somebody else reviews it.',
  state: 'This customer does not wait for its review any more. Reload the list.',
  submitted:
    'Only customers that were entered or returned are submitted. This one waits for its review, or is filed.',
};

/** Review and filing [COL-9]: entered, in review, and filed under a number or returned with reasons. */
export function filingService({ strapi }: { strapi: Core.Strapi }) {
  const policy = () => policyOf(strapi).get();
  const reviews = createReviews(strapi);
  const table = () => strapi.db.metadata.get(CUSTOMER).tableName;

  /** Several acts are one transaction each, as the product's own. */
  const act = <T>(work: () => Promise<T>): Promise<T> =>
    governedOperation(OPERATION, () => inTransaction(strapi, work));

  const find = async (documentIds: readonly string[]): Promise<Map<string, FilingFacts>> => {
    const found = new Map<string, FilingFacts>();
    for (const part of chunks(documentIds, IDS_PER_QUERY)) {
      const rows = (await strapi.db.query(CUSTOMER).findMany({
        select: [
          ...(['id', 'documentId', 'kind', 'filingState', 'filingNumber'] as const),
          ...(['region', 'industry', 'keyCustomer'] as const),
        ],
        where: { documentId: { $in: [...part] } },
        populate: { owner: { select: ['id'] }, enteredBy: { select: ['id'] } },
      })) as Row[];
      for (const { owner, enteredBy, ...row } of rows) {
        found.set(row.documentId, {
          ...row,
          owner: owner?.id ?? null,
          enteredBy: enteredBy?.id ?? null,
        });
      }
    }
    return found;
  };

  const involvedIn = (customer: FilingFacts, review: Review | null): Involved => ({
    enteredBy: customer.enteredBy,
    submittedBy: review?.submittedBy ?? null,
    owner: customer.owner,
  });

  /** The database decides between racing acts. @returns whether this one counts. */
  const move = async (id: number, from: FilingState, to: Record<string, unknown>) =>
    Number(await (await tablesOf(strapi))(table()).where({ id, filing_state: from }).update(to)) ===
    1;

  const decideOne = async (
    documentId: string,
    made: Decision,
    person: Person,
    now: Date
  ): Promise<Outcome> => {
    const there = (await find([documentId])).get(documentId);
    if (!there) throw notThere();
    await lockRow(strapi, CUSTOMER, there.id);
    const customer = (await find([documentId])).get(documentId);
    if (customer?.filingState !== 'in-review') throw conflict(REFUSED.state);
    const review = await reviews.waiting(documentId);
    const involved = involvedIn(customer, review);
    if (takesPart(policy().filing.reviewer, person.id, involved)) {
      throw new SegregationError(documentId);
    }
    const filed = made.decision === 'file';
    let number: string | null = null;
    if (filed) {
      const { number: rule } = policy().filing;
      const missing = [
        ...(await missingRequired(strapi, customer.id)),
        ...missingForNumber(rule, customer),
      ];
      if (missing.length > 0)
        throw refusal(missing.map(({ attribute, reason }) => ({ path: [attribute], reason })));
      const year = Number(zoneOf(policy().calendar.timezone).dayAt(now).slice(0, 4));
      // A customer that was filed before keeps its number.
      number =
        customer.filingNumber ??
        (await drawNumber(strapi, scopeOf(rule, year), (sequence) =>
          filingNumber(rule, customer, year, sequence)
        ));
    }
    const to = filed
      ? { filing_state: 'filed', filing_number: number, filed_at: now, updated_at: now }
      : { filing_state: 'returned', updated_at: now };
    if (!(await move(customer.id, 'in-review', to))) throw conflict(REFUSED.state);
    await reviews.decide(documentId, made, person.id, now);
    // Without the number, which outlives the customer on paper and would tell whose entries these are.
    await auditOf(strapi).append({
      action: filed ? 'filing.file' : 'filing.return',
      recordType: CUSTOMER,
      recordIds: [documentId],
    });
    if (!filed) await tellReturned(strapi, documentId, involved, person.id, now);
    return {
      documentId,
      state: filed ? 'filed' : 'returned',
      filingNumber: number ?? customer.filingNumber,
      problem: null,
    };
  };

  /** The same in a transaction of its own; an attempt against the segregation of duties is logged. */
  const decide = async (documentId: string, made: Decision, person: Person, now: Date) => {
    try {
      return await act(() => decideOne(documentId, made, person, now));
    } catch (error) {
      if (!(error instanceof SegregationError)) throw error;
      await auditOf(strapi).refused({
        action: made.decision === 'file' ? 'filing.file' : 'filing.return',
        recordType: CUSTOMER,
        recordIds: [error.documentId],
        details: { reason: 'segregation-of-duties' },
      });
      throw forbidden(REFUSED.part, { reason: 'segregation-of-duties' });
    }
  };

  const submit = (
    documentIds: readonly string[],
    person: Person | null,
    now: Date
  ): Promise<string[]> =>
    act(async () => {
      const tables = await tablesOf(strapi);
      const moved: string[] = [];
      for (const part of chunks([...new Set(documentIds)].sort(), IDS_PER_QUERY)) {
        const rows = (await tables(table())
          .whereIn('document_id', part)
          .andWhere((state) =>
            state.whereIn('filing_state', [...SUBMITTABLE]).orWhereNull('filing_state')
          )
          .update({ filing_state: 'in-review', updated_at: now })
          .returning('document_id')) as Array<{ document_id: string }>;
        moved.push(...rows.map((row) => row.document_id));
      }
      if (moved.length === 0) throw conflict(REFUSED.submitted);
      await reviews.open(moved, person?.id ?? null, now);
      await auditOf(strapi).append({
        action: 'filing.submit',
        recordType: CUSTOMER,
        recordIds: moved,
      });
      return moved;
    });

  const assertSound = (made: Decision) => {
    const problems = decisionProblems(policy().filing, made);
    if (problems.length > 0) throw refusal(problems);
  };

  return {
    find,
    reviews,

    /**
     * Submits customers for their review, with their contacts, which are frozen until it is decided.
     * @param person who submits them; `null` for an application.
     * @returns the documentIds that were submitted: the others were in review or filed already.
     */
    submit: (documentIds: readonly string[], person: Person | null, now = new Date()) =>
      submit(documentIds, person, now),

    /** The same for everything that somebody entered and has not submitted yet, as after an import. @returns how many. */
    async submitAllOf(person: Person, now = new Date()): Promise<number> {
      for (let submitted = 0; ;) {
        const rows: Array<{ documentId: string }> = await strapi.db.query(CUSTOMER).findMany({
          select: ['documentId'],
          where: { enteredBy: { id: person.id }, filingState: 'entered' },
          orderBy: 'id',
          limit: IDS_PER_QUERY,
        });
        if (rows.length === 0) return submitted;
        const ids = rows.map(({ documentId }) => documentId);
        submitted += (await submit(ids, person, now)).length;
      }
    },

    /**
     * Files a customer under the next number, or returns it.
     * @throws ValidationError for an unanswered checklist or a file that lacks what is required, ForbiddenError for whoever took part, ApplicationError when it
     * does not wait any more.
     */
    async decide(documentId: string, made: Decision, person: Person, now = new Date()) {
      assertSound(made);
      return decide(documentId, made, person, now);
    },

    /** The same for several, each by itself: one that cannot be decided stops none of the others. */
    async decideMany(
      documentIds: readonly string[],
      made: Decision,
      person: Person,
      now = new Date()
    ): Promise<Outcome[]> {
      assertSound(made);
      const outcomes: Outcome[] = [];
      for (const documentId of new Set(documentIds)) {
        try {
          outcomes.push(await decide(documentId, made, person, now));
        } catch (error) {
          if (!isRefusal(error)) throw error;
          const customer = (await find([documentId])).get(documentId);
          outcomes.push({
            documentId,
            state: customer?.filingState ?? 'entered',
            filingNumber: customer?.filingNumber ?? null,
            problem: error.message,
          });
        }
      }
      return outcomes;
    },
  };
}

export type FilingService = ReturnType<typeof filingService>;

export const filingOf = (strapi: Core.Strapi) =>
  strapi.plugin(PLUGIN).service('filing') as FilingService;

/** Somebody decides of what they took part in: logged once its transaction is rolled back. */
class SegregationError extends Error {
  constructor(readonly documentId: string) {
    super(REFUSED.part);
  }
}
