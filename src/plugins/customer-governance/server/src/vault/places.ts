/** What a ciphertext is bound to: it opens at its own type, record, attribute and format version only. */
export const sealedPlace = (type: string, documentId: string, attribute: string) =>
  `${type}\n${documentId}\n${attribute}\n1`;

/** What the wrapped data key of a record is bound to. */
export const dataKeyUse = (type: string, documentId: string) => `${type}\n${documentId}`;
