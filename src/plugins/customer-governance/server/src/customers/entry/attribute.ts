import { isSystemAttribute } from '../../system-attributes';

/** An attribute as Strapi's schema describes it; only what an entry is checked by. */
export interface Attribute {
  type: string;
  customField?: string;
  enum?: readonly string[];
  maxLength?: number;
  relation?: string;
  target?: string;
  useJoinTable?: boolean;
  writable?: boolean;
  default?: unknown;
}

export type Attributes = Readonly<Record<string, Attribute>>;

/** Whether a key is Strapi's own and not an attribute that somebody enters. */
export const isBookkeeping = (key: string): boolean =>
  isSystemAttribute(key) || key === 'status' || key.startsWith('__');

export const isRelation = (attribute: Attribute): boolean => attribute.type === 'relation';

export const isToMany = (attribute: Attribute): boolean =>
  attribute.relation?.endsWith('ToMany') ?? false;

/** Nothing was entered: the ways in which forms and programs say so. */
export const isEmpty = (value: unknown): boolean =>
  value === undefined || value === null || value === '';

/** Own keys only: a key from a request must not reach `constructor` and its like. */
export const attributeOf = (attributes: Attributes, key: string): Attribute | undefined =>
  Object.hasOwn(attributes, key) ? attributes[key] : undefined;
