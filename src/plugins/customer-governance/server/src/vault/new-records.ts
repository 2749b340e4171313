import type { Core } from '@strapi/strapi';
import { errors } from '@strapi/utils';
import { randomFillSync } from 'node:crypto';
import { insertRows } from '../bulk-insert';
import { blindIndex, KEY_BYTES } from './cipher';
import type { Keyring, WrappedKey } from './keyring';
import type { Kind } from './kinds';
import { LOOKUP_TABLE, SEALED_TABLE } from './models';
import type { PlainValues } from './sealed-records';
import type { Sealing } from './sealing';
import { sealValues } from './sealing-thread/seal-records';
import type { SealingThread } from './sealing-thread/thread';

/** The orphan sweep leaves younger keys alone, by far. */
const UNSWEPT_MS = 5 * 60 * 1000;

type Data = Record<string, unknown>;

/** A new record before it is written, and what is worked out for its protected attributes. */
export interface ComingRecord {
  documentId: string;
  data: Readonly<Data>;
  plan: Readonly<Sealing>;
}

/** One way in which a record can be looked up. */
interface Lookup {
  attribute: string;
  transform: string;
  text: string;
}

/** What was made for a record before the record. */
interface Made {
  key: Buffer;
  at: number;
  ahead?: { record: ComingRecord; payload: string; lookups: Lookup[]; digests: string[] };
}

/** What a record can be looked up by. */
export function lookupsOf(values: PlainValues, attributes: Record<string, Kind>): Lookup[] {
  const lookups: Lookup[] = [];
  for (const attribute of Object.keys(values)) {
    const transforms = attributes[attribute]?.transforms ?? {};
    for (const transform of Object.keys(transforms)) {
      const text = transforms[transform]?.(values[attribute] as string) ?? null;
      if (text !== null) lookups.push({ attribute, transform, text });
    }
  }
  return lookups;
}

