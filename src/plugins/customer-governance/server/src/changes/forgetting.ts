import type { Core } from '@strapi/strapi';
import { approvalsOf } from '../approvals/approvals';
import { chunks } from '../database';
import { governedOperation } from '../operation';
import { vaultOf } from '../vault/vault';
import { CHANGE, CHANGE_REQUEST, type ChangeRow, type Shown } from './change-request';

type Stored = Pick<ChangeRow, 'id' | 'documentId' | 'state' | 'attributes' | 'before' | 'after'>;

const IDS_PER_QUERY = 500;

/** What becomes of change requests with their records: masks stand in them, so they give up what is destroyed. */
export function createForgetting(strapi: Core.Strapi) {
  const query = () => strapi.db.query(CHANGE_REQUEST);

  const of = (type: string, documentIds: readonly string[]): Promise<Stored[]> =>
    query().findMany({
      select: ['id', 'documentId', 'state', 'attributes', 'before', 'after'],
      where: { recordType: type, recordId: { $in: [...documentIds] } },
    });

  /** Removes requests; what was still to be decided is decided no more. */
  const remove = async (rows: readonly Stored[]) => {
    for (const row of rows.filter(({ state }) => state === 'pending')) {
      await approvalsOf(strapi).cancel(CHANGE, row.documentId);
      await vaultOf(strapi).pending.forget(row.documentId);
    }
    for (const part of chunks(rows, IDS_PER_QUERY)) {
      await governedOperation('change', () =>
        query().deleteMany({ where: { id: { $in: part.map(({ id }) => id) } } })
      );
    }
  };

  /** A decided request goes on to name the attributes; one that is still to be decided proposes the others. */
  const strip = (row: Stored, gone: ReadonlySet<string>) => {
    const left = row.attributes.filter((name) => !gone.has(name));
    const without = (shown: Record<string, Shown>) =>
      Object.fromEntries(Object.entries(shown).filter(([name]) => !gone.has(name)));
    return governedOperation('change', () =>
      query().update({
        where: { id: row.id },
        data: {
          attributes: row.state === 'pending' ? left : row.attributes,
          before: without(row.before),
          after: without(row.after),
        },
      })
    );
  };

  return {
    /** Whether a change of one of the records waits for its approval. */
    hasPending: async (type: string, documentIds: readonly string[]): Promise<boolean> =>
      (await query().count({
        where: { recordType: type, recordId: { $in: [...documentIds] }, state: 'pending' },
      })) > 0,

    /** Lets the history of a record go on as that of another one, of which it has become part. */
    moveRecords: (type: string, from: string, to: string): Promise<unknown> =>
      governedOperation('change', () =>
        query().updateMany({ where: { recordType: type, recordId: from }, data: { recordId: to } })
      ),

    /** Removes the change requests of records that are gone. */
    async forgetRecords(type: string, documentIds: readonly string[]): Promise<void> {
      for (const part of chunks(documentIds, IDS_PER_QUERY)) await remove(await of(type, part));
    },

    /**
     * Takes attributes that are destroyed out of the change requests of their records. One that is still to be decided and
     * proposes nothing else ends.
     */
    async forgetAttributes(
      type: string,
      documentIds: readonly string[],
      attributes: readonly string[]
    ): Promise<void> {
      const gone = new Set(attributes);
      for (const part of chunks(documentIds, IDS_PER_QUERY)) {
        const rows = (await of(type, part)).filter((row) =>
          row.attributes.some((name) => gone.has(name))
        );
        const ends = (row: Stored) =>
          row.state === 'pending' && row.attributes.every((name) => gone.has(name));
        await remove(rows.filter(ends));
        for (const row of rows) if (!ends(row)) await strip(row, gone);
      }
    },
  };
}
