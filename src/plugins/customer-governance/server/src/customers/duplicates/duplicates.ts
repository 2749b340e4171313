import { AsyncLocalStorage } from 'node:async_hooks';
import type { Core } from '@strapi/strapi';
import { auditOf } from '../../audit/audit';
import { chunks } from '../../database';
import { PLUGIN } from '../../domain';
import { policyOf, type DuplicateKey, type NearKey } from '../../policy';
import { CONTACT, CUSTOMER } from '../../policy/attribute-path';
import { targetOf } from '../../retention/relation';
import {
  nameOf,
  oldestOf,
  type Claim,
  type ClearRecord,
  type ClearValues,
  type Conflict,
  type IdentityKey,
} from '../../vault/identities';
import { vaultOf } from '../../vault/vault';
import type { BatchRule } from '../entry/batch';
import type { Entry, EntryRule } from '../entry/entry';
import { onceTransactionEnds } from '../entry/transaction';
import { createAdoption } from './adoption';
import { IDENTITY_KEYS, TOLD_AT } from './keys';
import { createLookups } from './lookups';
import { reasonOf, refusalOf, told, type Duplicate, type FoundDuplicate } from './telling';

/** A record that is to be made, with clear values in the form of their kinds. */
export interface Candidate {
  uid: string;
  values: ClearValues;
  /** documentId of the customer that it will belong to; left out for a new customer. */
  file?: string;
}

/** The same with the ids that it will have. */
export interface NewRecord extends Candidate {
  documentId: string;
  file: string;
}

interface File {
  filingNumber: string | null;
  department: string | null;
}

const IDS_PER_QUERY = 500;
/** Files that are alike are told, so many at most. */
const NEAR_TOLD = 5;
/** The same for each entry of a batch. */
const NEAR_TOLD_OF_MANY = 3;

/**
 * Whether a customer is on file already [COL-7]. What is answered are the filing number and the department, so that whoever
 * asks knows whom to talk to, and nothing of the customer.
 */
