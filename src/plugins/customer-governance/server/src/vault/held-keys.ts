import type { KeyStore } from './key-store';
import { forbidden } from '../refusal';

/** Answers which of the records must keep their keys. */
export type KeyKeeper = (
  type: string,
  documentIds: readonly string[]
) => Promise<ReadonlySet<string>>;

/** Of these records, those whose keys any keeper keeps. */
export async function keptKeys(
  keepers: readonly KeyKeeper[],
  type: string,
  documentIds: readonly string[]
): Promise<ReadonlySet<string>> {
  const kept = new Set<string>();
  for (const keeper of keepers) for (const id of await keeper(type, documentIds)) kept.add(id);
  return kept;
}

/**
 * The key store, which asks the keepers before any key of a record goes. It is another database than that of the records,
 * where a trigger could stand in the way: this is the last line.
 */
export function askBeforeKeysGo(store: KeyStore, keepers: readonly KeyKeeper[]): KeyStore {
  const assertNoneKept = async (type: string, documentIds: readonly string[]) => {
    const { size } = await keptKeys(keepers, type, documentIds);
    if (size === 0) return;
    throw forbidden(
      `A legal hold keeps the keys of ${size} of these records, so none of them was destroyed. Release the hold first.`
    );
  };
  return {
    ...store,
    async removeDataKeys(type, documentIds) {
      await assertNoneKept(type, documentIds);
      return store.removeDataKeys(type, documentIds);
    },
    async replaceDataKeys(type, rows, tombstones) {
      await assertNoneKept(
        type,
        rows.map((row) => row.document_id)
      );
      return store.replaceDataKeys(type, rows, tombstones);
    },
    async destroyDataKeys(tombstones) {
      for (const type of new Set(tombstones.map((row) => row.record_type))) {
        const ids = tombstones.filter((row) => row.record_type === type);
        await assertNoneKept(
          type,
          ids.map((row) => row.document_id)
        );
      }
      return store.destroyDataKeys(tombstones);
    },
  };
}
