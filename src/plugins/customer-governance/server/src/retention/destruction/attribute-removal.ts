import type { Core } from '@strapi/strapi';
import { TAKEN_FROM } from '../../customers/standards/address';
import { chunks, inTransaction, isPostgres, tablesOf } from '../../database';
import { governedOperation } from '../../operation';
import { CUSTOMER, resolveAttribute } from '../../policy/attribute-path';
import { LOOKUP_TABLE, PENDING_TABLE } from '../../vault/models';
import { nextOf } from '../../vault/next-key';
import { RENEWED_AT_ONCE } from '../../vault/renewal';
import { vaultOf } from '../../vault/vault';
import type { StepListener } from './execution';
import { copiesOf, cutLinks } from './links';
import type { OrderRow } from '../orders/orders';
import type { Records, Removal } from './removal';
import { OPERATIONS } from '../uids';

/** Names of attributes by the type that has them. */
export type AttributesByType = ReadonlyMap<string, readonly string[]>;

/** Told which attributes of which records are gone, in the transaction that empties them. */
export type AttributesDestroyedListener = (
  uid: string,
  documentIds: string[],
  attributes: readonly string[]
) => Promise<void>;

/** The attributes of an order, such as `customer.residentId`, by their types. */
export function attributesByType(paths: readonly string[]): AttributesByType {
  const found = new Map<string, string[]>();
  for (const path of paths) {
    const { uid, attribute } = resolveAttribute(path);
    found.set(uid, [...(found.get(uid) ?? []), attribute]);
  }
  return found;
}

/**
 * Removes single attributes of records that stay. The rest is sealed under a new key and the old one goes, so that a backup
 * of the data gives the attribute up as well. At each moment a record is readable, under its old key or its new one.
 */
