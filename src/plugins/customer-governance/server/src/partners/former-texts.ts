import type { Core } from '@strapi/strapi';
import { chunks, inTransaction, tablesOf } from '../database';
import { PARTNER, partnersOf } from './partners';

const CUSTOMERS = 'governance_customers';
/** Where the texts wait while Strapi takes their column away. */
const KEPT = 'governance_former_partner_texts';
const NAMES_PER_QUERY = 200;

/**
 * Partners were a text of the customer once. Strapi drops the column when it makes the relation, so the texts are put aside
 * before and become partners after it: candidates, whom somebody has to qualify. Killed in between, the next start goes on.
 */
export function keepFormerPartners(strapi: Core.Strapi): void {
  strapi.hook('strapi::content-types.beforeSync').register(() => putAside(strapi));
  strapi.hook('strapi::content-types.afterSync').register(() => makePartners(strapi));
}

/** The name of a table as a statement of our own has it: in the configured schema, where there is one. */
const placeOf = (strapi: Core.Strapi, table: string): string =>
  [strapi.db.getSchemaName() ?? [], table]
    .flat()
    .map((part) => `"${part}"`)
    .join('.');

async function putAside(strapi: Core.Strapi): Promise<void> {
  if (!(await strapi.db.getSchemaConnection().hasTable(CUSTOMERS))) return;
  if (!(await strapi.db.getSchemaConnection().hasColumn(CUSTOMERS, 'partner'))) return;
  if (await strapi.db.getSchemaConnection().hasTable(KEPT)) return;
  await strapi.db.connection.raw(
    `CREATE TABLE ${placeOf(strapi, KEPT)} AS SELECT id AS customer_id, trim(partner) AS name ` +
      `FROM ${placeOf(strapi, CUSTOMERS)} WHERE trim(partner) <> ''`
  );
}

async function makePartners(strapi: Core.Strapi): Promise<void> {
  if (!(await strapi.db.getSchemaConnection().hasTable(KEPT))) return;
  await inTransaction(strapi, async () => {
    const tables = await tablesOf(strapi);
    const names = ((await tables(KEPT).distinct('name')) as Array<{ name: string }>).map(
      ({ name }) => name
    );
    for (const part of chunks(names, NAMES_PER_QUERY)) {
      const known = await partnersOf(strapi).idsByName(part);
      const missing = part.filter((name) => !known.has(name));
      const publishedAt = new Date();
      if (missing.length > 0)
        await strapi.db.query(PARTNER).createMany({
          data: missing.map((name) => ({ name, kind: 'other', state: 'candidate', publishedAt })),
        });
      const partners = await partnersOf(strapi).idsByName(part);
      for (const [name, id] of partners) {
        await tables(CUSTOMERS)
          .whereIn('id', tables(KEPT).select('customer_id').where({ name }))
          .whereNull('partner_id')
          .update({ partner_id: id });
      }
    }
  });
  await strapi.db.getSchemaConnection().dropTable(KEPT);
}
