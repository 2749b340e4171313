import { PROTECTED_FIELD_UID } from '../pluginId';

/** As much of a content type's schema as is needed here. */
export interface TypeSchema {
  attributes?: Record<string, object>;
}

const isProtected = (attribute: object): boolean =>
  'customField' in attribute && attribute.customField === PROTECTED_FIELD_UID;

/** The protected attributes of a content type, by its schema. */
export const protectedAttributes = (schema: TypeSchema | undefined): string[] =>
  Object.entries(schema?.attributes ?? {})
    .filter(([, attribute]) => isProtected(attribute))
    .map(([name]) => name);

/** Whether a content type is governed: it has a protected attribute. */
export const isGoverned = (schema: TypeSchema | undefined): boolean =>
  protectedAttributes(schema).length > 0;
