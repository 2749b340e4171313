import type { Core } from '@strapi/strapi';
import { chunks } from '../database';
import { policyOf } from '../policy';
import { CHANGE_REQUEST, type ChangeRow } from './change-request';

type Applied = Pick<ChangeRow, 'recordType' | 'recordId' | 'attributes'>;

const DAY_MS = 24 * 60 * 60 * 1000;
const IDS_PER_QUERY = 500;

const keyOf = (row: Applied, attribute: string) => `${row.recordType} ${row.recordId} ${attribute}`;

/**
 * How often the attributes of records were changed within the days that the policy counts; asked in one query for any
 * number of records.
 * @returns the number of applied changes of one attribute of one record.
 */
export async function appliedChanges(
  strapi: Core.Strapi,
  recordIds: readonly string[],
  now: Date
): Promise<(row: Applied, attribute: string) => number> {
  const since = new Date(now.getTime() - policyOf(strapi).get().changes.alert.days * DAY_MS);
  const counts = new Map<string, number>();
  for (const part of chunks([...new Set(recordIds)], IDS_PER_QUERY)) {
    const rows = (await strapi.db.query(CHANGE_REQUEST).findMany({
      select: ['recordType', 'recordId', 'attributes'],
      where: { recordId: { $in: part }, state: 'applied', decidedAt: { $gt: since.toISOString() } },
    })) as Applied[];
    for (const row of rows) {
      for (const attribute of row.attributes) {
        const key = keyOf(row, attribute);
        counts.set(key, (counts.get(key) ?? 0) + 1);
      }
    }
  }
  return (row, attribute) => counts.get(keyOf(row, attribute)) ?? 0;
}
