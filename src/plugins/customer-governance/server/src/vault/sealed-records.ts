import { createSecretKey } from 'node:crypto';
import type { Core } from '@strapi/strapi';
import { errors } from '@strapi/utils';
import { insertRows, type Cell } from '../bulk-insert';
import { chunks, tablesOf } from '../database';
import { blindIndex, open, openUnder, seal, SealBroken } from './cipher';
import type { Keyring } from './keyring';
import type { Kind } from './kinds';
import { LOOKUP_TABLE, PENDING_TABLE, SEALED_TABLE } from './models';

/** Attribute → canonical plaintext. Lives in memory only. */
export type PlainValues = Record<string, string>;

/** So many rows go to the database at a time. */
const ROWS_PER_INSERT = 2000;
const IDS_PER_QUERY = 1000;
/** The orphan sweep leaves younger keys alone, by far. */
const UNSWEPT_MS = 5 * 60 * 1000;

/** What a ciphertext is bound to: it opens at its own type, record, attribute and format version only. */
export const sealedPlace = (type: string, documentId: string, attribute: string) =>
  `${type}\n${documentId}\n${attribute}\n1`;

/** Reads and writes sealed rows and their look-up rows, always many at once and in the running transaction. */
export function createSealedRecords(strapi: Core.Strapi, keyring: () => Keyring) {
  const sealRow = (type: string, documentId: string, bytes: Buffer, values: PlainValues) => {
    const payload: Record<string, string> = {};
    const key = createSecretKey(bytes);
    for (const [attribute, value] of Object.entries(values)) {
      const sealed = seal(
        key,
        Buffer.from(value, 'utf8'),
        sealedPlace(type, documentId, attribute)
      );
      payload[attribute] = sealed.toString('base64');
    }
    return { record_type: type, document_id: documentId, payload: JSON.stringify(payload) };
  };

  const lookupRows = (
    type: string,
    documentId: string,
    values: PlainValues,
    attributes: Record<string, Kind>
  ) => {
    const rows = [];
    for (const [attribute, value] of Object.entries(values)) {
      for (const [transform, apply] of Object.entries(attributes[attribute]?.transforms ?? {})) {
        const transformed = apply(value);
        if (transformed === null) continue;
        const digest = blindIndex(keyring().lookupKey(type, attribute, transform), transformed);
        rows.push({ record_type: type, document_id: documentId, attribute, transform, digest });
      }
    }
    return rows;
  };

  /** Keys that were made before their records, by place: what hangs on such a record is sealed before it is there. */
  const inAdvance = new Map<string, { key: Buffer; at: number }>();
  const keyName = (type: string, documentId: string) => `${type}\n${documentId}`;

  /** Keys of new records: those made in advance, if the key store still has them, and new ones for all others. */
  const keysForNew = async (type: string, ids: string[]): Promise<Map<string, Buffer>> => {
    const now = Date.now();
    const kept = new Map<string, Buffer>();
    const old = new Map<string, Buffer>();
    for (const id of ids) {
      const made = inAdvance.get(keyName(type, id));
      if (made) (now - made.at < UNSWEPT_MS ? kept : old).set(id, made.key);
    }
    const still = await keyring().dataKeys(type, [...old.keys()]);
    for (const [id, key] of old) {
      if (!still.get(id)?.equals(key)) {
        throw new errors.ApplicationError(
          'The key that was made for this record has been swept: it took too long. Send it again.'
        );
      }
      kept.set(id, key);
    }
    const fresh = ids.filter((id) => !kept.has(id));
    const made =
      fresh.length > 0 ? await keyring().createDataKeys(type, fresh) : new Map<string, Buffer>();
    return new Map([...kept, ...made]);
  };

  const insert = async (table: string, rows: ReadonlyArray<Record<string, Cell>>) => {
    const [first] = rows;
    if (!first) return;
    const columns = Object.keys(first);
    for (const part of chunks(rows, ROWS_PER_INSERT)) {
      await insertRows(
        strapi,
        table,
        columns,
        part.map((row) => columns.map((column) => row[column] ?? null))
      );
    }
  };

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
    /** Makes the key of a record before the record; the next `insertMany` of it uses this one. */
    async keyInAdvance(type: string, documentId: string): Promise<void> {
      const keys = await keyring().createDataKeys(type, [documentId]);
      inAdvance.set(keyName(type, documentId), {
        key: keys.get(documentId) as Buffer,
        at: Date.now(),
      });
    },

    /** The same for many records; those that have a key by now, of an attempt that was cut off, keep it. */
    async keysInAdvance(type: string, documentIds: readonly string[]): Promise<void> {
      const kept = await keyring().dataKeys(type, documentIds);
      const missing = documentIds.filter((id) => !kept.has(id));
      const made =
        missing.length > 0
          ? await keyring().createDataKeys(type, missing)
          : new Map<string, Buffer>();
      const at = Date.now();
      for (const [id, key] of [...kept, ...made]) inAdvance.set(keyName(type, id), { key, at });
    },

    /** Forgets that a key was made in advance. */
    releaseKey(type: string, documentId: string): void {
      inAdvance.delete(keyName(type, documentId));
    },

    /** Seals new records: keys first, then sealed rows, then look-up rows. */
    async insertMany(
      type: string,
      records: Array<{ documentId: string; values: PlainValues }>,
      attributes: Record<string, Kind>
    ): Promise<void> {
      const filled = records.filter(({ values }) => Object.keys(values).length > 0);
      if (filled.length === 0) return;
      const ids = filled.map(({ documentId }) => documentId);
      const keys = await keysForNew(type, ids);
      await insert(
        SEALED_TABLE,
        filled.map((r) => sealRow(type, r.documentId, keys.get(r.documentId) as Buffer, r.values))
      );
      await insert(
        LOOKUP_TABLE,
        filled.flatMap((r) => lookupRows(type, r.documentId, r.values, attributes))
      );
    },

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
      const row = sealRow(type, documentId, key, values);
      await (
        await tablesOf(strapi)
      )(SEALED_TABLE)
        .insert(row)
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
      await insert(LOOKUP_TABLE, lookupRows(type, documentId, renewed, attributes));
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
