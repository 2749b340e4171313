import type { Place } from '../database-place';
import { openKeyDatabase } from './key-database';

const EPOCHS = 'governance_epochs';

/** The secret of an epoch, at one place. */
export interface EpochRow {
  /** Of which installation; several may share a place. */
  store_id: string;
  id: number;
  secret: Buffer;
  created_at: string;
}

/** Overwritten, and not yet removed. */
export const isWiped = (row: EpochRow): boolean => row.secret.every((byte) => byte === 0);

/** One place of epoch secrets: the store itself, or its copy. No backup holds either. */
export function createEpochStore(place: Place) {
  const database = openKeyDatabase(place);
  const { table } = database;

  return {
    async create(): Promise<void> {
      await database.prepare();
      if (await database.builder().hasTable(EPOCHS)) return;
      try {
        await database.builder().createTable(EPOCHS, (t) => {
          t.string('store_id', 60).notNullable();
          t.integer('id').notNullable();
          t.binary('secret').notNullable();
          t.string('created_at', 30).notNullable();
          t.primary(['store_id', 'id']);
        });
      } catch (error) {
        // Another instance that starts at the same moment has made it.
        if (!(await database.builder().hasTable(EPOCHS))) throw error;
      }
    },

    /** Whether there is such a place. Asking never makes one. */
    async exists(): Promise<boolean> {
      return database.present() && (await database.builder().hasTable(EPOCHS));
    },

    /** Oldest first; what was wiped and not yet removed is among them. */
    async rows(storeId: string): Promise<EpochRow[]> {
      return table(EPOCHS).where({ store_id: storeId }).orderBy('id');
    },

    /** First writer wins. */
    async addOnce(row: EpochRow): Promise<void> {
      await table(EPOCHS).insert(row).onConflict(['store_id', 'id']).ignore();
    },

    /**
     * Destroys secrets: overwrites them, has what lay beneath leave the files, then removes the rows. The row stays until
     * that is done, so that a killed run is seen and goes on.
     * @returns those that this call has removed.
     */
    async destroy(storeId: string, ids: readonly number[]): Promise<number[]> {
      if (ids.length === 0) return [];
      const rows = () => table(EPOCHS).where({ store_id: storeId });
      await rows()
        .whereIn('id', [...ids])
        .update({ secret: Buffer.alloc(32) });
      await database.purge(EPOCHS);
      const removed: number[] = [];
      for (const id of ids) if ((await rows().where({ id }).delete()) > 0) removed.push(id);
      return removed;
    },

    close: () => database.knex.destroy(),
  };
}

export type EpochStore = ReturnType<typeof createEpochStore>;
