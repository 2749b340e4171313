import type { Core } from '@strapi/strapi';
import { tablesOf } from '../database';
import { open, seal, SealBroken } from './cipher';
import type { Identities } from './identities';
import { attributesOfTombstone } from './key-store';
import type { Keyring } from './keyring';
import { LOOKUP_TABLE, PENDING_TABLE, SEALED_TABLE } from './models';
import { proposalPlace } from './pending';
import { sealedPlace } from './places';

/** knex writes a multi-row insert for SQLite as a compound select, which has at most 500 terms. */
export const RENEWED_AT_ONCE = 400;

/**
 * Takes attributes away from records for good: what stays is sealed under a new key, and the old key goes, so that a copy of
 * the old row opens no more. Keys and rows are in two databases, so it takes three steps, and every one may be repeated:
 *
 * 1. `prepare` stores the new keys beside the old ones. Whoever writes seals under the new one from now on.
 * 2. `reseal` moves the rows from the old keys to the new ones. Whoever reads tries both.
 * 3. `complete` lets the new keys take the place of the old ones, and leaves tombstones.
 */
export function createRenewal(strapi: Core.Strapi, keyring: () => Keyring, identities: Identities) {
  const rowsOf = async (table: string, type: string, documentIds: readonly string[]) =>
    (await (
      await tablesOf(strapi)
    )(table)
      .where({ record_type: type })
      .whereIn('document_id', [...documentIds])) as Array<{
      id: number;
      request_id: string;
      document_id: string;
      payload: string;
    }>;

  /** The parts of a payload that stay, under the new key. */
  const moved = (
    payload: string,
    attributes: readonly string[],
    keys: { next: Buffer; current?: Buffer },
    place: (attribute: string) => string
  ): Record<string, string> => {
    const kept: Record<string, string> = {};
    for (const [attribute, text] of Object.entries(JSON.parse(payload) as Record<string, string>)) {
      if (attributes.includes(attribute)) continue;
      const sealed = Buffer.from(text, 'base64');
      kept[attribute] = underNext(sealed, keys, place(attribute)).toString('base64');
    }
    return kept;
  };

  return {
    /** Stores new keys beside those of the records, where there are none yet. */
    async prepare(type: string, documentIds: readonly string[]): Promise<void> {
      await keyring().prepareNextKeys(type, documentIds);
    },

    /**
     * Seals the rows of records anew without these attributes, in the running transaction, and removes their look-up rows
     * and what is proposed for them. The caller has locked the records.
     */
    async reseal(
      type: string,
      documentIds: readonly string[],
      attributes: readonly string[]
    ): Promise<void> {
      const [next, current] = await keyring().bothKeys(type, documentIds);
      const keysOf = (id: string) => ({ next: next.get(id) as Buffer, current: current.get(id) });
      const sealed = await rowsOf(SEALED_TABLE, type, documentIds);
      if (sealed.length > 0) {
        const anew = sealed
          .filter(({ document_id: id }) => next.has(id))
          .map(({ document_id: id, payload }) => ({
            record_type: type,
            document_id: id,
            payload: JSON.stringify(
              moved(payload, attributes, keysOf(id), (name) => sealedPlace(type, id, name))
            ),
          }));
        await (
          await tablesOf(strapi)
        )(SEALED_TABLE)
          .insert(anew)
          .onConflict(['record_type', 'document_id'])
          .merge(['payload']);
      }
      await (
        await tablesOf(strapi)
      )(LOOKUP_TABLE)
        .where({ record_type: type })
        .whereIn('document_id', [...documentIds])
        .whereIn('attribute', [...attributes])
        .delete();
      await identities.releaseAttributes(type, documentIds, attributes);
      for (const row of await rowsOf(PENDING_TABLE, type, documentIds)) {
        const where = { requestId: row.request_id, type, documentId: row.document_id };
        const kept = moved(row.payload, attributes, keysOf(row.document_id), (name) =>
          proposalPlace(where, name)
        );
        const own = (await tablesOf(strapi))(PENDING_TABLE).where({ id: row.id });
        if (Object.keys(kept).length === 0) await own.delete();
        else await own.update({ payload: JSON.stringify(kept) });
      }
    },

    /** Lets the new keys take the place of the old ones. From here on the old rows open nowhere. */
    async complete(
      type: string,
      documentIds: readonly string[],
      attributes: readonly string[],
      orderNumber: string,
      at: Date
    ): Promise<void> {
      await keyring().promoteNextKeys(
        type,
        documentIds.map((id) => ({
          record_type: type,
          document_id: id,
          attributes: attributesOfTombstone(attributes),
          order_number: orderNumber,
          destroyed_at: at.toISOString(),
        }))
      );
    },
  };
}

function underNext(
  sealed: Buffer,
  { next, current }: { next: Buffer; current?: Buffer },
  place: string
): Buffer {
  try {
    open(next, sealed, place);
    return sealed;
  } catch (error) {
    if (!(error instanceof SealBroken) || !current) throw error;
    return seal(next, open(current, sealed, place), place);
  }
}
