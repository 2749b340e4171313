import { PLUGIN } from '../domain';
import type { Category, Classification, ClassificationCode, Level, LocalText } from './policy';

/** The product's own governed types. */
export const CUSTOMER = `plugin::${PLUGIN}.customer`;
export const CONTACT = `plugin::${PLUGIN}.contact`;
export const ATTACHMENT = `plugin::${PLUGIN}.attachment`;

/** One attribute of one content type. */
export interface AttributeRef {
  uid: string;
  attribute: string;
}

/**
 * Reads an attribute as the policy writes it. `customer.mobile` is short for the product's own type;
 * a project's type is written in full: `api::lead.lead.mobile`.
 */
export function resolveAttribute(path: string): AttributeRef {
  const dot = path.lastIndexOf('.');
  return { uid: resolveType(path.slice(0, dot)), attribute: path.slice(dot + 1) };
}

/** The full uid of a type that may be written short: `customer` is `plugin::customer-governance.customer`. */
export function resolveType(type: string): string {
  return type.includes('::') ? type : `plugin::${PLUGIN}.${type}`;
}

/** Takes `'contact/personal'` apart. */
export function readClassification(code: ClassificationCode): Classification {
  const [category, level] = code.split('/') as [Category, Level];
  return { category, level };
}

/** The text in the language asked for; English where the language is not one of the policy's. */
export function textIn(text: LocalText, locale: string): string {
  if (typeof text === 'string') {
    return text;
  }
  return locale.toLowerCase().startsWith('zh') ? text.zh : text.en;
}
