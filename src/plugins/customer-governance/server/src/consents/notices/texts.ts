import { createHash } from 'node:crypto';
import { canonicalJson } from '../../audit/encoding';

/** The languages in which a notice may be shown, as the panel has them. */
export const NOTICE_LANGUAGES = ['zh', 'en'] as const;
export type NoticeLanguage = (typeof NOTICE_LANGUAGES)[number];

/** What a data subject is told before consenting (PIPL 17) [COL-4]. */
export const NOTICE_SECTIONS = [
  'purposes',
  'method',
  'kinds',
  'term',
  'rights',
  'contact',
] as const;
export type NoticeSection = (typeof NOTICE_SECTIONS)[number];
export type NoticeText = Readonly<Record<NoticeSection, string>>;
export type NoticeTexts = Readonly<Partial<Record<NoticeLanguage, NoticeText>>>;

export const MAX_SECTION = 4000;

const isPlain = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** What is wrong with the texts of a notice; `null` when nothing is. It names places, never the words. */
export function textsProblem(texts: unknown): string | null {
  if (!isPlain(texts)) return 'must be the texts by language: zh, en';
  const unknown = Object.keys(texts).filter((key) => !NOTICE_LANGUAGES.includes(key as never));
  if (unknown.length > 0) return 'may be in zh and en alone';
  const languages = NOTICE_LANGUAGES.filter((language) => texts[language] !== undefined);
  if (languages.length === 0) return 'write the notice in at least one language: zh, en';
  const problems = languages.flatMap((language) => problemsOf(language, texts[language]));
  return problems.length > 0 ? problems.join('; ') : null;
}

function problemsOf(language: NoticeLanguage, text: unknown): string[] {
  if (!isPlain(text)) return [`${language} must have the sections ${NOTICE_SECTIONS.join(', ')}`];
  if (Object.keys(text).some((key) => !NOTICE_SECTIONS.includes(key as never))) {
    return [
      `${language} has a section that no notice has; those are ${NOTICE_SECTIONS.join(', ')}`,
    ];
  }
  return NOTICE_SECTIONS.flatMap((section) => {
    const words = text[section];
    if (typeof words !== 'string' || words.trim() === '') {
      return [`${language}.${section} is missing`];
    }
    return words.length > MAX_SECTION
      ? [`${language}.${section} may have ${MAX_SECTION} characters at most`]
      : [];
  });
}

/**
 * By which a notice is told to be the one that was shown: SHA-256, in hexadecimal, over the JSON of code, texts and version in
 * canonical form (RFC 8785), so that whoever has the texts can reckon it.
 */
export const noticeHash = (notice: { code: string; version: string; texts: unknown }): string =>
  createHash('sha256')
    .update(
      canonicalJson({ code: notice.code, texts: notice.texts, version: notice.version }),
      'utf8'
    )
    .digest('hex');

/** Whether two notices say the same, whatever their versions are called. */
export const saySame = (one: NoticeTexts, other: NoticeTexts): boolean =>
  canonicalJson(one) === canonicalJson(other);
