const SYSTEM_ATTRIBUTES: ReadonlySet<string> = new Set([
  'id',
  'documentId',
  'createdAt',
  'updatedAt',
  'publishedAt',
  'createdBy',
  'updatedBy',
  'locale',
  'localizations',
]);

/**
 * Whether Strapi gives the attribute to every type by itself: nobody enters it, it says nothing of a data subject, and a
 * write of such attributes alone is no change of a record.
 */
export const isSystemAttribute = (name: string): boolean =>
  SYSTEM_ATTRIBUTES.has(name) || name.startsWith('strapi_');
