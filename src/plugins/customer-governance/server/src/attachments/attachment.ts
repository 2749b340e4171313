import type { FileType } from '../policy';
import { ATTACHMENT } from '../policy/attribute-path';

export { ATTACHMENT };

export type AttachmentState = 'stored' | 'removed';

export interface AttachmentRow {
  id: number;
  documentId: string;
  displayName: string;
  kind: string;
  date: string;
  /** Masks: of which of the two there is one says whether the file is sensitive. */
  content: string | null;
  sensitiveContent: string | null;
  mime: FileType;
  size: number;
  /** SHA-256 of the sealed file, in hexadecimal. */
  digest: string;
  /** Where the storage says that the file lies; `null` where the documentId alone tells. */
  location: string | null;
  state: AttachmentState;
  createdAt: Date | string;
  removedAt: Date | string | null;
  removalReason: string | null;
  customer?: { id: number; documentId: string } | null;
  uploadedBy?: { displayName: string } | null;
  removedBy?: { displayName: string } | null;
}

/** The protected attribute that a file hangs on, by whether its kind is sensitive. */
export type ContentAttribute = 'content' | 'sensitiveContent';
export const CONTENTS: readonly string[] = [
  'content',
  'sensitiveContent',
] satisfies ContentAttribute[];

export const attributeFor = (sensitive: boolean): ContentAttribute =>
  sensitive ? 'sensitiveContent' : 'content';

export const attributeOf = (row: Pick<AttachmentRow, 'sensitiveContent'>): ContentAttribute =>
  attributeFor(row.sensitiveContent !== null);

/**
 * What a file is called: date, customer, kind. The customer is the filing number, or else the id, never a name; and the name
 * that the file had with whoever sent it is not kept, for it often says whose it is.
 */
export function nameOf(
  date: string,
  customer: { documentId: string; filingNumber?: string | null },
  kind: string
): string {
  const number = (customer.filingNumber ?? '').replace(/[^\p{L}\p{N}-]+/gu, '-').slice(0, 60);
  return `${date}_${number || customer.documentId}_${kind}`;
}
