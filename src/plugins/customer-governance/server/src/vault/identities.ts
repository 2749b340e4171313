import type { Core } from '@strapi/strapi';
import { errors } from '@strapi/utils';
import { insertRows } from '../bulk-insert';
import { chunks, connectionOf, isPostgres, tablesOf } from '../database';
import { blindIndex } from './cipher';
import type { Keyring } from './keyring';
import { rememberingOnce } from './kinds';
import { IDENTITY_TABLE } from './models';

/** Clear values of a record, protected ones among them. Live in memory only. */
export type ClearValues = Readonly<Record<string, unknown>>;

/** Something by which a record is known again. */
export interface IdentityKey {
  code: string;
  /** Whether one file alone may have it; what several may have only says that they are alike. */
  exclusive: boolean;
  /** By type, the attributes that it hangs on. */
  attributes: Readonly<Record<string, readonly string[]>>;
  /** What is compared; `null` when the record has not what it takes. Pure: it sees clear values. */
  textOf(uid: string, values: ClearValues): string | null;
}

/** What of a record stands in the table: a keyed digest. */
export interface Claim {
  code: string;
  digest: string;
  exclusive: boolean;
}

/** A claim of a record, and the file that the record belongs to: a customer with all its contacts. */
export interface OwnedClaim extends Claim {
  type: string;
  documentId: string;
  file: string;
}

/** A claim that another file has already. */
export interface Conflict {
  claim: OwnedClaim;
  /** documentId of the file that has it. */
  holder: string;
}

/** A record with its clear values. */
export interface ClearRecord {
  documentId: string;
  values: ClearValues;
}

/** By what records are known again, and what becomes of one that is there already: the upper floor says. */
export interface IdentityRules {
  keys(): readonly IdentityKey[];
  /** By documentId the file that each of the records belongs to; one that belongs to none is left out. */
  filesOf(uid: string, records: readonly ClearRecord[]): Promise<Map<string, string>>;
  /** Whether what another file has is let through just now, to be settled by people later. */
  isShared(): boolean;
  refusal(uid: string, conflicts: readonly Conflict[]): Promise<Error>;
}

export interface IdentityRow {
  id: number;
  key_code: string;
  digest: string;
  slot: string;
  record_type: string;
  document_id: string;
  file_id: string;
}

const NO_KEYS: readonly IdentityKey[] = [];
/** Of the claim that keeps all other files out. */
const HOLDER = '';
const IDS_PER_QUERY = 500;
/** Digests that are remembered at most, while a file is imported: those of a few batches. */
const REMEMBERED = 3000;
/** A holder may go between the insert that it refused and the look at it. */
const ATTEMPTS = 5;

/** The name of a claim, of itself and of its row. */
export const nameOf = ({ code, digest }: Claim) => `${digest}\n${code}`;
const claimName = (row: IdentityRow) => `${row.digest}\n${row.key_code}`;
const inOrder = (a: Claim, b: Claim) =>
  a.digest === b.digest ? (a.code < b.code ? -1 : 1) : a.digest < b.digest ? -1 : 1;

/** The oldest claim of each file, and of these the oldest ones. */
export function oldestOf(rows: readonly IdentityRow[], limit: number): IdentityRow[] {
  const files = new Map<string, IdentityRow>();
  for (const row of [...rows].sort((one, other) => one.id - other.id))
    if (!files.has(row.file_id)) files.set(row.file_id, row);
  return [...files.values()].slice(0, limit);
}

/**
 * Who a record is, as keyed digests under a unique index: it decides between two files that claim the same at once. The first
 * claim of a digest holds it; further ones, of the same file or let through beside it, wait behind it and take its place
 * when it goes.
 */
