import type { Core } from '@strapi/strapi';
import { fromJson, tablesOf } from '../database';
import { GRANT_RECORDS_TABLE, REQUEST } from './models';

/** States in which a request goes on to be decided or changed. */
const OPEN = ['draft', 'submitted', 'in-review', 'returned'];

/**
 * Lets grants over a record, and requests that are not decided yet, be over another one that it has become part of, in the
 * running transaction. @returns how many grants.
 */
export async function moveRecord(
  strapi: Core.Strapi,
  type: string,
  from: string,
  to: string
): Promise<number> {
  const tables = await tablesOf(strapi);
  const over = (documentId: string) => ({ record_type: type, document_id: documentId });
  const both = tables(GRANT_RECORDS_TABLE).select('grant_id').where(over(to));
  await tables(GRANT_RECORDS_TABLE).where(over(from)).whereIn('grant_id', both).delete();
  const moved = await tables(GRANT_RECORDS_TABLE).where(over(from)).update({ document_id: to });

  const { tableName } = strapi.db.metadata.get(REQUEST);
  const requests = (await tables(tableName)
    .select('id', 'records')
    .where({ record_type: type })
    .whereIn('state', OPEN)
    .whereRaw('CAST(?? AS text) LIKE ?', ['records', `%"${from}"%`])) as Array<{
    id: number;
    records: string[] | string;
  }>;
  for (const { id, records } of requests) {
    const renamed = fromJson<string[]>(records).map((record) => (record === from ? to : record));
    await tables(tableName)
      .where({ id })
      .update({ records: JSON.stringify([...new Set(renamed)]) });
  }
  return Number(moved);
}