export function duplicatesService({ strapi }: { strapi: Core.Strapi }) {
  const sharing = new AsyncLocalStorage<true>();
  const lookups = createLookups(strapi);
  /** By the data of entries of batches, what they would be known by: as long as the data is there. */
  const examined = new WeakMap<object, { all: readonly Claim[]; exclusive: readonly Claim[] }>();
  const identities = () => vaultOf(strapi).identities;

  const keysBy = new WeakMap<object, readonly IdentityKey[]>();

  /** The keys of a policy, one list for as long as it is the same policy. */
  const keys = (): readonly IdentityKey[] => {
    const { duplicates } = policyOf(strapi).get();
    let known = keysBy.get(duplicates);
    if (!known) {
      known = [...duplicates.keys, ...duplicates.near].map((code) => IDENTITY_KEYS[code]);
      keysBy.set(duplicates, known);
    }
    return known;
  };

  /** By documentId what may be told of files. */
  const filesBy = async (documentIds: readonly string[]): Promise<Map<string, File>> => {
    const files = new Map<string, File>();
    for (const part of chunks([...new Set(documentIds)], IDS_PER_QUERY)) {
      const rows = (await strapi.db.query(CUSTOMER).findMany({
        select: ['documentId', 'filingNumber'],
        where: { documentId: { $in: part } },
        populate: { department: { select: ['name'] } },
      })) as Array<{
        documentId: string;
        filingNumber: string | null;
        department: { name: string } | null;
      }>;
      for (const { documentId, filingNumber, department } of rows)
        files.set(documentId, { filingNumber, department: department?.name ?? null });
    }
    return files;
  };

  const described = (code: string, documentId: string, file: File | undefined): FoundDuplicate => ({
    key: code as DuplicateKey | NearKey,
    attribute: TOLD_AT[code as DuplicateKey | NearKey],
    documentId,
    filingNumber: file?.filingNumber ?? null,
    department: file?.department ?? null,
  });

  /** What other files have of these claims, a list for each list of claims. */
  const foundFor = async (
    lists: ReadonlyArray<{ claims: readonly Claim[]; file: string | undefined }>
  ): Promise<FoundDuplicate[][]> => {
    const exclusive = lists.flatMap(({ claims }) => claims.filter((claim) => claim.exclusive));
    const holders = await identities().holdersOf(exclusive);
    const files = await filesBy([...holders.values()].map((row) => row.file_id));
    return lists.map(({ claims, file }) =>
      claims.flatMap((claim) => {
        const holder = holders.get(nameOf(claim));
        if (!holder || holder.file_id === file) return [];
        return described(claim.code, holder.file_id, files.get(holder.file_id));
      })
    );
  };

  const attributesOf = (found: readonly Duplicate[]) => [
    ...new Set(found.map(({ attribute }) => attribute)),
  ];

  /** Counts an entry that is refused, and writes it in the log, when its transaction has ended. */
  const noteRefused = (claims: readonly Claim[], found: readonly FoundDuplicate[]) =>
    onceTransactionEnds(strapi, () =>
      lookups.refused({
        claims,
        attributes: attributesOf(found),
        found: [...new Set(found.map(({ documentId }) => documentId))],
      })
    );

  const service = {
    /** Writes down what records of before are known by. */
    adoption: createAdoption(strapi, keys),

    /** By what a record with these values would be known again. */
    claimsOf: (uid: string, values: ClearValues): Claim[] => identities().claimsOf(uid, values),

    /**
     * What of new records is on file already, a list for each of them: one query for 500 digests, and one for what is told
     * of 500 files. Neither counted nor written in the log, which is the caller's to do.
     */
    findMany: (candidates: readonly Candidate[]): Promise<FoundDuplicate[][]> =>
      foundFor(
        candidates.map(({ uid, values, file }) => ({
          claims: identities().claimsOf(uid, values),
          file,
        }))
      ),

    /**
     * Claims what new records are known by, in the running transaction and before their rows.
     * @returns a list for each record; one that has duplicates has claimed nothing, and must not be written.
     */
    async claimMany(records: readonly NewRecord[]): Promise<FoundDuplicate[][]> {
      const claims = records.flatMap(({ uid, documentId, file, values }) =>
        identities()
          .claimsOf(uid, values)
          .map((claim) => ({ ...claim, type: uid, documentId, file }))
      );
      const conflicts = await identities().take(claims, sharing.getStore() ?? false);
      const refused = new Map<string, Conflict[]>();
      for (const conflict of conflicts) {
        const { documentId } = conflict.claim;
        refused.set(documentId, [...(refused.get(documentId) ?? []), conflict]);
      }
      for (const uid of new Set(conflicts.map(({ claim }) => claim.type))) {
        const ids = records.filter((each) => each.uid === uid && refused.has(each.documentId));
        await identities().release(
          uid,
          ids.map(({ documentId }) => documentId)
        );
      }
      const files = await filesBy(conflicts.map(({ holder }) => holder));
      return records.map(({ documentId }) =>
        (refused.get(documentId) ?? []).map(({ claim, holder }) =>
          described(claim.code, holder, files.get(holder))
        )
      );
    },

    /**
     * What is on file already, and what is alike, of data that somebody is entering: counted and written in the log.
     * @param stored the record as it is, with masks; `null` for a new one.
     * @throws RateLimitError when the asker has asked too often.
     */
    async check(
      uid: string,
      data: ClearValues,
      stored: (Record<string, unknown> & { documentId: string }) | null = null,
      file: string | undefined = uid === CUSTOMER ? stored?.documentId : undefined
    ): Promise<{ duplicates: Duplicate[]; near: Duplicate[] }> {
      const touched = identities().isTouched(uid, Object.keys(data));
      const claims = touched ? await vaultOf(strapi).claimsAfter(uid, data, stored) : [];
      if (claims.length === 0) return { duplicates: [], near: [] };
      await lookups.assertWithinLimit();
      const [found = []] = await foundFor([{ claims, file }]);
      const alike = await this.alike(claims, [
        ...(file === undefined ? [] : [file]),
        ...found.map(({ documentId }) => documentId),
      ]);
      await lookups.answered({
        claims,
        attributes: attributesOf([...found, ...alike]),
        found: [...new Set([...found, ...alike].map(({ documentId }) => documentId))],
        near: alike.length,
      });
      return { duplicates: found.map(told), near: alike.map(told) };
    },

    /** Files that are alike, the oldest first. @param except files that are known already. */
    async alike(claims: readonly Claim[], except: readonly string[]): Promise<FoundDuplicate[]> {
      const near = claims.filter((claim) => !claim.exclusive);
      const rows = await identities().sharing(near, except, NEAR_TOLD);
      const files = await filesBy(rows.map((row) => row.file_id));
      return rows.map((row) => described(row.key_code, row.file_id, files.get(row.file_id)));
    },

    /**
     * The same of many, a list for each list of claims, and of each fewer files: one query for 500 digests, one for what is
     * told of 500 files, and one entry in the log. Not counted against the asker's look-ups, as in the rule for a batch.
     */
    async alikeMany(lists: ReadonlyArray<readonly Claim[]>): Promise<Duplicate[][]> {
      const rows = await identities().sharingMany(lists.flat(), NEAR_TOLD_OF_MANY);
      const alike = lists.map((claims) =>
        oldestOf(
          claims.flatMap((claim) => rows.get(nameOf(claim)) ?? []),
          NEAR_TOLD_OF_MANY
        )
      );
      const found = [...new Set(alike.flat().map((row) => row.file_id))];
      if (found.length === 0) return alike.map(() => []);
      const files = await filesBy(found);
      const answers = alike.map((of) =>
        of.map((row) => described(row.key_code, row.file_id, files.get(row.file_id)))
      );
      await auditOf(strapi).append({
        action: 'duplicate.lookup',
        recordType: CUSTOMER,
        recordIds: found,
        attributes: attributesOf(answers.flat()),
        details: { found: 0, near: found.length },
      });
      return answers.map((of) => of.map(told));
    },

    /**
     * Lets records through that are on file already: their claims wait behind those of the file, and people settle it. For
     * entries whose sender must not learn that somebody is known.
     */
    acceptingDuplicates: <T>(work: () => Promise<T>): Promise<T> => sharing.run(true, work),

    /** The gate's rule: everything that is on file already, told with whatever else is wrong with the entry. */
    rule: (async (entry) => {
      const { uid, data, stored, documentId } = entry;
      if (sharing.getStore() || !identities().isTouched(uid, Object.keys(data))) return;
      const file = uid === CUSTOMER ? documentId : entry.related.customer?.[0]?.documentId;
      const all = await vaultOf(strapi).claimsAfter(uid, data, stored as never);
      const own = documentId ? await identities().rowsOf(uid, [documentId]) : [];
      const claims = all.filter(
        (claim) => claim.exclusive && !own.some(({ digest }) => digest === claim.digest)
      );
      if (claims.length === 0) return;
      await lookups.assertWithinLimit();
      const [found = []] = await foundFor([{ claims, file: file ?? undefined }]);
      if (found.length === 0) return;
      await noteRefused(claims, found);
      for (const each of found) entry.report(each.attribute, reasonOf(each), told(each));
    }) satisfies EntryRule,

    /** What one file alone may be known by, of an entry that was examined in a batch. */
    claimsExamined: (data: object): readonly Claim[] => examined.get(data)?.exclusive ?? [],

    /** What several files may be known by, of the same. */
    nearClaimsExamined: (data: object): readonly Claim[] =>
      examined.get(data)?.all.filter(({ exclusive }) => !exclusive) ?? [],

    /**
     * The same for a batch of new records: one look at the digests of all, and one entry in the log. Not counted against the
     * asker's look-ups, of which a list of customers would be too many.
     */
    batchRule: (async (entries) => {
      const asked: Array<{ entry: Entry; claims: Claim[]; file: string | undefined }> = [];
      for (const entry of entries) {
        const { uid, data } = entry;
        if (sharing.getStore() || !identities().isTouched(uid, Object.keys(data))) continue;
        const all = vaultOf(strapi).claimsOfNew(uid, data);
        const claims = all.filter(({ exclusive }) => exclusive);
        examined.set(data, { all, exclusive: claims });
        asked.push({
          entry,
          claims,
          file: entry.related.customer?.[0]?.documentId,
        });
      }
      const lists = await foundFor(asked);
      lists.forEach((found, index) => {
        for (const each of found)
          asked[index]?.entry.report(each.attribute, reasonOf(each), told(each));
      });
      const found = lists.flat();
      const [first] = asked;
      if (found.length === 0 || !first) return;
      const documentIds = [...new Set(found.map(({ documentId }) => documentId))];
      await auditOf(strapi).refused({
        action: 'duplicate.lookup',
        recordType: CUSTOMER,
        recordIds: documentIds,
        attributes: attributesOf(found),
        details: { found: documentIds.length, near: 0 },
      });
    }) satisfies BatchRule,

    /** What the vault asks about records that are known again. */
    rules: {
      keys,
      isShared: () => sharing.getStore() ?? false,

      async filesOf(uid: string, records: readonly ClearRecord[]): Promise<Map<string, string>> {
        if (uid === CUSTOMER)
          return new Map(records.map(({ documentId }) => [documentId, documentId]));
        return customersOf(strapi, records);
      },

      async refusal(_uid: string, conflicts: readonly Conflict[]): Promise<Error> {
        const files = await filesBy(conflicts.map(({ holder }) => holder));
        const found = conflicts.map(({ claim, holder }) =>
          described(claim.code, holder, files.get(holder))
        );
        await noteRefused(
          conflicts.map(({ claim }) => claim),
          found
        );
        return refusalOf(found);
      },
    },
  };
  return service;
}