export function createAttributeRemoval(
  strapi: Core.Strapi,
  { removal, listeners }: { removal: Removal; listeners: readonly AttributesDestroyedListener[] }
) {
  const columnsOf = (uid: string, attributes: readonly string[]): Array<[string, null]> => {
    const known = strapi.db.metadata.get(uid).attributes as Record<string, { columnName?: string }>;
    return attributes.flatMap((name) =>
      known[name]?.columnName ? [[known[name].columnName as string, null]] : []
    );
  };

  const emptyColumns = async (
    uid: string,
    documentIds: readonly string[],
    attributes: readonly string[]
  ) => {
    const columns = columnsOf(uid, attributes);
    if (columns.length === 0) return;
    const { tableName } = strapi.db.metadata.get(uid);
    await (
      await tablesOf(strapi)
    )(tableName)
      .whereIn('document_id', [...documentIds])
      .update(Object.fromEntries(columns));
  };

  /** What was taken from an attribute and tells a part of it goes where the attribute is; where there was none, it was entered. */
  const emptyWhatWasTaken = async (
    uid: string,
    documentIds: readonly string[],
    attributes: readonly string[]
  ) => {
    if (uid !== CUSTOMER) return;
    const { tableName } = strapi.db.metadata.get(uid);
    for (const attribute of attributes) {
      const taken = columnsOf(uid, TAKEN_FROM[attribute] ?? []);
      const [[source] = []] = columnsOf(uid, [attribute]);
      if (taken.length === 0 || source === undefined) continue;
      await (
        await tablesOf(strapi)
      )(tableName)
        .whereIn('document_id', [...documentIds])
        .whereNotNull(source)
        .update(Object.fromEntries(taken));
    }
  };

  /** In the running transaction, rows locked: whoever writes a record waits, and then finds the new key. */
  const empty = async (uid: string, documentIds: string[], attributes: readonly string[]) => {
    const { tableName } = strapi.db.metadata.get(uid);
    const ids = await removal.rowIds(uid, documentIds);
    if (isPostgres(strapi)) {
      await (
        await tablesOf(strapi)
      )(tableName)
        .select('id')
        .whereIn('id', ids)
        .orderBy('id')
        .forUpdate();
    }
    if (vaultOf(strapi).isGoverned(uid))
      await vaultOf(strapi).renewal.reseal(uid, documentIds, attributes);
    // A version that Strapi keeps holds the whole row.
    await cutLinks(strapi, copiesOf(strapi, uid), { ids, documentIds });
    await clear(uid, documentIds, attributes);
  };

  const clear = async (uid: string, documentIds: string[], attributes: readonly string[]) => {
    await emptyWhatWasTaken(uid, documentIds, attributes);
    await emptyColumns(uid, documentIds, attributes);
    for (const listener of listeners) await listener(uid, documentIds, attributes);
  };

  return {
    /** Empties the columns, which hold masks, and tells the listeners, in the running transaction. */
    clear,

    /** Takes the attributes of all these records, each step for good before the next one. Repeatable. */
    async remove(
      order: OrderRow,
      records: Records,
      parts: AttributesByType,
      now: Date,
      onStep: StepListener
    ): Promise<void> {
      const { renewal, isGoverned } = vaultOf(strapi);
      const batches = [...parts].flatMap(([uid, attributes]) =>
        chunks(records.get(uid) ?? [], RENEWED_AT_ONCE).map((ids) => ({ uid, attributes, ids }))
      );
      for (const { uid, attributes, ids } of batches) {
        if (isGoverned(uid)) await renewal.prepare(uid, ids);
        await onStep('keys-prepared');
        await governedOperation(OPERATIONS.destruction, () =>
          inTransaction(strapi, () => empty(uid, ids, attributes))
        );
        await onStep('resealed');
        if (isGoverned(uid)) await renewal.complete(uid, ids, attributes, order.number, now);
        await onStep('keys-destroyed');
      }
    },

    /** Which of the records still have any of the attributes, and where. */
    async remains(
      uid: string,
      documentIds: readonly string[],
      attributes: readonly string[]
    ): Promise<Map<string, string[]>> {
      const found = new Map<string, string[]>();
      const note = (place: string, ids: string[]) => {
        if (ids.length > 0) found.set(place, [...new Set(ids)]);
      };
      const has = (names: readonly string[]) => names.some((name) => attributes.includes(name));
      const rowsOf = async (table: string): Promise<Array<Record<string, string>>> =>
        (await tablesOf(strapi))(table)
          .where({ record_type: uid })
          .whereIn('document_id', [...documentIds]);
      const vault = vaultOf(strapi);
      const sealed = await vault.presence(uid, documentIds);
      note(
        'sealed values',
        [...sealed].filter(([, names]) => has(names)).map(([id]) => id)
      );
      note(
        'look-up rows',
        (await rowsOf(LOOKUP_TABLE))
          .filter(({ attribute }) => has([attribute as string]))
          .map(({ document_id }) => document_id as string)
      );
      const codes = vault.identities.codesOf(uid, attributes);
      note(
        'identities',
        (await vault.identities.rowsOf(uid, documentIds, codes)).map((row) => row.document_id)
      );
      note(
        'proposed values',
        (await rowsOf(PENDING_TABLE))
          .filter(({ payload }) => has(Object.keys(JSON.parse(payload as string) as object)))
          .map(({ document_id }) => document_id as string)
      );
      const columns = columnsOf(uid, attributes);
      const { tableName } = strapi.db.metadata.get(uid);
      const rows = (await (
        await tablesOf(strapi)
      )(tableName)
        .select('document_id')
        .whereIn('document_id', [...documentIds])
        .andWhere((q) => {
          for (const [column] of columns) q.orWhereNotNull(column);
        })) as Array<{ document_id: string }>;
      note('rows', columns.length > 0 ? rows.map(({ document_id }) => document_id) : []);
      const keys = await vault.keyStore().dataKeys(nextOf(uid), documentIds);
      note(
        'keys',
        keys.map(({ document_id }) => document_id)
      );
      return found;
    },
  };
}

export type AttributeRemoval = ReturnType<typeof createAttributeRemoval>;
