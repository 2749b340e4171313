import type { Core } from '@strapi/strapi';
import { CUSTOMER } from '../policy/attribute-path';
import { tablesOf } from '../database';
import { SEQUENCES } from './models';

/**
 * The next number of a sequence, in the running transaction: the row of the scope stays locked until it ends, so numbers
 * are drawn one after the other, also by several instances, and one that is rolled back is drawn again.
 * @param numberOf the filing number for a place in the sequence. One that stands already, from a time with another rule, is
 * passed over.
 */
export async function drawNumber(
  strapi: Core.Strapi,
  scope: string,
  numberOf: (sequence: number) => string
): Promise<string> {
  const { tableName } = strapi.db.metadata.get(CUSTOMER);
  for (;;) {
    const number = numberOf(await drawn(strapi, scope));
    const [taken] = (await (
      await tablesOf(strapi)
    )(tableName)
      .select('id')
      .where({ filing_number: number })
      .limit(1)) as unknown[];
    if (!taken) return number;
  }
}

async function drawn(strapi: Core.Strapi, scope: string): Promise<number> {
  const tables = await tablesOf(strapi);
  const next = strapi.db.connection.raw('?? + 1', [`${SEQUENCES}.last`]);
  const rows = (await tables(SEQUENCES)
    .insert({ scope, last: 1 })
    .onConflict('scope')
    .merge({ last: next })
    .returning('last')) as Array<{ last: number }>;
  return Number(rows[0]?.last);
}
