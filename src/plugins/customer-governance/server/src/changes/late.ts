import type { Core } from '@strapi/strapi';
import { auditOf } from '../audit/audit';
import { inTransaction, tablesOf } from '../database';
import { CHANGE_REQUEST, CHANGE_TABLE, type ChangeRow } from './change-request';

const BATCH = 100;

/**
 * Notes each change that nobody decided in the policy's time in the log, once. Each is marked under the condition that it
 * was not yet, so that the job may be killed at any point and run twice.
 * @returns how many were noted.
 */
export async function noteLate(strapi: Core.Strapi, now: Date): Promise<number> {
  let noted = 0;
  for (;;) {
    const rows = (await strapi.db.query(CHANGE_REQUEST).findMany({
      where: { state: 'pending', lateNotedAt: null, lateAt: { $lte: now.toISOString() } },
      orderBy: 'id',
      limit: BATCH,
    })) as ChangeRow[];
    for (const row of rows) noted += Number(await note(strapi, row, now));
    if (rows.length < BATCH) return noted;
  }
}

const note = (strapi: Core.Strapi, row: ChangeRow, now: Date): Promise<boolean> =>
  inTransaction(strapi, async () => {
    const marked = await (
      await tablesOf(strapi)
    )(CHANGE_TABLE)
      .where({ id: row.id, state: 'pending', late_noted_at: null })
      .update({ late_noted_at: now });
    if (marked !== 1) return false;
    await auditOf(strapi).append({
      action: 'change.late',
      recordType: row.recordType,
      recordIds: [row.recordId],
      attributes: row.attributes,
      requestId: row.documentId,
    });
    return true;
  });
