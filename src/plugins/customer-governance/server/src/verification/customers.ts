import type { Core } from '@strapi/strapi';
import { zoneOf, type Day } from '../calendar/zone';
import { tablesOf } from '../database';
import { organisationOf } from '../organisation/organisation';
import { policyOf } from '../policy';
import { CUSTOMER, resolveAttribute } from '../policy/attribute-path';
import { standingOf, type FactState, type Finding } from './facts';
import { VERIFICATIONS, type Outcome, type VerificationRow } from './models';

/** A customer as it is stored: masks of what is protected. */
export interface CustomerRow extends Record<string, unknown> {
  id: number;
  documentId: string;
  owner?: { id: number; displayName: string } | null;
  department?: { name: string } | null;
}

export interface FactView {
  attribute: string;
  /** The mask of a protected one. */
  value: string;
  state: FactState;
  until: Day | null;
  last: { at: string; method: string; outcome: Outcome; by: string | null } | null;
}

/** So many of the newest verifications are shown. */
const SHOWN = 20;

/** The facts of customers and how they stand. */
export function createCustomerFacts(strapi: Core.Strapi) {
  const policy = () => policyOf(strapi).get().verification;
  const dayAt = (now: Date): Day => zoneOf(policyOf(strapi).get().calendar.timezone).dayAt(now);

  /** Names of the attributes that the policy has verified. */
  const names = (): string[] => policy().facts.map((path) => resolveAttribute(path).attribute);

  const columns = (): string[] => {
    const { attributes } = strapi.db.metadata.get(CUSTOMER) as unknown as {
      attributes: Record<string, { columnName?: string }>;
    };
    return names().map((name) => attributes[name]?.columnName ?? name);
  };

  /** Those of a customer that have a value. */
  const filled = (row: Record<string, unknown>): string[] =>
    names().filter((name) => row[name] !== null && row[name] !== undefined && row[name] !== '');

  /** Of each customer, fact and outcome the latest that still says something of the value on file. */
  const latest = async (documentIds: readonly string[]): Promise<VerificationRow[]> => {
    const tables = await tablesOf(strapi);
    const ids = tables(VERIFICATIONS)
      .max('id')
      .whereIn('document_id', [...documentIds])
      .whereNull('voided_at')
      .groupBy('document_id', 'attribute', 'outcome');
    return tables(VERIFICATIONS).whereIn('id', ids).orderBy('id');
  };

  const findingsOf = (
    rows: readonly VerificationRow[],
    documentId: string,
    attribute: string
  ): Finding[] =>
    rows
      .filter((row) => row.document_id === documentId && row.attribute === attribute)
      .map(({ outcome, id, at }) => ({ outcome, id, on: dayAt(new Date(Number(at))) }));

  return {
    names,
    columns,
    filled,
    dayAt,

    /** How the filled facts of customers stand, by documentId. */
    async of(rows: readonly CustomerRow[], now: Date): Promise<Map<string, FactView[]>> {
      const found = await latest(rows.map(({ documentId }) => documentId));
      const people = await organisationOf(strapi).byIds(found.map(({ staff_id: id }) => id));
      const today = dayAt(now);
      const { everyMonths } = policy();
      return new Map(
        rows.map((row) => [
          row.documentId,
          filled(row).map((attribute): FactView => {
            const own = found.filter(
              (each) => each.document_id === row.documentId && each.attribute === attribute
            );
            const last = own.at(-1);
            return {
              attribute,
              value: String(row[attribute]),
              ...standingOf(findingsOf(found, row.documentId, attribute), everyMonths, today),
              last: last
                ? {
                    at: new Date(Number(last.at)).toISOString(),
                    method: last.method,
                    outcome: last.outcome,
                    by: people.get(last.staff_id)?.displayName ?? null,
                  }
                : null,
            };
          }),
        ])
      );
    },

    /** The newest verifications of a customer, also those that a change has made void. */
    async history(documentId: string) {
      const rows = (await (
        await tablesOf(strapi)
      )(VERIFICATIONS)
        .where({ document_id: documentId })
        .orderBy('id', 'desc')
        .limit(SHOWN)) as VerificationRow[];
      const people = await organisationOf(strapi).byIds(rows.map(({ staff_id: id }) => id));
      return rows.map((row) => ({
        id: row.id,
        attribute: row.attribute,
        method: row.method,
        outcome: row.outcome,
        at: new Date(Number(row.at)).toISOString(),
        by: people.get(row.staff_id)?.displayName ?? null,
        sample: row.period !== null,
        voidedAt: row.voided_at === null ? null : new Date(Number(row.voided_at)).toISOString(),
      }));
    },
  };
}

export type CustomerFacts = ReturnType<typeof createCustomerFacts>;