/** Writes sealed rows and look-up rows of new records, many at once and in the running transaction. */
export function createNewRecords(
  strapi: Core.Strapi,
  keyring: () => Keyring,
  thread: SealingThread
) {
  const inAdvance = new Map<string, Made>();
  const keyName = (type: string, documentId: string) => `${type}\n${documentId}`;

  /** Keys of new records: those made in advance, if the key store still has them, and new ones for all others. */
  const keysForNew = async (
    type: string,
    ids: readonly string[]
  ): Promise<ReadonlyMap<string, Buffer>> => {
    const now = Date.now();
    const keys = new Map<string, Buffer>();
    const old = new Map<string, Buffer>();
    for (const id of ids) {
      const made = inAdvance.get(keyName(type, id));
      if (made) (now - made.at < UNSWEPT_MS ? keys : old).set(id, made.key);
    }
    if (old.size > 0) {
      const still = await keyring().dataKeys(type, [...old.keys()]);
      for (const [id, key] of old) {
        if (!still.get(id)?.equals(key)) {
          throw new errors.ApplicationError(
            'The key that was made for this record has been swept: it took too long. Send it again.'
          );
        }
        keys.set(id, key);
      }
    }
    const fresh = ids.filter((id) => !keys.has(id));
    if (fresh.length > 0) {
      for (const [id, key] of await keyring().createDataKeys(type, fresh)) keys.set(id, key);
    }
    return keys;
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

    /** Forgets what was made in advance for a record. */
    releaseKey(type: string, documentId: string): void {
      inAdvance.delete(keyName(type, documentId));
    },

    /**
     * Seals records that are about to be written, in a thread, while whoever asked goes on with something else. Those that
     * have a key by now, of an attempt that was cut off, keep it.
     * @returns what stores the keys, once it is certain that the records are written: until then nothing is stored.
     */
    async sealAhead(
      type: string,
      records: readonly ComingRecord[],
      attributes: Record<string, Kind>
    ): Promise<() => Promise<void>> {
      const filled = records.filter(({ plan }) => Object.keys(plan.values).length > 0);
      if (filled.length === 0) return () => Promise.resolve();
      const ids = filled.map(({ documentId }) => documentId);
      const kept = await keyring().dataKeys(type, ids);
      const keys = randomFillSync(Buffer.allocUnsafeSlow(ids.length * KEY_BYTES));
      const keyAt = (at: number) => keys.subarray(at * KEY_BYTES, (at + 1) * KEY_BYTES);
      ids.forEach((id, at) => kept.get(id)?.copy(keyAt(at)));
      const lookups = filled.map(({ plan }) => lookupsOf(plan.values, attributes));
      const indexes = new Map<string, number>();
      const indexKeys: Buffer[] = [];
      const texts = lookups.map((list) =>
        list.map(({ attribute, transform, text }): [number, string] => {
          const name = `${attribute}\n${transform}`;
          let index = indexes.get(name);
          if (index === undefined) {
            index = indexKeys.push(keyring().lookupKey(type, attribute, transform)) - 1;
            indexes.set(name, index);
          }
          return [index, text];
        })
      );
      const { id: wrappedUnder, key: wrapUnder } = await keyring().newest();
      const sealing = thread.seal({
        type,
        documentIds: ids,
        values: filled.map(({ plan }) => plan.values),
        lookups: texts,
        indexKeys,
        keys,
        wrapUnder,
      });
      return async () => {
        const { payloads, digests, wrapped } = await sealing;
        const fresh: WrappedKey[] = [];
        filled.forEach((record, at) => {
          const { documentId } = record;
          const key = keyAt(at);
          if (!kept.has(documentId)) {
            fresh.push({ documentId, key, wrapped: Buffer.from(wrapped[at] as Uint8Array) });
          }
          inAdvance.set(keyName(type, documentId), {
            key,
            at: Date.now(),
            ahead: {
              record,
              payload: payloads[at] as string,
              lookups: lookups[at] as Lookup[],
              digests: digests[at] as string[],
            },
          });
        });
        if (fresh.length > 0) await keyring().addWrappedKeys(type, wrappedUnder, fresh);
      };
    },

    /** What was worked out for a record that was sealed ahead, if it still has the same protected values. */
    planAhead(
      type: string,
      documentId: string,
      data: Readonly<Data>,
      attributes: Record<string, Kind>
    ): Readonly<Sealing> | null {
      const record = inAdvance.get(keyName(type, documentId))?.ahead?.record;
      if (!record) return null;
      const same = Object.keys(attributes).every((name) => record.data[name] === data[name]);
      return same ? record.plan : null;
    },

    /** Seals new records, unless that was done ahead: keys first, then sealed rows, then look-up rows. */
    async insertMany(
      type: string,
      records: ReadonlyArray<{ documentId: string; values: PlainValues }>,
      attributes: Record<string, Kind>
    ): Promise<void> {
      const filled = records.filter(({ values }) => Object.keys(values).length > 0);
      if (filled.length === 0) return;
      const keys = await keysForNew(
        type,
        filled.map(({ documentId }) => documentId)
      );
      const sealed: string[][] = [];
      const lookups: string[][] = [];
      for (const { documentId, values } of filled) {
        const made = inAdvance.get(keyName(type, documentId))?.ahead;
        const ahead = made?.record.plan.values === values ? made : null;
        const payload =
          ahead?.payload ?? sealValues(type, documentId, keys.get(documentId) as Buffer, values);
        sealed.push([type, documentId, payload]);
        const own = ahead?.lookups ?? lookupsOf(values, attributes);
        own.forEach(({ attribute, transform, text }, at) => {
          const digest =
            ahead?.digests[at] ?? blindIndex(keyring().lookupKey(type, attribute, transform), text);
          lookups.push([type, documentId, attribute, transform, digest]);
        });
      }
      await insertRows(strapi, SEALED_TABLE, ['record_type', 'document_id', 'payload'], sealed);
      const columns = ['record_type', 'document_id', 'attribute', 'transform', 'digest'];
      await insertRows(strapi, LOOKUP_TABLE, columns, lookups);
    },
  };
}

export type NewRecords = ReturnType<typeof createNewRecords>;
