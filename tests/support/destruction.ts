import { randomBytes } from 'node:crypto';
import type { BootedApp } from './app';
import { CUSTOMER } from './company';
import type { Row } from './retention';

const ORDERS = 'governance_destruction_orders';
const ITEMS = 'governance_destruction_items';

/**
 * An order that two people have confirmed, as far as its execution knows of it, written into the tables.
 * @param attributes paths such as `customer.residentId`; without them whole customers go.
 * @returns its documentId.
 */
export async function executingOrder(
  { strapi }: Pick<BootedApp, 'strapi'>,
  customers: ReadonlyArray<Pick<Row, 'documentId'>>,
  attributes: string[] | null = null
): Promise<string> {
  const connection = strapi.db.connection;
  const documentId = randomBytes(12).toString('hex');
  const now = new Date();
  const [{ id }] = await connection(ORDERS)
    .insert({
      document_id: documentId,
      number: `D-2026-${randomBytes(4).toString('hex')}`,
      reason: 'The retention period is over',
      method: 'sealed-data',
      state: 'executing',
      attributes: attributes && JSON.stringify(attributes),
      count: customers.length,
      created_at: now,
      updated_at: now,
      published_at: now,
    })
    .returning('id');
  const suffix = attributes ? `#${attributes.join(',')}` : '';
  const rows = customers.map((customer) => ({
    order_id: id,
    record_type: CUSTOMER,
    document_id: customer.documentId,
    state: 'listed',
    open_key: `${customer.documentId}${suffix}`,
  }));
  for (let at = 0; at < rows.length; at += 400)
    await connection(ITEMS).insert(rows.slice(at, at + 400));
  return documentId;
}
