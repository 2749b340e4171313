import type { Core } from '@strapi/strapi';
import { errors } from '@strapi/utils';
import { maskAddress } from '../audit/address';
import { inTransaction } from '../database';
import { governedOperation } from '../operation';
import { policyOf } from '../policy';
import { resolveType } from '../policy/attribute-path';
import { invalid } from '../refusal';
import type { Channel } from './channels';
import { NOTICE, type NoticeRow, type PublishedNotice } from './notices/notices';
import type { NoticeLanguage } from './notices/texts';
import type { ConsentScope } from './scopes';

const CONSENT = resolveType('consent');
const PURPOSE = resolveType('purpose');
const OPERATION = 'consent.electronic';
const MAX_ANSWERS = 20;

export const RELATIONSHIPS = ['parent', 'grandparent', 'sibling', 'other-guardian'] as const;
export type Relationship = (typeof RELATIONSHIPS)[number];

/** What somebody answered to one of the things that they were asked. */
export interface ConsentAnswer {
  /** Code of the purpose. */
  purpose: string;
  scope: ConsentScope;
  agreed: boolean;
  channel?: Channel;
  expiresAt?: Date | null;
}

/** An answer that the data subject gave on a screen, as the server saw it. */
export interface ElectronicConsent {
  customer: { id: number };
  /** As `noticesOf` gave it when it was shown. */
  notice: Pick<PublishedNotice, 'id' | 'version' | 'hash'>;
  answers: readonly ConsentAnswer[];
  /** By what the confirmation is found again: a form and its number; nothing of a person. */
  evidence: string;
  reference?: string | null;
  language?: NoticeLanguage | null;
  /** The data subject's network address, as it came; what is kept of it the policy says. */
  address?: string;
  guardian?: { contact: { id: number }; relationship: Relationship } | null;
}

/** Whether a consent to this version may still be given: it is shown now, or was until a moment ago. */
function assertShown(row: NoticeRow | null, hash: string, now: Date): void {
  if (!row || row.state === 'draft' || row.textHash !== hash) {
    throw invalid('notice', 'is not the notice that was shown. Fetch the form again and show that');
  }
  const over = row.reliedUntil !== null && new Date(row.reliedUntil) <= now;
  if (row.state === 'replaced' && over) {
    throw invalid('notice', 'was replaced by another version. Fetch the form again and show that');
  }
}

/**
 * Records what a data subject confirmed electronically, in the running transaction: time, what of the address the policy keeps,
 * version and hash are the server's own [COL-4].
 * @returns documentIds of the consents, in the order of the answers.
 */
export async function recordElectronic(
  strapi: Core.Strapi,
  confirmed: ElectronicConsent,
  now: Date
): Promise<string[]> {
  const { answers, notice } = confirmed;
  if (answers.length > MAX_ANSWERS) {
    throw invalid('answers', `may be ${MAX_ANSWERS} at most`);
  }
  const codes = [...new Set(answers.map(({ purpose }) => purpose))];
  return governedOperation(OPERATION, () =>
    inTransaction(strapi, async () => {
      if (notice.id !== null) {
        const row: NoticeRow | null = await strapi.db
          .query(NOTICE)
          .findOne({ where: { id: notice.id } });
        assertShown(row, notice.hash, now);
      }
      const purposes: Array<{ id: number; code: string }> = await strapi.db
        .query(PURPOSE)
        .findMany({ select: ['id', 'code'], where: { code: { $in: codes }, active: true } });
      const byCode = new Map(purposes.map(({ id, code }) => [code, id]));
      const { confirmationAddress } = policyOf(strapi).get().collection.consent;
      const made: string[] = [];
      for (const answer of answers) {
        const purpose = byCode.get(answer.purpose);
        if (purpose === undefined) {
          throw new errors.ApplicationError(
            'A purpose that was consented to is not active any more. Fetch the form again.'
          );
        }
        const row: { documentId: string } = await strapi.db.query(CONSENT).create({
          data: {
            customer: confirmed.customer.id,
            purpose,
            scope: answer.scope,
            channel: answer.channel ?? 'any',
            state: answer.agreed ? 'given' : 'refused',
            evidenceKind: 'electronic',
            evidence: confirmed.evidence,
            reference: confirmed.reference ?? null,
            notice: notice.id,
            noticeVersion: notice.version,
            noticeHash: notice.hash,
            guardian: Boolean(confirmed.guardian),
            guardianContact: confirmed.guardian?.contact.id ?? null,
            guardianRelationship: confirmed.guardian?.relationship ?? null,
            givenAt: now,
            expiresAt: answer.expiresAt ?? null,
            confirmedAt: now,
            confirmedFrom: maskAddress(confirmed.address, confirmationAddress),
            confirmedIn: confirmed.language ?? null,
            publishedAt: now,
          },
        });
        made.push(row.documentId);
      }
      return made;
    })
  );
}
