import type { Core } from '@strapi/strapi';
import { auditOf } from '../../audit/audit';
import { inTransaction } from '../../database';
import { governedOperation } from '../../operation';
import { notificationsOf } from '../../notifications/notifications';
import { organisationOf } from '../../organisation/organisation';
import type { Day } from '../due/due-date';
import { HOLD, OPERATIONS } from '../uids';

export const HOLD_KIND = 'hold';
const BATCH = 100;

interface Reviewed {
  id: number;
  documentId: string;
  issuer: { id: number } | null;
}

/**
 * Tells of holds whose review date has come, of each once: the issuer, and the information department, which keeps them
 * all. @returns how many.
 */
export async function remindOfReviews(strapi: Core.Strapi, today: Day, now: Date): Promise<number> {
  const remindBatch = () =>
    inTransaction(strapi, async () => {
      const holds = (await strapi.db.query(HOLD).findMany({
        select: ['id', 'documentId'],
        where: { state: 'active', reviewOn: { $lte: today }, remindedAt: { $null: true } },
        populate: { issuer: { select: ['id'] } },
        orderBy: 'id',
        limit: BATCH,
      })) as Reviewed[];
      if (holds.length === 0) return 0;
      await governedOperation(OPERATIONS.holds, () =>
        strapi.db.query(HOLD).updateMany({
          where: { id: { $in: holds.map(({ id }) => id) } },
          data: { remindedAt: now },
        })
      );
      const department = await organisationOf(strapi).inFunction('information');
      await notificationsOf(strapi).announce(
        'hold-review',
        holds.map(({ documentId, issuer }) => ({
          kind: HOLD_KIND,
          requestId: documentId,
          recipients: [...(issuer ? [issuer.id] : []), ...department.map(({ id }) => id)],
        })),
        now
      );
      await auditOf(strapi).append(
        holds.map(({ documentId }) => ({
          action: 'hold.remind' as const,
          details: { hold: documentId },
        }))
      );
      return holds.length;
    });

  for (let told = 0; ;) {
    const count = await remindBatch();
    told += count;
    if (count < BATCH) return told;
  }
}
