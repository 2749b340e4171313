/** The form of a record in the Content Manager. */
export const recordHref = (type: string, documentId: string): string =>
  `/content-manager/collection-types/${encodeURIComponent(type)}/${encodeURIComponent(documentId)}`;
