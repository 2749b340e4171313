import type { Core } from '@strapi/strapi';
import { chunks, tablesOf } from '../database';
import { SealBroken } from '../vault/cipher';
import { LOOKUP_TABLE, SEALED_TABLE } from '../vault/models';
import { vaultOf, type PlainValues } from '../vault/vault';
import { encodingsOf } from './encodings';
import { createFingerprints } from './fingerprints';
import type { Records } from './removal';

/** Of an order the first records all, of those after them about as many picked at random. */
const FIRST = 2000;
const PICKED = 2000;
const IDS_PER_QUERY = 500;

/** Others bear the same name and were born on the same day: to find one says nothing. */
const SHARED_KINDS: ReadonlySet<string> = new Set(['person-name', 'birth-date']);

/**
 * Takes fingerprints of records before they are destroyed: of their values in several encodings, their keys as they are and
 * as they are stored, their look-up rows and sealed values. They live in memory, for as long as one run of an order lasts.
 */
export function createEvidence(strapi: Core.Strapi, random: () => number = Math.random) {
  const fingerprints = createFingerprints();
  let seen = 0;

  const unseal = async (uid: string, ids: readonly string[], attributes: string[]) => {
    const vault = vaultOf(strapi);
    try {
      return await vault.unseal(uid, ids, attributes);
    } catch (error) {
      if (!(error instanceof SealBroken)) throw error;
      // What does not open has no plaintext to look for; the others have.
      const opened = new Map<string, PlainValues>();
      for (const id of ids) {
        const one = await vault.unseal(uid, [id], attributes).catch(() => null);
        if (one?.has(id)) opened.set(id, one.get(id) as PlainValues);
      }
      return opened;
    }
  };

  const takeValues = async (uid: string, ids: readonly string[]) => {
    const kinds = vaultOf(strapi).protectedAttributes(uid);
    const telling = Object.keys(kinds).filter((name) => !SHARED_KINDS.has(kinds[name]?.id ?? ''));
    for (const values of (await unseal(uid, ids, telling)).values()) {
      for (const value of Object.values(values))
        for (const form of encodingsOf(value)) fingerprints.add(form, 'value');
    }
  };

  const takeKeys = async (uid: string, ids: readonly string[]) => {
    const vault = vaultOf(strapi);
    for (const key of (await vault.keyring().dataKeys(uid, ids)).values()) {
      fingerprints.add(key, 'key');
      fingerprints.add(Buffer.from(key.toString('hex')), 'key');
      fingerprints.add(Buffer.from(key.toString('base64')), 'key');
      key.fill(0);
    }
    for (const { wrapped } of await vault.keyStore().dataKeys(uid, ids)) {
      fingerprints.add(wrapped, 'wrapped-key');
      fingerprints.add(Buffer.from(wrapped.toString('hex')), 'wrapped-key');
    }
  };

  const takeRows = async (uid: string, ids: readonly string[]) => {
    const rowsOf = async (table: string, where: object, column: string) =>
      (await (
        await tablesOf(strapi)
      )(table)
        .where({ record_type: uid, ...where })
        .whereIn('document_id', [...ids])
        .select(column)) as Array<Record<string, string>>;
    for (const { digest } of await rowsOf(LOOKUP_TABLE, { transform: 'exact' }, 'digest'))
      fingerprints.add(Buffer.from(digest as string), 'look-up');
    for (const { payload } of await rowsOf(SEALED_TABLE, {}, 'payload'))
      for (const sealed of Object.values(JSON.parse(payload as string) as Record<string, string>))
        fingerprints.add(Buffer.from(sealed), 'sealed');
  };

  return {
    fingerprints,

    /**
     * Takes those of records that are about to go.
     * @param rest how many records are still to come after these, as far as is known.
     */
    async take(records: Records, rest: number): Promise<void> {
      for (const [uid, all] of records) {
        if (!vaultOf(strapi).isGoverned(uid)) continue;
        const ids = all.filter(() => {
          seen += 1;
          return seen <= FIRST || random() < PICKED / Math.max(PICKED, rest + all.length);
        });
        for (const part of chunks(ids, IDS_PER_QUERY)) {
          if (fingerprints.full()) return;
          await takeValues(uid, part);
          await takeKeys(uid, part);
          await takeRows(uid, part);
        }
      }
    },
  };
}

export type Evidence = ReturnType<typeof createEvidence>;