export type DuplicatesService = ReturnType<typeof duplicatesService>;

export const duplicatesOf = (strapi: Core.Strapi) =>
  strapi.plugin(PLUGIN).service('duplicates') as DuplicatesService;

/** The customers that contacts belong to after their write: by what the write says, else by what is stored. */
async function customersOf(
  strapi: Core.Strapi,
  records: readonly ClearRecord[]
): Promise<Map<string, string>> {
  const silent = records.filter(({ values }) => values.customer === undefined);
  const files = new Map<string, string>();
  for (const part of chunks(silent, IDS_PER_QUERY)) {
    const rows = (await strapi.db.query(CONTACT).findMany({
      select: ['documentId'],
      where: { documentId: { $in: part.map(({ documentId }) => documentId) } },
      populate: { customer: { select: ['documentId'] } },
    })) as Array<{ documentId: string; customer: { documentId: string } | null }>;
    for (const { documentId, customer } of rows)
      if (customer) files.set(documentId, customer.documentId);
  }
  const targets = records.flatMap(({ documentId, values }) => {
    const id = values.customer === undefined ? null : targetOf(values.customer);
    return id === null ? [] : [{ documentId, id }];
  });
  for (const part of chunks(targets, IDS_PER_QUERY)) {
    const rows = (await strapi.db.query(CUSTOMER).findMany({
      select: ['id', 'documentId'],
      where: { id: { $in: part.map(({ id }) => id) } },
    })) as Array<{ id: number; documentId: string }>;
    const byId = new Map(rows.map(({ id, documentId }) => [id, documentId]));
    for (const { documentId, id } of part) {
      const customer = byId.get(id);
      if (customer !== undefined) files.set(documentId, customer);
    }
  }
  return files;
}
