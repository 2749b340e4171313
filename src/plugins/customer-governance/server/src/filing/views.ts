import type { Core } from '@strapi/strapi';
import { filterFor, READ_ACTION, type Ability } from '../access/abilities';
import { zoneOf } from '../calendar/zone';
import { organisationOf } from '../organisation/organisation';
import { actorOf } from '../organisation/actor';
import { policyOf } from '../policy';
import { CUSTOMER } from '../policy/attribute-path';
import { takesPart } from './decision';
import { filingFacts } from './facts';
import { filingOf } from './filing';
import type { FilingState } from './models';
import { numberPattern } from './number';

/** A customer in a list of this chapter: masks alone. */
interface Row {
  id: number;
  documentId: string;
  kind: 'person' | 'company';
  name: string | null;
  companyName: string | null;
  keyCustomer: boolean;
  region: string | null;
  industry: string | null;
  filingState: FilingState | null;
  filingNumber: string | null;
  filedAt: string | null;
  createdAt: string;
  owner: { id: number } | null;
  department: { name: string } | null;
  group: { name: string } | null;
  enteredBy: { id: number } | null;
}

const SELECT = [
  ...['id', 'documentId', 'kind', 'name', 'companyName', 'keyCustomer', 'region', 'industry'],
  ...['filingState', 'filingNumber', 'filedAt', 'createdAt'],
];
const POPULATE = {
  owner: { select: ['id'] },
  department: { select: ['name'] },
  group: { select: ['name'] },
  enteredBy: { select: ['id'] },
};
const HISTORY = 20;

/** Customers on their way into the files, as reviewers and those who entered them see them. */
export function createFilingViews(strapi: Core.Strapi) {
  const query = () => strapi.db.query(CUSTOMER);
  const policy = () => policyOf(strapi).get();
  const year = () => Number(zoneOf(policy().calendar.timezone).dayAt(new Date()).slice(0, 4));

  const page = (where: object, orderBy: object, limit: number): Promise<Row[]> =>
    query().findMany({ select: SELECT, where, populate: POPULATE, orderBy, limit }) as never;

  const namesOf = async (ids: Array<number | null | undefined>) => {
    const staff = await organisationOf(strapi).byIds(ids.flatMap((id) => id ?? []));
    return (id: number | null | undefined): string | null =>
      id === null || id === undefined ? null : (staff.get(id)?.displayName ?? null);
  };

  const asker = async () => {
    const person = await organisationOf(strapi).staffOf(actorOf(strapi).identity());
    return person?.active ? person : null;
  };

  const ofRows = async (rows: readonly Row[]) => {
    const latest = await filingOf(strapi).reviews.latest(rows.map(({ documentId }) => documentId));
    const person = await asker();
    const nameOf = await namesOf(
      rows.flatMap(({ documentId, owner, enteredBy }) => {
        const review = latest.get(documentId);
        return [owner?.id, enteredBy?.id, review?.submittedBy, review?.decidedBy];
      })
    );
    const { reviewer, number } = policy().filing;
    return rows.map((row) => {
      const review = latest.get(row.documentId) ?? null;
      const involved = {
        enteredBy: row.enteredBy?.id ?? null,
        submittedBy: review?.submittedBy ?? null,
        owner: row.owner?.id ?? null,
      };
      return {
        documentId: row.documentId,
        kind: row.kind,
        name: row.name,
        companyName: row.companyName,
        keyCustomer: row.keyCustomer,
        state: row.filingState ?? 'entered',
        filingNumber: row.filingNumber,
        filedAt: row.filedAt,
        enteredAt: row.createdAt,
        department: row.department?.name ?? null,
        group: row.group?.name ?? null,
        owner: nameOf(row.owner?.id),
        enteredBy: nameOf(row.enteredBy?.id),
        submittedBy: nameOf(review?.submittedBy),
        submittedAt: review?.submittedAt ?? null,
        returned:
          row.filingState === 'returned' && review
            ? { by: nameOf(review.decidedBy), at: review.decidedAt, reasons: review.reasons }
            : null,
        numberPattern: row.filingNumber ?? numberPattern(number, row, year()),
        takesPart: person === null || takesPart(reviewer, person.id, involved),
      };
    });
  };

  return {
    ofRows,

    /** @param ability of the admin user, whose role says which customers are in sight. */
    async inbox(ability: unknown, after: number, limit: number): Promise<Row[]> {
      const sight = filterFor(ability as Ability, READ_ACTION, CUSTOMER);
      if (sight === null) return [];
      const where = { $and: [{ filingState: 'in-review', id: { $gt: after } }, sight] };
      return page(where, { id: 'asc' }, limit);
    },

    /** What somebody entered or owns, and is not filed. */
    own: (staff: number, before: number | null, limit: number): Promise<Row[]> =>
      page(
        {
          $and: [
            { $or: [{ enteredBy: { id: staff } }, { owner: { id: staff } }] },
            { $or: [{ filingState: { $ne: 'filed' } }, { filingState: { $null: true } }] },
            ...(before === null ? [] : [{ id: { $lt: before } }]),
          ],
        },
        { id: 'desc' },
        limit
      ),

    /** One customer with its submissions. @param reviewing whether what a reviewer looks at comes along. */
    async state(documentId: string, reviewing: boolean) {
      const [row] = await page({ documentId }, { id: 'asc' }, 1);
      if (!row) return null;
      const [view] = await ofRows([row]);
      const history = await filingOf(strapi).reviews.of(documentId, HISTORY);
      const nameOf = await namesOf(history.flatMap((one) => [one.submittedBy, one.decidedBy]));
      return {
        ...view,
        facts: reviewing ? await filingFacts(strapi, documentId, new Date()) : null,
        history: history.map((one) => ({
          submittedBy: nameOf(one.submittedBy),
          submittedAt: one.submittedAt,
          decision: one.decision,
          decidedBy: nameOf(one.decidedBy),
          decidedAt: one.decidedAt,
          checklist: one.checklist,
          reasons: one.reasons,
        })),
      };
    },
  };
}
