import type { Core } from '@strapi/strapi';
import { isKindId, kinds, type Kind } from './kinds';

export const PROTECTED_FIELD = 'plugin::customer-governance.protected';

interface ModelLike {
  uid: string;
  attributes: Record<string, unknown>;
  options?: { draftAndPublish?: boolean };
  pluginOptions?: Record<string, Record<string, unknown>>;
}
interface FieldLike {
  customField?: string;
  options?: { kind?: unknown };
}

/** The protected attributes of a type, with their kinds, in the order of its schema. */
export function protectedAttributesOf(model: ModelLike): Record<string, Kind> {
  const found: Record<string, Kind> = {};
  for (const [name, attribute] of Object.entries(model.attributes)) {
    const field = attribute as FieldLike;
    if (field.customField !== PROTECTED_FIELD) continue;
    const kind = field.options?.kind;
    if (typeof kind === 'string' && isKindId(kind)) found[name] = kinds[kind];
  }
  return found;
}

/**
 * What forbids a type to use the field, in words; empty when all is well.
 * Drafts and translations would give one record several rows under one key, of which each could be published or
 * destroyed without the others.
 */
export function fieldProblems(model: ModelLike): string[] {
  const problems: string[] = [];
  let uses = false;
  for (const [name, attribute] of Object.entries(model.attributes)) {
    const field = attribute as FieldLike;
    if (field.customField !== PROTECTED_FIELD) continue;
    uses = true;
    const kind = field.options?.kind;
    if (typeof kind !== 'string' || !isKindId(kind)) {
      problems.push(
        `${model.uid}.${name}: options.kind must be one of ${Object.keys(kinds).join(', ')}`
      );
    }
  }
  if (!uses) return [];
  if (model.options?.draftAndPublish) {
    problems.push(`${model.uid}: a type with protected attributes must have draft and publish off`);
  }
  if (model.pluginOptions?.i18n?.localized) {
    problems.push(`${model.uid}: a type with protected attributes must have localisation off`);
  }
  return problems;
}

/** Registers the custom field: for Strapi a string, whose column only ever holds a mask. */
export function registerField(strapi: Core.Strapi): void {
  strapi.customFields.register({
    name: 'protected',
    plugin: 'customer-governance',
    type: 'string',
    inputSize: { default: 6, isResizable: true },
  });
}
