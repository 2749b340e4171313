import { createTranslate, type Labels, type Translate } from './catalogue';
import labels from './zh-Hans.attributes.json';
import zhHans from './zh-Hans.json';
import joi from './zh-Hans.joi.json';
import words from './zh-Hans.words.json';

/** The languages in which the product answers: those of its panel. */
export type Language = 'en' | 'zh-Hans';

/** What of a request tells the language of its reader. */
export interface Reader {
  query?: { language?: unknown };
  request?: { body?: unknown };
  state?: { user?: { preferedLanguage?: string | null } };
  cookies?: { get(name: string): string | undefined };
  acceptsLanguages?(...languages: string[]): string | false;
}

/** The language that the panel shows at the moment; the panel writes it. */
export const LANGUAGE_COOKIE = 'governance-language';

const chinese = createTranslate({ ...joi, ...zhHans }, words);
const AS_IT_STANDS: Translate = (text) => text;

const OURS = /^(?:en|zh)\b/i;
const languageIn = (given: unknown): string | undefined => {
  const { language } = (given ?? {}) as { language?: unknown };
  return typeof language === 'string' && OURS.test(language) ? language : undefined;
};

/**
 * In which language an answer is read: the one that is asked for by name, else that of the page it is for, else of the account
 * [its spelling is Strapi's], else what the client accepts (RFC 9110, 12.5.4). Whoever says nothing gets English.
 */
export function languageOf(reader: Reader): Language {
  const language =
    languageIn(reader.query) ??
    languageIn(reader.request?.body) ??
    reader.cookies?.get(LANGUAGE_COOKIE) ??
    reader.state?.user?.preferedLanguage ??
    reader.acceptsLanguages?.('en', 'zh');
  return language && /^zh\b/i.test(language) ? 'zh-Hans' : 'en';
}

/** Brings sentences of the product into a language. */
export const translatorOf = (language: Language): Translate =>
  language === 'en' ? AS_IT_STANDS : chinese;

/** How a form of the panel names the attributes of a type. @param type without the plugin, such as `customer`. */
export function labelsOf(language: Language, type: string | undefined): Labels {
  const known: Readonly<Record<string, Labels>> = language === 'en' ? {} : labels;
  return (type !== undefined && Object.hasOwn(known, type) && known[type]) || {};
}
