import type { Core } from '@strapi/strapi';
import { noticesOf, type PublishedNotice } from '../consents/notices/notices';
import { NOTICE_SECTIONS } from '../consents/notices/texts';
import type { Language } from './form';

type PlanRow = Parameters<ReturnType<typeof noticesOf>['ofPlan']>[0];

/** What data subjects are shown under a plan; `null` when it has nothing to show, and nothing may be asked. */
export const noticeOf = (strapi: Core.Strapi, plan: PlanRow): Promise<PublishedNotice | null> =>
  noticesOf(strapi).ofPlan(plan);

/** The whole of a notice in one language, section by section; where it is not written in that one, in the one that it has. */
export function noticeText({ texts, plain }: PublishedNotice, language: Language): string {
  if (plain !== null) return plain;
  const text = texts[language] ?? texts.zh ?? texts.en;
  return text ? NOTICE_SECTIONS.map((section) => text[section]).join('\n\n') : '';
}
