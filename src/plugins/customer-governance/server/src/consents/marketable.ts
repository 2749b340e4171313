import type { Core } from '@strapi/strapi';
import type { Knex } from 'knex';
import { tablesOf, type Tables } from '../database';
import { CUSTOMER } from '../policy/attribute-path';
import type { Channel } from './channels';
import { NOTICES_TABLE } from './notices/models';

/** Somebody who may be contacted: by the filing number and masks, which need no purpose. */
export interface MarketableCustomer {
  id: number;
  documentId: string;
  filingNumber: string | null;
  name: string | null;
  companyName: string | null;
}

/**
 * Row ids of the customers who agreed to marketing by a channel and did not take it back, whose consent has neither run out nor
 * lost its notice, and who are in ordinary use. As a query, to stand within another: who withdraws is out of it in that moment.
 */
export function marketableWithin(tables: Tables, channel: Channel, now: Date): Knex.QueryBuilder {
  return tables('governance_consents as agreed')
    .join('governance_purposes as purpose', 'purpose.id', 'agreed.purpose_id')
    .join('governance_customers as customer', 'customer.id', 'agreed.customer_id')
    .leftJoin(`${NOTICES_TABLE} as notice`, 'notice.id', 'agreed.notice_id')
    .select('agreed.customer_id')
    .where({
      'agreed.state': 'given',
      'agreed.scope': 'marketing',
      'purpose.active': true,
      'customer.stage': 'active',
    })
    .where((by: Knex.QueryBuilder) =>
      by.whereNull('agreed.channel').orWhereIn('agreed.channel', [...new Set(['any', channel])])
    )
    .where((term: Knex.QueryBuilder) =>
      term.whereNull('agreed.expires_at').orWhere('agreed.expires_at', '>', now)
    )
    .where((relied: Knex.QueryBuilder) =>
      relied.whereNull('notice.relied_until').orWhere('notice.relied_until', '>', now)
    );
}

interface Asked {
  channel: Channel;
  /** A filter of the customers in sight; `null` when none is. */
  sight: Record<string, unknown> | null;
  cursor: number | null;
  limit: number;
}

/** A page of them, in the order of their files. */
export async function marketablePage(
  strapi: Core.Strapi,
  { channel, sight, cursor, limit }: Asked,
  now: Date
): Promise<MarketableCustomer[]> {
  if (!sight) return [];
  const ids = marketableWithin(await tablesOf(strapi), channel, now);
  return strapi.db.query(CUSTOMER).findMany({
    select: ['id', 'documentId', 'filingNumber', 'name', 'companyName'],
    where: { $and: [sight, { id: { $in: ids } }, { id: { $gt: cursor ?? 0 } }] },
    orderBy: 'id',
    limit,
  });
}
