import type { Core } from '@strapi/strapi';
import { auditOf } from '../../audit/audit';
import { inTransaction, isPostgres, tablesOf } from '../../database';
import { CONTACT, CUSTOMER } from '../../policy/attribute-path';
import { vaultOf } from '../../vault/vault';
import { IDENTITY_TABLE } from '../../vault/models';
import type { IdentityKey } from '../../vault/identities';
import { ADOPTION_TABLE } from './models';

export type Progress = (done: number, total: number) => void;

interface Step {
  key_code: string;
  record_type: string;
  after_id: number;
  done: boolean | number;
}

const TYPES = [CUSTOMER, CONTACT];
const BATCH = 500;
/** Rows that one statement removes. */
const REMOVED_AT_ONCE = 10_000;

/**
 * Writes the claims of records that were there before the policy named a key. In batches, each with its place, so that it may
 * be killed anywhere and run again. Two that are on file twice both stay: the younger one's claims wait behind the older's.
 */
export function createAdoption(strapi: Core.Strapi, keys: () => readonly IdentityKey[]) {
  const steps = async (): Promise<Step[]> =>
    (await (await tablesOf(strapi))(ADOPTION_TABLE).select('*')) as Step[];

  const wanted = () =>
    keys().flatMap(({ code, attributes }) =>
      TYPES.filter((type) => Object.hasOwn(attributes, type)).map((type) => ({
        key_code: code,
        record_type: type,
      }))
    );

  /** Of a key that the policy has no more nothing stays: it would be out of date when the policy has it again. */
  const drop = async (code: string): Promise<void> => {
    for (;;) {
      const rows = (await (
        await tablesOf(strapi)
      )(IDENTITY_TABLE)
        .select('id')
        .where({ key_code: code })
        .limit(REMOVED_AT_ONCE)) as Array<{ id: number }>;
      const last = rows.at(-1);
      if (!last) break;
      const ids = rows.map(({ id }) => Number(id));
      await (
        await tablesOf(strapi)
      )(IDENTITY_TABLE)
        .where({ key_code: code })
        .whereBetween('id', [Math.min(...ids), Math.max(...ids)])
        .delete();
    }
    await (await tablesOf(strapi))(ADOPTION_TABLE).where({ key_code: code }).delete();
  };

  /** The next records of a type that are not yet adopted, under the lock of their rows. */
  const page = async (uid: string, after: number) => {
    const query = (await tablesOf(strapi))(strapi.db.metadata.get(uid).tableName)
      .select('id')
      .where('id', '>', after)
      .orderBy('id')
      .limit(BATCH);
    const ids = (await (isPostgres(strapi) ? query.forUpdate() : query)) as Array<{ id: number }>;
    return (await strapi.db.query(uid).findMany({
      where: { id: { $in: ids.map(({ id }) => id) } },
      orderBy: 'id',
    })) as Array<Record<string, unknown> & { id: number; documentId: string }>;
  };

  /** @returns the id of the last record of the batch; `null` when there was none left. */
  const adoptBatch = (uid: string, codes: readonly string[], after: number) =>
    inTransaction(strapi, async () => {
      const rows = await page(uid, after);
      const last = rows.at(-1);
      const place = (await tablesOf(strapi))(ADOPTION_TABLE)
        .where({ record_type: uid })
        .whereIn('key_code', [...codes]);
      if (!last) {
        await place.update({ done: true });
        return null;
      }
      const { identities, records, protectedAttributes } = vaultOf(strapi);
      const names = Object.keys(protectedAttributes(uid));
      const opened = await records.openMany(
        uid,
        rows.map(({ documentId }) => documentId),
        names
      );
      const claims = await identities.ownedClaims(
        uid,
        rows.map((row) => ({
          documentId: row.documentId,
          values: {
            ...row,
            ...Object.fromEntries(names.map((name) => [name, opened.get(row.documentId)?.[name]])),
          },
        }))
      );
      await identities.take(
        claims.filter(({ code }) => codes.includes(code)),
        true
      );
      await place.update({ after_id: last.id });
      return { after: last.id, count: rows.length };
    });

  return {
    /** Writes down which keys the policy has, and forgets the others. An installation without records is done at once. */
    async sync(): Promise<void> {
      const before = await steps();
      const now = wanted();
      const known = new Set(now.map((step) => step.key_code));
      for (const code of new Set(before.map((step) => step.key_code)))
        if (!known.has(code)) await drop(code);
      const fresh = now.filter(
        (step) =>
          !before.some(
            (old) => old.key_code === step.key_code && old.record_type === step.record_type
          )
      );
      for (const step of fresh) {
        const [row] = (await (
          await tablesOf(strapi)
        )(strapi.db.metadata.get(step.record_type).tableName)
          .select('id')
          .limit(1)) as Array<{ id: number }>;
        await (
          await tablesOf(strapi)
        )(ADOPTION_TABLE)
          .insert({ ...step, after_id: 0, done: row === undefined })
          .onConflict(['key_code', 'record_type'])
          .ignore();
      }
      if ((await steps()).some(({ done }) => !done)) {
        strapi.log.warn(
          'Customers of before are not all known by the keys of duplicates.keys yet. A job writes them down; "npm run governance -- duplicates:adopt" does so at once.'
        );
      }
    },

    /** Writes the claims that are missing. @returns how many records it looked at. */
    async run(progress: Progress = () => {}): Promise<number> {
      let seen = 0;
      for (const uid of TYPES) {
        const open = (await steps()).filter((step) => step.record_type === uid && !step.done);
        if (open.length === 0) continue;
        const codes = open.map((step) => step.key_code);
        let after = Math.min(...open.map((step) => Number(step.after_id)));
        const total = await strapi.db.query(uid).count();
        for (;;) {
          const batch = await adoptBatch(uid, codes, after);
          if (!batch) break;
          after = batch.after;
          seen += batch.count;
          progress(Math.min(seen, total), total);
        }
      }
      if (seen > 0)
        await auditOf(strapi).append({ action: 'duplicate.adopt', details: { count: seen } });
      return seen;
    },

    /** Whether every record is known by every key. */
    isDone: async (): Promise<boolean> => (await steps()).every(({ done }) => Boolean(done)),
  };
}
