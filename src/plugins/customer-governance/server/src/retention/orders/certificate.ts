import { createHash } from 'node:crypto';
import { certificateDigest, certificateText } from '../../transparency/verifier/certificate';
import type { VerificationReport } from '../destruction/verification';

export { certificateDigest, certificateText };

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

/** One way in which something was destroyed, and who stands for it; the application itself where nobody does. */
export interface CertifiedMedium {
  medium: string;
  method: string;
  confirmedBy: string | null;
  confirmedAt: string | null;
}

/** What a certificate says. Its digest is reckoned over exactly this; of what was destroyed it says nothing. */
export interface CertificateContent {
  number: string;
  orderNumber: string;
  /** How many records of each type. */
  records: Record<string, number>;
  /** Paths of the attributes that went; `null`: the whole records. */
  attributes: string[] | null;
  /** Customers of the order that a legal hold kept. */
  held: number;
  /** Customers that were taken out when the order was reviewed. */
  takenOut: number;
  /** Consents of which a proof without personal data stays, as the policy has it. */
  consentProofs: number;
  recordsDigest: string;
  media: CertifiedMedium[];
  proposedBy: string;
  proposedAt: string | null;
  submittedBy: string | null;
  submittedAt: string | null;
  approvers: string[];
  approvedAt: string | null;
  executedBy: string;
  executorConfirmedAt: string | null;
  supervisedBy: string;
  supervisorConfirmedAt: string | null;
  executedAt: string;
  verification: VerificationReport;
}

/** SHA-256 over `type documentId`, one a line, in order; to be fed in any order, page by page. */
export function recordsDigest(
  records: ReadonlyArray<{ type: string; documentId: string }>
): string {
  const lines = records.map(({ type, documentId }) => `${type} ${documentId}\n`).sort();
  return createHash('sha256').update(lines.join('')).digest('hex');
}
