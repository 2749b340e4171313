import type { Core } from '@strapi/strapi';
import { errors } from '@strapi/utils';
import { auditOf } from '../../audit/audit';
import { isUniqueViolation } from '../../customers/entry/unique';
import { inTransaction } from '../../database';
import { PLUGIN } from '../../domain';
import { governedOperation } from '../../operation';
import { actorOf } from '../../organisation/actor';
import { organisationOf } from '../../organisation/organisation';
import { policyOf } from '../../policy';
import { createMissing } from './missing';
import { NOTICE } from './models';
import { noticeHash, saySame, textsProblem, type NoticeTexts } from './texts';

export { NOTICE };

export const NOTICE_STATES = ['draft', 'published', 'replaced'] as const;
export type NoticeState = (typeof NOTICE_STATES)[number];

export interface NoticeRow {
  id: number;
  documentId: string;
  title: string;
  code: string;
  version: string;
  texts: NoticeTexts;
  state: NoticeState;
  textHash: string | null;
  issuedAt: string | null;
  replacedAt: string | null;
  /** Until when consents under a version that says something else are relied on; `null`: as long as they stand. */
  reliedUntil: string | null;
  createdAt: string | null;
  publisher?: { displayName: string } | null;
}

/** What is shown to data subjects: a version that stays as it is. */
export interface PublishedNotice {
  /** `null` for the text that a plan has of its own. */
  id: number | null;
  documentId: string | null;
  code: string;
  version: string;
  /** SHA-256 in hexadecimal; see `noticeHash`. */
  hash: string;
  texts: NoticeTexts;
  /** The one text of a plan that points to no notice. */
  plain: string | null;
}

/** A notice as the panel lists it. */
export type NoticeView = Omit<NoticeRow, 'id' | 'publisher'> & { publisher: string | null };

const OPERATION = 'notice';
const DAY_MS = 24 * 60 * 60 * 1000;

/** Told of a new version within its transaction. */
export type PublicationListener = (notice: NoticeRow, now: Date) => Promise<void>;

