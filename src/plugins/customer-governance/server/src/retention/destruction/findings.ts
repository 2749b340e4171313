import type { Core } from '@strapi/strapi';
import { inTransaction } from '../../database';
import { vaultOf } from '../../vault/vault';
import { FINGERPRINT_KINDS, type FingerprintKind, type Fingerprints } from './fingerprints';
import { ORDER } from '../uids';

/** Bytes that were found after an order, and what they are of. */
export interface FoundBytes {
  kind: FingerprintKind;
  bytes: Buffer;
}

const ATTRIBUTE = 'findings';

/**
 * What the search after an order found. Fingerprints live in memory for one run; so what was found is sealed under a key of
 * the order's own, searched for again in each later run, and forgotten with its key once nothing of it is found any more.
 */
export function createFindings(strapi: Core.Strapi) {
  const records = () => vaultOf(strapi).records;

  return {
    /** Keeps what was found, in place of what was found before. */
    async keep(orderDocumentId: string, found: readonly FoundBytes[]): Promise<void> {
      const lines = new Set(found.map(({ kind, bytes }) => `${kind} ${bytes.toString('base64')}`));
      const text = JSON.stringify([...lines]);
      await inTransaction(strapi, () =>
        records().replace(ORDER, orderDocumentId, { [ATTRIBUTE]: text }, [], {})
      );
    },

    /**
     * Has what earlier runs found searched for again.
     * @throws ApplicationError when it cannot be opened any more: then nobody can tell whether it is gone.
     */
    async recall(orderDocumentId: string, fingerprints: Fingerprints): Promise<void> {
      const values = await records().openOne(ORDER, orderDocumentId);
      for (const line of JSON.parse(values[ATTRIBUTE] ?? '[]') as string[]) {
        const [kind = '', bytes = ''] = line.split(' ');
        if ((FINGERPRINT_KINDS as readonly string[]).includes(kind))
          fingerprints.add(Buffer.from(bytes, 'base64'), kind as FingerprintKind);
      }
    },

    /** Forgets what was found, key first. */
    async forget(orderDocumentId: string): Promise<void> {
      const vault = vaultOf(strapi);
      if (!(await records().existing(ORDER, [orderDocumentId])).has(orderDocumentId)) return;
      await vault.removeKeys(ORDER, [orderDocumentId]);
      await inTransaction(strapi, () => records().remove(ORDER, [orderDocumentId]));
    },
  };
}

export type Findings = ReturnType<typeof createFindings>;
