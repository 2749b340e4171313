import type { Core } from '@strapi/strapi';
import type { Knex } from 'knex';
import { customersInSightOf } from '../../customers/visibility';
import { tablesOf, type Tables } from '../../database';
import { policyOf, type LocalText } from '../../policy';
import { CUSTOMER, resolveType } from '../../policy/attribute-path';
import type { ConsentScope } from '../scopes';
import { NOTICES_TABLE } from './models';

const CONSENT = resolveType('consent');

/** Somebody who agreed to an earlier version, and has not answered to the one that is shown now. */
export interface MissingCustomer {
  id: number;
  documentId: string;
  filingNumber: string | null;
  /** Masks. */
  name: string | null;
  companyName: string | null;
  owner: string | null;
  department: string | null;
  /** What has to be asked again. */
  asked: Array<{ purpose: { code: string; name: LocalText } | null; scope: ConsentScope }>;
  /** Until when the first of them is relied on. */
  reliedUntil: string | null;
}

interface CustomerRow extends Omit<MissingCustomer, 'owner' | 'department' | 'asked'> {
  owner?: { displayName: string } | null;
  department?: { name: string } | null;
}
interface ConsentRow {
  scope: ConsentScope;
  customer?: { id: number } | null;
  purpose?: { id: number; code: string; name: string } | null;
  notice?: { reliedUntil: string | null } | null;
}

/**
 * Consents under versions of a notice that say something else than the one of now, whose customers have not answered since for
 * the same purpose and scope: neither agreed nor refused. As a query, to stand within another.
 */
function missingConsents(tables: Tables, code: string, now: Date): Knex.QueryBuilder {
  const answers = tables('governance_consents as answered')
    .join(`${NOTICES_TABLE} as current`, 'current.id', 'answered.notice_id')
    .select('answered.id')
    .where({ 'current.code': code })
    .whereNull('current.relied_until')
    .whereRaw('answered.customer_id = agreed.customer_id')
    .whereRaw('answered.purpose_id = agreed.purpose_id')
    .whereRaw('answered.scope = agreed.scope');
  return tables('governance_consents as agreed')
    .join(`${NOTICES_TABLE} as earlier`, 'earlier.id', 'agreed.notice_id')
    .where({ 'earlier.code': code, 'earlier.state': 'replaced', 'agreed.state': 'given' })
    .whereNotNull('earlier.relied_until')
    .where((term: Knex.QueryBuilder) =>
      term.whereNull('agreed.expires_at').orWhere('agreed.expires_at', '>', now)
    )
    .whereNotExists(answers);
}

/** Who has yet to answer to the version of a notice that is shown now [COL-4]. */
export function createMissing(strapi: Core.Strapi) {
  const whereOf = async (code: string, ability: unknown, now: Date) => {
    const sight = customersInSightOf(strapi, ability);
    if (!sight) return null;
    const missing = missingConsents(await tablesOf(strapi), code, now).select('agreed.customer_id');
    return { $and: [sight, { id: { $in: missing } }] };
  };

  /** What each of the customers is to be asked again. */
  const askedOf = async (code: string, ids: readonly number[], now: Date) => {
    const tables = await tablesOf(strapi);
    const missing = missingConsents(tables, code, now)
      .whereIn('agreed.customer_id', [...ids])
      .select('agreed.id');
    const rows: ConsentRow[] = await strapi.db.query(CONSENT).findMany({
      where: { id: { $in: missing } },
      populate: {
        customer: { select: ['id'] },
        purpose: { select: ['id', 'code', 'name'] },
        notice: { select: ['reliedUntil'] },
      },
      orderBy: 'id',
    });
    const byCustomer = new Map<number, ConsentRow[]>(ids.map((id) => [id, []]));
    for (const row of rows) byCustomer.get(row.customer?.id ?? 0)?.push(row);
    return byCustomer;
  };

  return {
    /** How many of them an admin user with this ability may read. */
    async count(code: string, ability: unknown, now: Date): Promise<number> {
      const where = await whereOf(code, ability, now);
      return where ? strapi.db.query(CUSTOMER).count({ where }) : 0;
    },

    /** A page of them, in the order of their files. @param cursor the id of the last one of the page before. */
    async page(
      code: string,
      ability: unknown,
      cursor: number | null,
      limit: number,
      now: Date
    ): Promise<MissingCustomer[]> {
      const where = await whereOf(code, ability, now);
      if (!where) return [];
      const customers: CustomerRow[] = await strapi.db.query(CUSTOMER).findMany({
        select: ['id', 'documentId', 'filingNumber', 'name', 'companyName'],
        where: cursor === null ? where : { $and: [where, { id: { $gt: cursor } }] },
        populate: { owner: { select: ['displayName'] }, department: { select: ['name'] } },
        orderBy: 'id',
        limit,
      });
      const asked = await askedOf(
        code,
        customers.map(({ id }) => id),
        now
      );
      return customers.map((customer) => viewOf(strapi, customer, asked.get(customer.id) ?? []));
    },

    /** Row ids of the staff who own such customers. */
    async owners(code: string, now: Date): Promise<number[]> {
      const tables = await tablesOf(strapi);
      const missing = missingConsents(tables, code, now).select('agreed.customer_id');
      const rows = (await tables('governance_customers')
        .distinct('owner_id')
        .whereNotNull('owner_id')
        .whereIn('id', missing as never)) as Array<{ owner_id: number }>;
      return rows.map(({ owner_id: owner }) => owner);
    },
  };
}

export type Missing = ReturnType<typeof createMissing>;

function viewOf(
  strapi: Core.Strapi,
  { owner, department, ...customer }: CustomerRow,
  consents: readonly ConsentRow[]
): MissingCustomer {
  const asked = new Map<string, MissingCustomer['asked'][number]>();
  for (const { purpose, scope } of consents) {
    asked.set(`${purpose?.code} ${scope}`, {
      purpose: policyOf(strapi).purposeView(purpose),
      scope,
    });
  }
  const ends = consents.flatMap(({ notice }) => notice?.reliedUntil ?? []).sort();
  return {
    id: customer.id,
    documentId: customer.documentId,
    filingNumber: customer.filingNumber,
    name: customer.name,
    companyName: customer.companyName,
    owner: owner?.displayName ?? null,
    department: department?.name ?? null,
    asked: [...asked.values()],
    reliedUntil: ends[0] ?? null,
  };
}
