import { createHash } from 'node:crypto';
import { digestOf } from '../policy/load';

/** How many records of which sort an order destroyed. */
export interface DestructionSummary {
  customers: number;
  contacts: number;
  consents: number;
  holds: number;
  /** Customers of the order that a legal hold kept. */
  held: number;
  /** Tells whether a list of ids is that of the destroyed records, without being the list. */
  recordsDigest: string;
}

/** What a certificate says. Its digest is reckoned over exactly this. */
export interface CertificateContent {
  number: string;
  orderNumber: string;
  method: string;
  count: number;
  proposedBy: string;
  approvers: string[];
  executedBy: string;
  executedAt: string;
  summary: DestructionSummary;
}

/** SHA-256 over the canonical JSON (keys in order, no spaces) of what the certificate says. */
export const certificateDigest = (content: CertificateContent): string => digestOf(content);

/** SHA-256 over `type documentId`, one a line, in order; to be fed in any order, page by page. */
export function recordsDigest(
  records: ReadonlyArray<{ type: string; documentId: string }>
): string {
  const lines = records.map(({ type, documentId }) => `${type} ${documentId}\n`).sort();
  return createHash('sha256').update(lines.join('')).digest('hex');
}
