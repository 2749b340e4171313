import type { Core } from '@strapi/strapi';
import { connectionOf, isPostgres } from '../../database';
import type { Verdict } from './due-date';
import type { FactsRow } from './facts-reader';
import { CUSTOMER } from '../uids';

export interface DueDateChange {
  row: FactsRow;
  verdict: Verdict;
}

// A row that was written since it was read has reckoned by itself.
const ON_SQLITE = `
  update ?? as customer
  set retention_due_on = verdict.value ->> 3, retention_reason = verdict.value ->> 4
  from json_each(?) as verdict
  where customer.id = verdict.value ->> 0
    and customer.updated_at is verdict.value ->> 1
    and customer.retention_due_on is verdict.value ->> 2`;
const ON_POSTGRES = `
  update ?? as customer
  set retention_due_on = (verdict.value ->> 3)::date, retention_reason = verdict.value ->> 4
  from jsonb_array_elements(?::jsonb) as verdict
  where customer.id = (verdict.value ->> 0)::int
    and round(date_part('epoch', customer.updated_at) * 1000)
      is not distinct from (verdict.value ->> 1)::float8
    and customer.retention_due_on is not distinct from (verdict.value ->> 2)::date`;

/**
 * Writes the due dates of many customers in one statement. They hang on what the log already tells of, and are nothing
 * personal, so they leave no entry each.
 * @returns how many were written; a row that changed meanwhile is left alone.
 */
export async function writeDueDates(
  strapi: Core.Strapi,
  changes: readonly DueDateChange[]
): Promise<number> {
  if (changes.length === 0) return 0;
  const schema = strapi.db.getSchemaName();
  const { tableName } = strapi.db.metadata.get(CUSTOMER);
  const table = schema ? `${schema}.${tableName}` : tableName;
  const values = changes.map(({ row, verdict }) => [
    row.id,
    row.updated,
    row.dueOn,
    verdict.retentionDueOn,
    verdict.retentionReason,
  ]);
  const connection = await connectionOf(strapi);
  const answer = (await connection.raw(isPostgres(strapi) ? ON_POSTGRES : ON_SQLITE, [
    table,
    JSON.stringify(values),
  ])) as { rowCount?: number; changes?: number };
  return answer.rowCount ?? answer.changes ?? 0;
}