export function createIdentities(
  strapi: Core.Strapi,
  keyring: () => Keyring,
  rules: () => IdentityRules | undefined
) {
  const keysByType = new WeakMap<readonly IdentityKey[], Map<string, readonly IdentityKey[]>>();
  const keysOf = (uid: string): readonly IdentityKey[] => {
    const all = rules()?.keys() ?? NO_KEYS;
    const byType = keysByType.get(all) ?? new Map<string, readonly IdentityKey[]>();
    keysByType.set(all, byType);
    const known = byType.get(uid) ?? all.filter(({ attributes }) => Object.hasOwn(attributes, uid));
    byType.set(uid, known);
    return known;
  };

  /** Of a file that is imported, each digest is asked for when a row is examined and when it is written. */
  const digests = rememberingOnce<string>(REMEMBERED);
  const digestOf = (code: string, text: string): string =>
    digests(`${code}\n${text}`, () =>
      // Of no type: a contact of one file may be the person of another.
      blindIndex(keyring().lookupKey('identity', code, ''), text)
    );

  const claimsOf = (uid: string, values: ClearValues): Claim[] => {
    const claims: Claim[] = [];
    for (const { code, exclusive, textOf } of keysOf(uid)) {
      const text = textOf(uid, values);
      if (text !== null) claims.push({ code, exclusive, digest: digestOf(code, text) });
    }
    return claims;
  };

  const ownedClaims = async (
    uid: string,
    records: readonly ClearRecord[]
  ): Promise<OwnedClaim[]> => {
    const files = (await rules()?.filesOf(uid, records)) ?? new Map<string, string>();
    return records.flatMap(({ documentId, values }) => {
      const file = files.get(documentId);
      if (file === undefined) return [];
      return claimsOf(uid, values).map(({ code, exclusive, digest }) => ({
        code,
        exclusive,
        digest,
        type: uid,
        documentId,
        file,
      }));
    });
  };

  /** @returns whether all of them were written, and none was there already. */
  const insert = async (claims: readonly OwnedClaim[], slotOf: (claim: OwnedClaim) => string) => {
    const { count } = await insertRows(
      strapi,
      IDENTITY_TABLE,
      ['key_code', 'digest', 'slot', 'record_type', 'document_id', 'file_id'],
      claims.map((claim) => [
        claim.code,
        claim.digest,
        slotOf(claim),
        claim.type,
        claim.documentId,
        claim.file,
      ]),
      { unlessThere: ['digest', 'key_code', 'slot'] }
    );
    return count === claims.length;
  };

  /** By name, the claims that hold these: a query for each 500 of them. */
  const holdersOf = async (
    claims: readonly Claim[],
    lock = false
  ): Promise<Map<string, IdentityRow>> => {
    const found = new Map<string, IdentityRow>();
    const digests = [...new Set(claims.map(({ digest }) => digest))];
    for (const part of chunks(digests, IDS_PER_QUERY)) {
      const query = (await tablesOf(strapi))(IDENTITY_TABLE)
        .where({ slot: HOLDER })
        .whereIn('digest', part)
        .orderBy(['digest', 'key_code']);
      const rows = (await (lock && isPostgres(strapi)
        ? query.forUpdate()
        : query)) as IdentityRow[];
      for (const row of rows) found.set(claimName(row), row);
    }
    return found;
  };

  /**
   * Writes claims, in the running transaction and in one order for all, so that no two transactions wait for each other.
   * @param share whether claims that another file has wait behind it.
   * @returns the claims that another file has, when they may not.
   */
  const take = async (claims: readonly OwnedClaim[], share: boolean): Promise<Conflict[]> => {
    const beside = claims.filter(({ exclusive }) => !exclusive);
    const conflicts: Conflict[] = [];
    let open = claims.filter(({ exclusive }) => exclusive).sort(inOrder);
    for (let attempt = 1; open.length > 0; attempt += 1) {
      if (await insert(open, () => HOLDER)) break;
      const holders = await holdersOf(open, true);
      const asked = open;
      open = [];
      for (const claim of asked) {
        const holder = holders.get(nameOf(claim));
        if (!holder) open.push(claim);
        else if (holder.document_id === claim.documentId) continue;
        else if (holder.file_id === claim.file || share) beside.push(claim);
        else conflicts.push({ claim, holder: holder.file_id });
      }
      if (open.length > 0 && attempt === ATTEMPTS) {
        throw new errors.ApplicationError(
          'Others are writing the same customer at this moment. Wait a little and try again.'
        );
      }
    }
    await insert(beside, ({ documentId }) => documentId);
    return conflicts;
  };

  const rowsOf = async (
    type: string,
    documentIds: readonly string[],
    codes?: readonly string[]
  ): Promise<IdentityRow[]> => {
    const rows: IdentityRow[] = [];
    for (const part of chunks(documentIds, IDS_PER_QUERY)) {
      const query = (await tablesOf(strapi))(IDENTITY_TABLE)
        .where({ record_type: type })
        .whereIn('document_id', part);
      rows.push(
        ...((await (codes ? query.whereIn('key_code', [...codes]) : query)) as IdentityRow[])
      );
    }
    return rows;
  };

  /** Removes claims, and lets the oldest of those behind each take its place. */
  const removeRows = async (rows: readonly IdentityRow[]): Promise<void> => {
    for (const part of chunks(rows, IDS_PER_QUERY)) {
      await (
        await tablesOf(strapi)
      )(IDENTITY_TABLE)
        .whereIn(
          'id',
          part.map(({ id }) => id)
        )
        .delete();
    }
    const held = rows.filter(({ slot }) => slot === HOLDER);
    for (const part of chunks(held, IDS_PER_QUERY)) {
      const waiting = (await (
        await tablesOf(strapi)
      )(IDENTITY_TABLE)
        .whereIn('key_code', [...new Set(part.map(({ key_code: code }) => code))])
        .whereIn(
          'digest',
          part.map(({ digest }) => digest)
        )
        .whereNot({ slot: HOLDER })
        .orderBy('id')) as IdentityRow[];
      const first = new Map<string, number>();
      for (const row of waiting) {
        const name = claimName(row);
        if (!first.has(name)) first.set(name, row.id);
      }
      if (first.size === 0) continue;
      await (
        await tablesOf(strapi)
      )(IDENTITY_TABLE)
        .whereIn('id', [...first.values()])
        .update({ slot: HOLDER });
    }
  };

  const codesOf = (uid: string, attributes: readonly string[]): string[] =>
    keysOf(uid)
      .filter((key) => key.attributes[uid]?.some((name) => attributes.includes(name)))
      .map(({ code }) => code);

  return {
    claimsOf,
    ownedClaims,

    /** Of what several files may have, the claims of other files, one for each file, the oldest first. */
    async sharing(
      claims: readonly Claim[],
      except: readonly string[],
      limit: number
    ): Promise<IdentityRow[]> {
      if (claims.length === 0) return [];
      const rows = (await (
        await tablesOf(strapi)
      )(IDENTITY_TABLE)
        .whereIn(
          'digest',
          claims.map(({ digest }) => digest)
        )
        .whereNotIn('file_id', [...except])
        .orderBy('id')
        .limit(limit * claims.length)) as IdentityRow[];
      return oldestOf(rows, limit);
    },

    /** By name, the oldest claims of the same, so many for each: a query for each 500 of them. */
    async sharingMany(
      claims: readonly Claim[],
      limit: number
    ): Promise<Map<string, IdentityRow[]>> {
      const found = new Map<string, IdentityRow[]>();
      const digests = [...new Set(claims.map(({ digest }) => digest))];
      for (const part of chunks(digests, IDS_PER_QUERY)) {
        const placed = (await tablesOf(strapi))(IDENTITY_TABLE)
          .select('*')
          .rowNumber('place', 'id', ['digest', 'key_code'])
          .whereIn('digest', part);
        const rows = (await (
          await connectionOf(strapi)
        )
          .from(placed.as('placed'))
          .where('place', '<=', limit)) as IdentityRow[];
        for (const row of rows) {
          const name = claimName(row);
          found.set(name, [...(found.get(name) ?? []), row]);
        }
      }
      return found;
    },

    holdersOf,

    /** Claims by their ids. */
    page: async (after: number, limit: number): Promise<IdentityRow[]> => {
      const table = (await tablesOf(strapi))(IDENTITY_TABLE);
      return (await table.where('id', '>', after).orderBy('id').limit(limit)) as IdentityRow[];
    },

    /** Lets everything that a file is known by be known as another file. */
    async move(from: string, to: string): Promise<void> {
      const table = (await tablesOf(strapi))(IDENTITY_TABLE);
      await table.where({ file_id: from }).update({ file_id: to });
    },
    take,
    rowsOf,
    codesOf,

    /** Whether a write that has these attributes may change what a record is known by. */
    isTouched: (uid: string, attributes: readonly string[]): boolean =>
      keysOf(uid).some((key) => key.attributes[uid]?.some((name) => attributes.includes(name))),

    /** Claims of new records, before their rows. @throws what the rules make of a record that is there already. */
    async enter(uid: string, records: readonly ClearRecord[]): Promise<void> {
      if (keysOf(uid).length === 0) return;
      const conflicts = await take(await ownedClaims(uid, records), rules()?.isShared() ?? false);
      if (conflicts.length > 0) throw await rules()?.refusal(uid, conflicts);
    },

    /** Claims of a record that changes, under the lock of its row. @throws as `enter` does. */
    async change(uid: string, record: ClearRecord): Promise<void> {
      const stored = await rowsOf(uid, [record.documentId]);
      const wanted = await ownedClaims(uid, [record]);
      const same = (claim: OwnedClaim, row: IdentityRow) =>
        row.key_code === claim.code && row.digest === claim.digest && row.file_id === claim.file;
      await removeRows(stored.filter((row) => !wanted.some((claim) => same(claim, row))));
      const fresh = wanted.filter((claim) => !stored.some((row) => same(claim, row)));
      const conflicts = await take(fresh, rules()?.isShared() ?? false);
      if (conflicts.length > 0) throw await rules()?.refusal(uid, conflicts);
    },

    /** Removes what records that go are known by. */
    async release(type: string, documentIds: readonly string[]): Promise<void> {
      await removeRows(await rowsOf(type, documentIds));
    },

    /** Removes what records are known by as far as it hangs on these attributes. */
    async releaseAttributes(
      type: string,
      documentIds: readonly string[],
      attributes: readonly string[]
    ): Promise<void> {
      const codes = codesOf(type, attributes);
      if (codes.length > 0) await removeRows(await rowsOf(type, documentIds, codes));
    },
  };
}

export type Identities = ReturnType<typeof createIdentities>;