/** What data subjects are told, version by version [COL-4]. */
export function noticesService({ strapi }: { strapi: Core.Strapi }) {
  const query = () => strapi.db.query(NOTICE);
  const asProduct = <T>(work: () => Promise<T>) => governedOperation(OPERATION, work);
  const listeners: PublicationListener[] = [];

  const find = async (documentId: string): Promise<NoticeRow> => {
    const row: NoticeRow | null = await query().findOne({ where: { documentId } });
    if (!row) throw new errors.NotFoundError('There is no such notice.');
    return row;
  };

  /**
   * Takes the version of before out of use. Whoever consented to other words is asked again, and what they agreed to is relied
   * on for the days that the policy gives. @returns whether they are.
   */
  const replace = async (draft: NoticeRow, now: Date): Promise<boolean> => {
    const { code } = draft;
    const before: NoticeRow | null = await query().findOne({ where: { code, state: 'published' } });
    if (!before) return false;
    await query().updateMany({
      where: { id: before.id, state: 'published' },
      data: { state: 'replaced', publishedCode: null, replacedAt: now },
    });
    const { askAgain, graceDays } = policyOf(strapi).get().collection.consent;
    if (askAgain === 'never' || saySame(before.texts, draft.texts)) return false;
    await query().updateMany({
      where: { code, state: 'replaced', reliedUntil: { $null: true } },
      data: { reliedUntil: new Date(now.getTime() + graceDays * DAY_MS) },
    });
    return true;
  };

  const publish = async (documentId: string, now: Date): Promise<boolean> => {
    const draft = await find(documentId);
    if (draft.state !== 'draft') {
      throw new errors.ApplicationError(
        'Only a draft is published. To change a notice, make its next version.'
      );
    }
    const problem = textsProblem(draft.texts);
    if (problem) throw new errors.ApplicationError(`The notice is not complete: ${problem}.`);
    const asksAgain = await replace(draft, now);
    const staff = await organisationOf(strapi).staffOf(actorOf(strapi).identity());
    const hash = noticeHash(draft);
    const { count } = await query().updateMany({
      where: { documentId, state: 'draft' },
      data: {
        state: 'published',
        publishedCode: draft.code,
        textHash: hash,
        issuedAt: now,
        publisher: staff?.id ?? null,
      },
    });
    if (count !== 1) throw meanwhile();
    await auditOf(strapi).append({
      action: 'notice.publish',
      recordType: NOTICE,
      recordIds: [documentId],
      details: { notice: draft.code, version: draft.version, hash, asksAgain },
    });
    if (asksAgain) {
      const notice = await find(documentId);
      for (const told of listeners) await told(notice, now);
    }
    return asksAgain;
  };

  return {
    /** Who has yet to answer to the version that is shown now. */
    missing: createMissing(strapi),

    /** Keeps a draft, new or changed, by the rules of every entry. @returns its documentId. */
    async draft(
      documentId: string | null,
      data: { title: string; code: string; version: string; texts: unknown }
    ): Promise<string> {
      const documents = strapi.documents(NOTICE as never);
      const row = documentId
        ? await documents.update({ documentId, data: data as never })
        : await documents.create({ data: data as never });
      if (!row) throw new errors.NotFoundError('There is no such notice.');
      return row.documentId;
    },

    /**
     * Publishes a draft: from then on it stays as it is, and the version of before is replaced. The database lets one version of
     * a code be the published one.
     * @returns whether those who consented to the one before are asked again.
     */
    async publish(documentId: string, now: Date = new Date()): Promise<boolean> {
      try {
        return await asProduct(() => inTransaction(strapi, () => publish(documentId, now)));
      } catch (error) {
        if (isUniqueViolation(error)) throw meanwhile();
        throw error;
      }
    },

    /** The version of a notice that is shown now, or `null`. */
    async published(code: string): Promise<PublishedNotice | null> {
      const row: NoticeRow | null = await query().findOne({ where: { code, state: 'published' } });
      return row && shownOf(row);
    },

    /** A version that data subjects were or are shown, by its documentId, or `null`. */
    async byDocumentId(documentId: string): Promise<(PublishedNotice & NoticeRow) | null> {
      const row: NoticeRow | null = await query().findOne({
        where: { documentId, state: { $ne: 'draft' } },
      });
      return row && { ...row, ...shownOf(row), id: row.id, documentId: row.documentId };
    },

    /**
     * What data subjects are shown under a plan: the version that is published now of the notice that the plan points to, or
     * else the plan's own text. `null` when it has neither.
     */
    async ofPlan(plan: {
      code: string;
      noticeVersion?: string | null;
      noticeText?: string | null;
      notice?: { code: string } | null;
    }): Promise<PublishedNotice | null> {
      if (plan.notice) return this.published(plan.notice.code);
      const { code, noticeVersion: version, noticeText: plain } = plan;
      if (!version || !plain) return null;
      const hash = noticeHash({ code, version, texts: plain });
      return { id: null, documentId: null, code, version, hash, texts: {}, plain };
    },

    /** Told of each new version that asks again, in the transaction that publishes it. */
    onPublished(listener: PublicationListener): void {
      listeners.push(listener);
    },

    /** A page of notices, newest first. @param cursor the id of the last one of the page before. */
    async page(
      filter: { state?: NoticeState; code?: string },
      cursor: number | null,
      limit: number
    ): Promise<Array<NoticeView & { id: number }>> {
      const rows: NoticeRow[] = await query().findMany({
        where: {
          ...(filter.state ? { state: filter.state } : {}),
          ...(filter.code ? { code: filter.code } : {}),
          ...(cursor === null ? {} : { id: { $lt: cursor } }),
        },
        populate: { publisher: { select: ['displayName'] } },
        orderBy: { id: 'desc' },
        limit,
      });
      return rows.map((row) => ({ ...viewOf(row), id: row.id }));
    },

    /** One notice as the panel shows it. @throws NotFoundError. */
    async view(documentId: string): Promise<NoticeView> {
      const row: NoticeRow | null = await query().findOne({
        where: { documentId },
        populate: { publisher: { select: ['displayName'] } },
      });
      if (!row) throw new errors.NotFoundError('There is no such notice.');
      return viewOf(row);
    },
  };
}

const meanwhile = () =>
  new errors.ApplicationError('Another version was published meanwhile. Reload the page.');

const shownOf = ({ id, documentId, code, version, texts, textHash }: NoticeRow) => ({
  id,
  documentId,
  code,
  version,
  hash: textHash ?? '',
  texts,
  plain: null,
});

const viewOf = (row: NoticeRow): NoticeView => ({
  documentId: row.documentId,
  title: row.title,
  code: row.code,
  version: row.version,
  texts: row.texts,
  state: row.state,
  textHash: row.textHash,
  issuedAt: row.issuedAt,
  replacedAt: row.replacedAt,
  reliedUntil: row.reliedUntil,
  createdAt: row.createdAt,
  publisher: row.publisher?.displayName ?? null,
});

export type NoticesService = ReturnType<typeof noticesService>;

export const noticesOf = (strapi: Core.Strapi) =>
  strapi.plugin(PLUGIN).service('notices') as NoticesService;
