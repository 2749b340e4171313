import { createHash } from 'node:crypto';
import type { Core } from '@strapi/strapi';
import { auditOf } from '../../audit/audit';
import { zoneOf } from '../../calendar/zone';
import { chunks, tablesOf } from '../../database';
import { addMonths, policyOf } from '../../policy';
import type { Day } from '../due/due-date';
import { PROOFS_TABLE } from '../models';
import { CONSENT } from '../uids';

/** What is left of a consent: to what somebody agreed or did not, on which notice, when. Not who. */
export interface ConsentProof {
  id: number;
  digest: string;
  purpose: string | null;
  facts: Record<string, string | boolean>;
  order_number: string;
  ends_on: Day;
}

interface Attribute {
  type: string;
}

const IDS_PER_QUERY = 400;
const DIGEST_FORMAT = 'customer-governance/consent-proof/v1';
/** Types that hold a choice out of a few, or a time: none of them says whose the consent is. */
const IMPERSONAL = new Set(['enumeration', 'boolean', 'date', 'datetime']);
/** Of texts, those that name the notice, its wording or the channel; never the evidence or a reference. */
const IMPERSONAL_TEXT = /^channel$|^noticeVersion$|(?:text|notice)Hash$/i;
const OWN_TIMES = new Set(['createdAt', 'updatedAt', 'publishedAt']);

/**
 * By which a proof is found by whoever has the consent's own id, as the log has it, and by nobody else. The id is random, so
 * that nothing can be tried out.
 */
export const proofDigest = (consentDocumentId: string): string =>
  createHash('sha256').update(`${DIGEST_FORMAT}\n${consentDocumentId}`).digest('hex');

/**
 * Proofs of consents whose customers are destroyed, where the policy keeps them. Whoever handles personal information has
 * to show that it had consent (PIPL articles 14, 54 and 69), and yet has to erase the information (article 47). So a proof
 * holds nothing that identifies: no name, no number (the filing number stands on paper and at partners, which would lead back
 * to the person), no evidence text, no id of the customer. It ends after the policy's term.
 */
export function createConsentProofs(strapi: Core.Strapi) {
  const policy = () => policyOf(strapi).get().retention.destruction;
  const dayAt = (at: Date): Day => zoneOf(policyOf(strapi).get().calendar.timezone).dayAt(at);

  /** Found by asking the type, so that what a later version writes down with a consent is kept, too. */
  const keptAttributes = (): string[] =>
    Object.entries(strapi.contentType(CONSENT as never)['attributes'] as Record<string, Attribute>)
      .filter(([name]) => !OWN_TIMES.has(name))
      .filter(
        ([name, { type }]) =>
          IMPERSONAL.has(type) || (type === 'string' && IMPERSONAL_TEXT.test(name))
      )
      .map(([name]) => name);

  const factsOf = (row: Record<string, unknown>, names: readonly string[]) =>
    Object.fromEntries(
      names.flatMap((name) => {
        const value = row[name];
        return value === null || value === undefined ? [] : [[name, shown(value)]];
      })
    );

  return {
    /** Keeps proofs of consents that are about to be removed, in the running transaction. Repeatable. */
    async keep(
      consentIds: readonly string[],
      orderNumber: string,
      destroyedAt: Date
    ): Promise<void> {
      const { consentProof, consentProofMonths } = policy();
      if (consentProof !== 'keep-proof') return;
      const names = keptAttributes();
      const endsOn = addMonths(dayAt(destroyedAt), consentProofMonths);
      for (const part of chunks(consentIds, IDS_PER_QUERY)) {
        const rows = (await strapi.db.query(CONSENT).findMany({
          select: ['id', 'documentId', ...names],
          where: { documentId: { $in: part } },
          populate: { purpose: { select: ['id', 'code'] } },
        })) as Array<
          Record<string, unknown> & { documentId: string; purpose?: { code: string } | null }
        >;
        if (rows.length === 0) continue;
        await (
          await tablesOf(strapi)
        )(PROOFS_TABLE)
          .insert(
            rows.map((row) => ({
              digest: proofDigest(row.documentId),
              purpose: row.purpose?.code ?? null,
              facts: JSON.stringify(factsOf(row, names)),
              order_number: orderNumber,
              ends_on: endsOn,
            }))
          )
          .onConflict('digest')
          .ignore();
      }
    },

    /** How many proofs there are of an order's consents. */
    async countOf(orderNumber: string): Promise<number> {
      const [row] = (await (
        await tablesOf(strapi)
      )(PROOFS_TABLE)
        .where({ order_number: orderNumber })
        .count({ count: '*' })) as Array<{ count: number | string }>;
      return Number(row?.count ?? 0);
    },

    /** A page of proofs, newest first: of an order, or of one consent. @param cursor the id of the last one before. */
    async page(
      { order, consent }: { order?: string; consent?: string },
      cursor: number | null,
      limit: number
    ): Promise<ConsentProof[]> {
      const query = (await tablesOf(strapi))(PROOFS_TABLE).orderBy('id', 'desc').limit(limit);
      if (order !== undefined) query.andWhere({ order_number: order });
      if (consent !== undefined) query.andWhere({ digest: proofDigest(consent) });
      if (cursor !== null) query.andWhere('id', '<', cursor);
      const rows = (await query) as Array<Omit<ConsentProof, 'facts'> & { facts: string }>;
      return rows.map((row) => ({ ...row, facts: JSON.parse(row.facts) as ConsentProof['facts'] }));
    },

    /** Removes proofs whose term is over. @returns how many. */
    async end(now: Date): Promise<number> {
      const count = (await (
        await tablesOf(strapi)
      )(PROOFS_TABLE)
        .where('ends_on', '<=', dayAt(now))
        .delete()) as unknown as number;
      if (count > 0) {
        await auditOf(strapi).append({ action: 'destruction.proof-end', details: { count } });
      }
      return count;
    },
  };
}

export type ConsentProofs = ReturnType<typeof createConsentProofs>;

/** Moments to the minute: one to the millisecond could be found again in another system's log. */
function shown(value: unknown): string | boolean {
  if (typeof value === 'boolean') return value;
  const text = value instanceof Date ? value.toISOString() : String(value);
  return /^\d{4}-\d{2}-\d{2}T/.test(text) ? `${new Date(text).toISOString().slice(0, 16)}Z` : text;
}
