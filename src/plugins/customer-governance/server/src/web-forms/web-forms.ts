import type { Core } from '@strapi/strapi';
import { whyInactive } from '../collection/plans/form';
import { zoneOf } from '../calendar/zone';
import { tablesOf } from '../database';
import { PLUGIN } from '../domain';
import { policyOf } from '../policy';
import { createAnswers } from './answers';
import { createDays, type Counts } from './days';
import { createEntering } from './entering';
import { WEB_FORM, type WebFormRow } from './form';
import { createLimits } from './limits';
import { ANSWERS, DAYS, HITS, NONCES } from './models';

/** A form as the panel lists it. */
export interface WebFormView {
  documentId: string;
  title: string;
  code: string;
  state: WebFormRow['state'];
  customerKind: WebFormRow['customerKind'];
  plan: { documentId: string; title: string } | null;
  /** Why nothing may be collected under its plan today. */
  inactive: string | null;
  allowedOrigins: string[];
  owner: string | null;
  department: string | null;
  entriesPerDay: number;
  counts: Counts;
}

const HOUR_MS = 60 * 60 * 1000;
const ROWS_AT_ONCE = 5000;
/** Counts of a form that is gone say nothing any more. */
const FORMS = 'governance_web_forms';

/** The forms of the company's own websites: who may show them, what they took in, and what is forgotten of it. */
export function webFormsService({ strapi }: { strapi: Core.Strapi }) {
  const days = createDays(strapi);
  const limits = createLimits(strapi);
  const entering = createEntering(strapi, createAnswers(strapi), days);

  /** Removes old rows a batch at a time, so that nobody waits for it. */
  const forget = async (table: string, column: string, before: number): Promise<number> => {
    let removed = 0;
    for (;;) {
      const rows = (await (
        await tablesOf(strapi)
      )(table)
        .select('id')
        .where(column, '<', before)
        .limit(ROWS_AT_ONCE)) as Array<{ id: number }>;
      if (rows.length === 0) return removed;
      const ids = rows.map(({ id }) => id);
      await (
        await tablesOf(strapi)
      )(table)
        .whereIn('id', ids)
        .andWhere(column, '<', before)
        .delete();
      removed += rows.length;
    }
  };

  return {
    limits,
    entering,

    /** A page of forms, newest first. @param cursor the id of the last one of the page before. */
    async page(
      cursor: number | null,
      limit: number,
      now: Date
    ): Promise<Array<WebFormView & { id: number }>> {
      const rows = (await strapi.db.query(WEB_FORM).findMany({
        where: cursor === null ? {} : { id: { $lt: cursor } },
        populate: { plan: true, owner: true, department: true },
        orderBy: { id: 'desc' },
        limit,
      })) as Array<WebFormRow & { plan?: Record<string, unknown> | null }>;
      const counts = await days.of(
        rows.map(({ id }) => id),
        now
      );
      const { calendar, webForms } = policyOf(strapi).get();
      const today = zoneOf(calendar.timezone).dayAt(now);
      return rows.map((row) => ({
        id: row.id,
        documentId: row.documentId,
        title: row.title,
        code: row.code,
        state: row.state,
        customerKind: row.customerKind,
        plan: row.plan ? { documentId: row.plan.documentId, title: row.plan.title } : null,
        inactive: row.plan ? whyInactive({ ...row.plan }, today) : null,
        allowedOrigins: row.allowedOrigins ?? [],
        owner: row.owner?.displayName ?? null,
        department: row.department?.name ?? null,
        entriesPerDay: row.entriesPerDay ?? webForms.entriesPerDay,
        counts: counts.get(row.id) ?? { today: 0, month: 0, refused: 0 },
      }));
    },

    /** Forgets tokens, answers and counts whose time is over. @returns how many. */
    async sweep(now: Date): Promise<number> {
      const at = now.getTime();
      const removed =
        (await forget(NONCES, 'expires_at', at)) +
        (await forget(ANSWERS, 'expires_at', at)) +
        (await forget(HITS, 'since', at - 24 * HOUR_MS));
      const tables = await tablesOf(strapi);
      await tables(DAYS).whereNotIn('form', tables(FORMS).select('id')).delete();
      return removed;
    },
  };
}

export type WebFormsService = ReturnType<typeof webFormsService>;

export const webFormsOf = (strapi: Core.Strapi) =>
  strapi.plugin(PLUGIN).service('web-forms') as WebFormsService;
