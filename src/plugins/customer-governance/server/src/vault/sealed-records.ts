import type { Core } from '@strapi/strapi';
import { errors } from '@strapi/utils';
import { insertRows } from '../bulk-insert';
import { chunks, tablesOf } from '../database';
import { blindIndex, open, openUnder, SealBroken } from './cipher';
import type { Keyring } from './keyring';
import type { Kind } from './kinds';
import { LOOKUP_TABLE, PENDING_TABLE, SEALED_TABLE } from './models';
import { createNewRecords, lookupsOf } from './new-records';
import { sealedPlace } from './places';
import { sealValues } from './sealing-thread/seal-records';
import { WITHOUT_THREAD, type SealingThread } from './sealing-thread/thread';

/** Attribute → canonical plaintext. Lives in memory only. */
export type PlainValues = Record<string, string>;

const IDS_PER_QUERY = 1000;
/** Reads and writes sealed rows and their look-up rows, in the running transaction. */
export function createSealedRecords(
  strapi: Core.Strapi,
  keyring: () => Keyring,
  thread: SealingThread = WITHOUT_THREAD
) {
  const openRow = (
    type: string,
    documentId: string,
    key: Buffer,
    payload: string,
    only?: string[]
  ) => {
    const sealed = JSON.parse(payload) as Record<string, string>;
    const values: PlainValues = {};
    for (const attribute of only ?? Object.keys(sealed)) {
      const text = sealed[attribute];
      if (text === undefined) continue;
      const bytes = open(
        key,
        Buffer.from(text, 'base64'),
        sealedPlace(type, documentId, attribute)
      );
      values[attribute] = bytes.toString('utf8');
    }
    return values;
  };

  /** Of at most `IDS_PER_QUERY` records. */
  const sealedRows = async (
    type: string,
    documentIds: readonly string[]
  ): Promise<Array<{ document_id: string; payload: string }>> => {
    const tables = await tablesOf(strapi);
    return tables(SEALED_TABLE)
      .select('document_id', 'payload')
      .where({ record_type: type })
      .whereIn('document_id', [...documentIds]);
  };

  /** The keys under which a record may be sealed: that which is about to take the place of its own comes first. */
  const keysOf = async (type: string, documentId: string): Promise<Buffer[]> => {
    const [next, current] = await keyring().bothKeys(type, [documentId]);
    return [next.get(documentId), current.get(documentId)].filter((key) => key !== undefined);
  };

  /** Opens a record whose key is being replaced at this moment, so that row and key read a moment ago do not fit. */
  const openRenewed = async (type: string, documentId: string, attributes: string[]) => {
    const keys = await keysOf(type, documentId);
    const row = await (
      await tablesOf(strapi)
    )(SEALED_TABLE)
      .where({ record_type: type, document_id: documentId })
      .first();
    if (!row || keys.length === 0) return null;
    return openUnder(keys, (key) => openRow(type, documentId, key, row.payload, attributes));
  };

  return {
    ...createNewRecords(strapi, keyring, thread),

    /** The plaintext of one record, whose row the caller has locked. */
    async openOne(type: string, documentId: string): Promise<PlainValues> {
      const row = await (
        await tablesOf(strapi)
      )(SEALED_TABLE)
        .where({ record_type: type, document_id: documentId })
        .first();
      if (!row) return {};
      const keys = await keysOf(type, documentId);
      if (keys.length === 0) {
        throw new errors.ApplicationError(
          'The key of this record is not in the key store: it was destroyed, or the key store is older than the data. ' +
            'Its protected attributes cannot be changed any more. Tell the administrator.'
        );
      }
      return openUnder(keys, (key) => openRow(type, documentId, key, row.payload));
    },

    /**
     * Seals the new state of one record; look-up rows are replaced for the changed attributes only.
     * @returns the record's key.
     */
    async replace(
      type: string,
      documentId: string,
      values: PlainValues,
      changed: string[],
      attributes: Record<string, Kind>
    ): Promise<Buffer> {
      const [existing] = await keysOf(type, documentId);
      const key =
        existing ??
        ((await keyring().createDataKeys(type, [documentId])).get(documentId) as Buffer);
      const payload = sealValues(type, documentId, key, values);
      await (
        await tablesOf(strapi)
      )(SEALED_TABLE)
        .insert({ record_type: type, document_id: documentId, payload })
        .onConflict(['record_type', 'document_id'])
        .merge(['payload']);
      await (
        await tablesOf(strapi)
      )(LOOKUP_TABLE)
        .where({ record_type: type, document_id: documentId })
        .whereIn('attribute', changed)
        .delete();
      const renewed = Object.fromEntries(
        Object.entries(values).filter(([a]) => changed.includes(a))
      );
      const lookups = lookupsOf(renewed, attributes).map(({ attribute, transform, text }) => [
        type,
        documentId,
        attribute,
        transform,
        blindIndex(keyring().lookupKey(type, attribute, transform), text),
      ]);
      const columns = ['record_type', 'document_id', 'attribute', 'transform', 'digest'];
      await insertRows(strapi, LOOKUP_TABLE, columns, lookups);
      return key;
    },

    /** Opens the named attributes of many records in two queries. Records without a key or value are left out. */
    async openMany(
      type: string,
      documentIds: readonly string[],
      attributes: string[]
    ): Promise<Map<string, PlainValues>> {
      const opened = new Map<string, PlainValues>();
      const keys = await keyring().dataKeys(type, documentIds);
      for (const part of chunks(documentIds, IDS_PER_QUERY)) {
        for (const row of await sealedRows(type, part)) {
          const key = keys.get(row.document_id);
          if (!key) continue;
          const { document_id: id, payload } = row;
          try {
            opened.set(id, openRow(type, id, key, payload, attributes));
          } catch (error) {
            if (!(error instanceof SealBroken)) throw error;
            const values = await openRenewed(type, id, attributes);
            if (values) opened.set(id, values);
          }
        }
      }
      return opened;
    },

    /** Of the given records, those whose sealed row opens under none of their keys: it is from before another key. */
    async unopenable(type: string, documentIds: readonly string[]): Promise<string[]> {
      const broken: string[] = [];
      for (const part of chunks(documentIds, IDS_PER_QUERY)) {
        const [next, current] = await keyring().bothKeys(type, part);
        for (const { document_id: id, payload } of await sealedRows(type, part)) {
          const [first] = Object.keys(JSON.parse(payload) as object);
          const keys = [next.get(id), current.get(id)].filter((key) => key !== undefined);
          try {
            if (first) openUnder(keys, (key) => openRow(type, id, key, payload, [first]));
          } catch (error) {
            if (!(error instanceof SealBroken)) throw error;
            broken.push(id);
          }
        }
      }
      return broken;
    },

    /** Which of the records have a sealed value for which attributes. Nothing is opened. */
    async presence(type: string, documentIds: readonly string[]): Promise<Map<string, string[]>> {
      const present = new Map<string, string[]>();
      for (const part of chunks(documentIds, IDS_PER_QUERY)) {
        for (const row of await sealedRows(type, part)) {
          present.set(row.document_id, Object.keys(JSON.parse(row.payload)));
        }
      }
      return present;
    },

    /** Records whose blind index equals that of the transformed value. */
    async find(
      type: string,
      attribute: string,
      transform: string,
      transformed: string,
      limit: number
    ): Promise<string[]> {
      const digest = blindIndex(keyring().lookupKey(type, attribute, transform), transformed);
      const rows = await (
        await tablesOf(strapi)
      )(LOOKUP_TABLE)
        .select('document_id')
        .where({ digest, record_type: type, attribute, transform })
        .orderBy('document_id')
        .limit(limit);
      return rows.map((row: { document_id: string }) => row.document_id);
    },

    /** Removes sealed rows, look-up rows and proposed values. The keys are the caller's concern. */
    async remove(type: string, documentIds: readonly string[]): Promise<void> {
      for (const part of chunks(documentIds, IDS_PER_QUERY)) {
        // In the order in which a write of one record takes them, so that the two cannot wait for each other.
        for (const table of [SEALED_TABLE, LOOKUP_TABLE, PENDING_TABLE]) {
          await (
            await tablesOf(strapi)
          )(table)
            .where({ record_type: type })
            .whereIn('document_id', part)
            .delete();
        }
      }
    },

    /** Of the given records, those that have a sealed row. */
    async existing(type: string, documentIds: readonly string[]): Promise<Set<string>> {
      const found = new Set<string>();
      for (const part of chunks(documentIds, IDS_PER_QUERY)) {
        const rows = await (
          await tablesOf(strapi)
        )(SEALED_TABLE)
          .select('document_id')
          .where({ record_type: type })
          .whereIn('document_id', part);
        for (const row of rows) found.add(row.document_id);
      }
      return found;
    },
  };
}

export type SealedRecords = ReturnType<typeof createSealedRecords>;
