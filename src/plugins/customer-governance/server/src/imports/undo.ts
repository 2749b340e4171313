import type { Core } from '@strapi/strapi';
import { auditOf } from '../audit/audit';
import { inTransaction } from '../database';
import { governedOperation } from '../operation';
import { retentionOf } from '../retention/retention';
import { vaultOf } from '../vault/vault';
import type { Hold } from './execution';
import type { Rows } from './rows';
import type { RunRow } from './runs';
import { CUSTOMER, UNDO_OPERATION } from './uids';

const BATCH = 200;

/** A customer with an import's filing state; a project without filing knows numbers alone. */
interface Imported {
  documentId: string;
  filingNumber: string | null;
  filingState?: string | null;
  createdAt: string;
  updatedAt: string;
}

const NOT_FILED = new Set(['entered', 'returned']);

/** Takes back what an import has written, as long as nobody has built on it. */
export function createUndo(strapi: Core.Strapi, rows: Rows) {
  const isUntouched = (customer: Imported): boolean =>
    customer.filingNumber === null &&
    (customer.filingState === undefined ||
      customer.filingState === null ||
      NOT_FILED.has(customer.filingState)) &&
    new Date(customer.updatedAt).getTime() === new Date(customer.createdAt).getTime();

  /** Of these customers, those that are as the import left them, and that no hold covers. */
  const removable = async (documentIds: readonly string[]): Promise<string[]> => {
    const found = (await strapi.db
      .query(CUSTOMER)
      .findMany({ where: { documentId: { $in: [...documentIds] } } })) as Imported[];
    const untouched = found.filter(isUntouched).map(({ documentId }) => documentId);
    const busy = await retentionOf(strapi).withDependents(untouched);
    return untouched.filter((id) => !busy.has(id));
  };

  return {
    /** Goes on where it stands; @param hold see there. */
    async run(run: RunRow, hold: Hold): Promise<void> {
      for (;;) {
        const batch = await rows.page(run.id, 'run', run.position, BATCH, ['good']);
        const last = batch.at(-1);
        if (!last) return;
        const counts = run.undoCounts ?? { removed: 0, kept: 0 };
        const ids = batch.flatMap(({ recordId }) => recordId ?? []);
        let gone: string[] = [];
        await governedOperation(UNDO_OPERATION, () =>
          inTransaction(strapi, async () => {
            gone = await removable(ids);
            const removed = new Set(gone);
            counts.removed += gone.length;
            counts.kept += batch.length - gone.length;
            await hold({ position: last.row, undoCounts: counts });
            await rows.mark(
              run.id,
              'run',
              batch.filter(({ recordId }) => removed.has(recordId ?? '')).map(({ row }) => row),
              'removed'
            );
            await rows.mark(
              run.id,
              'run',
              batch.filter(({ recordId }) => !removed.has(recordId ?? '')).map(({ row }) => row),
              'kept'
            );
            if (gone.length === 0) return;
            await retentionOf(strapi).removeCustomers(gone);
            await auditOf(strapi).append({
              action: 'record.delete',
              recordType: CUSTOMER,
              recordIds: gone,
              details: { operation: UNDO_OPERATION },
            });
          })
        );
        // The keys go when the deletion is certain; should it fail here, the orphan sweep takes them.
        if (gone.length > 0) await vaultOf(strapi).removeKeys(CUSTOMER, gone);
        run.position = last.row;
        run.undoCounts = counts;
      }
    },
  };
}

export type Undo = ReturnType<typeof createUndo>;
