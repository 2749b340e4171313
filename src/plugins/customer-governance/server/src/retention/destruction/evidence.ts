import type { Core } from '@strapi/strapi';
import { chunks, tablesOf } from '../../database';
import { SealBroken } from '../../vault/cipher';
import { LOOKUP_TABLE, SEALED_TABLE } from '../../vault/models';
import { vaultOf, type PlainValues } from '../../vault/vault';
import type { AttributesByType } from './attribute-removal';
import { encodingsOf } from './encodings';
import { createFingerprints } from './fingerprints';
import type { Records } from './removal';

/** Of an order the first records all, of those after them about as many picked at random. */
const FIRST = 2000;
const PICKED = 2000;
const IDS_PER_QUERY = 500;

/** Others bear the same name and were born on the same day: to find one says nothing. */
const SHARED_KINDS: ReadonlySet<string> = new Set(['person-name', 'birth-date']);

/** The attributes of a type that go; `null`: all. */
type Only = readonly string[] | null;
const goes = (only: Only, attribute: string) => only === null || only.includes(attribute);

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

  const takeValues = async (uid: string, ids: readonly string[], only: Only) => {
    const kinds = vaultOf(strapi).protectedAttributes(uid);
    const telling = Object.keys(kinds).filter(
      (name) => goes(only, name) && !SHARED_KINDS.has(kinds[name]?.id ?? '')
    );
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

  const takeRows = async (uid: string, ids: readonly string[], only: Only) => {
    const rowsOf = async (table: string, where: object, columns: string[]) =>
      (await (
        await tablesOf(strapi)
      )(table)
        .where({ record_type: uid, ...where })
        .whereIn('document_id', [...ids])
        .select(columns)) as Array<Record<string, string>>;
    const exact = await rowsOf(LOOKUP_TABLE, { transform: 'exact' }, ['attribute', 'digest']);
    for (const { attribute, digest } of exact)
      if (goes(only, attribute as string))
        fingerprints.add(Buffer.from(digest as string), 'look-up');
    const { identities } = vaultOf(strapi);
    const codes = only === null ? undefined : identities.codesOf(uid, only);
    for (const { digest } of await identities.rowsOf(uid, ids, codes))
      fingerprints.add(Buffer.from(digest), 'look-up');
    for (const { payload } of await rowsOf(SEALED_TABLE, {}, ['payload'])) {
      const sealed = JSON.parse(payload as string) as Record<string, string>;
      for (const [attribute, text] of Object.entries(sealed))
        if (goes(only, attribute)) fingerprints.add(Buffer.from(text), 'sealed');
    }
  };

  return {
    fingerprints,

    /**
     * Takes those of records that are about to go.
     * @param rest how many records are still to come after these, as far as is known.
     * @param attributes which of them go, by type; `null` when all do.
     */
    async take(
      records: Records,
      rest: number,
      attributes: AttributesByType | null = null
    ): Promise<void> {
      for (const [uid, all] of records) {
        if (!vaultOf(strapi).isGoverned(uid)) continue;
        const ids = all.filter(() => {
          seen += 1;
          return seen <= FIRST || random() < PICKED / Math.max(PICKED, rest + all.length);
        });
        for (const part of chunks(ids, IDS_PER_QUERY)) {
          if (fingerprints.full()) return;
          const only = attributes?.get(uid) ?? null;
          if (attributes && !only) continue;
          await takeValues(uid, part, only);
          await takeKeys(uid, part);
          await takeRows(uid, part, only);
        }
      }
    },
  };
}

export type Evidence = ReturnType<typeof createEvidence>;
