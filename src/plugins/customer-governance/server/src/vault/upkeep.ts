import type { Core } from '@strapi/strapi';
import { auditOf } from '../audit/audit';
import { inTransaction, isPostgres } from '../database';
import { moveToNewestKey } from './epochs-end';
import { governedOperation } from '../operation';
import { containsMask } from './kinds';
import { typeOfKey } from './next-key';
import { planSealing, type AttributeProblem } from './sealing';
import { vaultOf } from './vault';

export type Progress = (done: number, total: number) => void;

const BATCH = 500;
/** An orphan is a key without a sealed row. Younger ones may belong to a write that is still under way. */
const ORPHAN_AGE_MS = 60 * 60 * 1000;
/** Clocks of two machines differ a little. */
const CLOCK_SKEW_MS = 5 * 60 * 1000;
/** Orphans that writes which were rolled back leave between two sweeps; more than these and a tenth of all keys is no such thing. */
const FEW_ORPHANS = 100;
const SUSPICIOUS_SHARE = 10;

export interface Finding {
  type: string;
  documentId: string;
  attribute: string;
  reason: 'plaintext' | 'unsealed-mask' | 'missing-mask' | 'stray-identity';
}

/** The vault's long work. Each step is repeatable: killed anywhere and run again, it ends at the same place. */
export function vaultUpkeepService({ strapi }: { strapi: Core.Strapi }) {
  const vault = () => vaultOf(strapi);

  /** Rows of a governed type in batches by id, protected attributes only. */
  async function* rowsOf(uid: string, attributes: string[]) {
    let after = 0;
    for (;;) {
      const rows = (await strapi.db
        .queryBuilder(uid)
        .select(['id', 'documentId', ...attributes])
        .where({ id: { $gt: after } })
        .orderBy({ id: 'asc' })
        .limit(BATCH)
        .execute()) as Array<Record<string, string | null> & { id: number; documentId: string }>;
      if (rows.length === 0) return;
      yield rows;
      after = Number(rows.at(-1)?.id);
    }
  }

  /** What records are known by that have neither a row nor sealed values. */
  async function* strayIdentities(): AsyncGenerator<Finding> {
    for (let after = 0; ;) {
      const page = await vault().identities.page(after, BATCH);
      const last = page.at(-1);
      if (!last) return;
      after = last.id;
      for (const uid of new Set(page.map((row) => row.record_type))) {
        const own = page.filter((row) => row.record_type === uid);
        const ids = [...new Set(own.map((row) => row.document_id))];
        const rows: Array<{ documentId: string }> = await strapi.db
          .query(uid)
          .findMany({ select: ['documentId'], where: { documentId: { $in: ids } } });
        const there = new Set(rows.map(({ documentId }) => documentId));
        const sealed = await vault().records.existing(uid, ids);
        for (const { document_id: documentId, key_code: attribute } of own)
          if (!there.has(documentId) && !sealed.has(documentId))
            yield { type: uid, documentId, attribute, reason: 'stray-identity' };
      }
    }
  }

  /** Data keys without a sealed row, by type. */
  async function findOrphans(now: Date): Promise<Map<string, string[]>> {
    const store = vault().keyStore();
    const running = await oldestTransaction(strapi);
    const before = new Date(
      Math.min(now.getTime() - ORPHAN_AGE_MS, (running?.getTime() ?? Infinity) - CLOCK_SKEW_MS)
    ).toISOString();
    const orphans = new Map<string, string[]>();
    let after: { type: string; documentId: string } | null = null;
    for (;;) {
      const page = await store.dataKeysPage(after, before, BATCH);
      const last = page.at(-1);
      if (!last) return orphans;
      after = { type: last.record_type, documentId: last.document_id };
      for (const type of new Set(page.map((row) => row.record_type))) {
        const ids = page.filter((row) => row.record_type === type).map((row) => row.document_id);
        // A prepared key is needed as long as its record is: the row may be under it already.
        const existing = await vault().records.existing(typeOfKey(type), ids);
        const unused = ids.filter((id) => !existing.has(id));
        const kept = await vault().keptKeys(typeOfKey(type), unused);
        const missing = unused.filter((id) => !kept.has(id));
        orphans.set(type, [...(orphans.get(type) ?? []), ...missing]);
      }
    }
  }

  return {
    /**
     * Makes a new key-encryption key and re-wraps every data key under it, while the application runs. Run again after
     * an interruption it goes on: what is not yet under the newest key is what is left.
     * @param fresh false to finish an interrupted rotation without making yet another key.
     */
    async rotate(progress: Progress, fresh = true): Promise<{ keyId: number; rewrapped: number }> {
      const ring = vault().keyring();
      const unfinished = await vault()
        .keyStore()
        .countDataKeys({ notUnder: ring.currentKeyEncryptionKey() });
      if (fresh && unfinished === 0) await ring.addKeyEncryptionKey();
      const keyId = ring.currentKeyEncryptionKey();
      const total = await vault().keyStore().countDataKeys({ notUnder: keyId });
      const { rewrapped, retired } = await moveToNewestKey(ring, {
        onBatch: (done) => progress(Math.min(done, total), total),
      });
      await auditOf(strapi).append({
        action: 'vault.rotate',
        details: { keyId, rewrapped, retired: retired.length },
      });
      return { keyId, rewrapped };
    },

    /**
     * Seals the plaintext of a type that was just given the field. Values that are not of their kind are left as they
     * are and reported, so that nothing is lost.
     */
    async adopt(
      uid: string,
      progress: Progress
    ): Promise<{
      sealed: number;
      refused: Array<{ documentId: string; problems: AttributeProblem[] }>;
    }> {
      const attributes = vault().protectedAttributes(uid);
      const names = Object.keys(attributes);
      if (names.length === 0) {
        throw new Error(
          `${uid} has no protected attribute. Give one the custom field first; known: ${[...vault().governed().keys()].join(', ')}`
        );
      }
      const total = await strapi.db.query(uid).count();
      let seen = 0;
      let sealed = 0;
      const refused: Array<{ documentId: string; problems: AttributeProblem[] }> = [];
      for await (const rows of rowsOf(uid, names)) {
        for (const row of rows) {
          const plain = Object.fromEntries(
            names.filter((n) => row[n] && !containsMask(String(row[n]))).map((n) => [n, row[n]])
          );
          if (Object.keys(plain).length === 0) continue;
          const { problems } = planSealing(attributes, plain);
          for (const { path } of problems) delete plain[String(path[0])];
          if (problems.length > 0) refused.push({ documentId: row.documentId, problems });
          if (Object.keys(plain).length === 0) continue;
          await governedOperation('vault.adopt', () =>
            strapi.db.query(uid).update({ where: { id: row.id }, data: plain })
          );
          sealed += 1;
        }
        seen += rows.length;
        progress(seen, total);
      }
      await auditOf(strapi).append({
        action: 'vault.adopt',
        recordType: uid,
        details: { sealed, refused: refused.length },
      });
      return { sealed, refused };
    },

    /** Finds whatever stands in a protected column without being the mask of a sealed value. Values are not opened. */
    async check(progress: Progress = () => {}): Promise<Finding[]> {
      const findings: Finding[] = [];
      for (const [uid, attributes] of vault().governed()) {
        const names = Object.keys(attributes);
        const total = await strapi.db.query(uid).count();
        let seen = 0;
        for await (const rows of rowsOf(uid, names)) {
          const present = await vault().presence(
            uid,
            rows.map(({ documentId }) => documentId)
          );
          for (const row of rows) {
            for (const attribute of names) {
              const value = row[attribute];
              const isSealed = present.get(row.documentId)?.includes(attribute) ?? false;
              const finding = { type: uid, documentId: row.documentId, attribute };
              if (value && !containsMask(value)) findings.push({ ...finding, reason: 'plaintext' });
              else if (value && !isSealed) findings.push({ ...finding, reason: 'unsealed-mask' });
              else if (!value && isSealed) findings.push({ ...finding, reason: 'missing-mask' });
            }
          }
          seen += rows.length;
          progress(seen, total);
        }
      }
      for await (const stray of strayIdentities()) findings.push(stray);
      return findings;
    },

    /**
     * Removes data keys that no sealed row uses: what is left of writes that were rolled back. So many orphans as only a
     * restored older backup leaves are kept: their records may come back, and a removed key does not.
     * @returns how many were removed.
     */
    async sweepOrphans(now: Date = new Date()): Promise<number> {
      const orphans = await findOrphans(now);
      const found = [...orphans.values()].reduce((sum, ids) => sum + ids.length, 0);
      if (found === 0) return 0;
      const total = await vault().keyStore().countDataKeys();
      if (found > Math.max(FEW_ORPHANS, total / SUSPICIOUS_SHARE)) {
        strapi.log.error(
          `The orphan sweep found ${found} of ${total} data keys without a record and removed none: ` +
            'the database seems to be an older backup than the key store.'
        );
        return 0;
      }
      let removed = 0;
      for (const [type, ids] of orphans)
        removed += await vault().keyStore().removeDataKeys(type, ids);
      await inTransaction(strapi, () =>
        auditOf(strapi).append({ action: 'vault.sweep', details: { removed } })
      );
      return removed;
    },
  };
}

export type VaultUpkeepService = ReturnType<typeof vaultUpkeepService>;

export const vaultUpkeepOf = (strapi: Core.Strapi) =>
  strapi.plugin('customer-governance').service('vault-upkeep') as VaultUpkeepService;

/**
 * When the oldest transaction of the database began, such as a long import: a younger key may be of a row that it is still
 * to commit. SQLite has one connection, and nobody asks while another writes.
 */
async function oldestTransaction(strapi: Core.Strapi): Promise<Date | null> {
  if (!isPostgres(strapi)) return null;
  const { rows } = (await strapi.db.connection.raw(
    `SELECT min(xact_start) AS since FROM pg_stat_activity
     WHERE datname = current_database() AND backend_type = 'client backend' AND pid <> pg_backend_pid()`
  )) as { rows: Array<{ since: Date | null }> };
  return rows[0]?.since ?? null;
}
