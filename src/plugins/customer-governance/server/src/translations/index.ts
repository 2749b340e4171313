import type { Core } from '@strapi/strapi';
import type { Domain } from '../domain';
import type { Translate } from './catalogue';
import { languageOf, translatorOf, type Reader } from './language';
import { refusalsInLanguage } from './refusals';

export { translatorOf } from './language';
export type { Translate } from './catalogue';

/**
 * Brings sentences into the language of whoever reads the answer to the request that runs: those that an answer carries
 * without being a refusal. Outside of requests there is no reader, and they stay as they are.
 */
export const translatorOfRequest = (strapi: Core.Strapi): Translate =>
  translatorOf(languageOf((strapi.requestContext.get() ?? {}) as Reader));

/** What the product says, in the languages of its panel. */
export const translations: Domain = {
  name: 'translations',
  middlewares: { 'refusals-in-language': refusalsInLanguage as never },
};
