/** What a search for everything that an order destroyed came to. Counts alone: it stands on the certificate. */
export interface VerificationReport {
  /** ISO moment. */
  verifiedAt: string;
  /** Every place that was searched, and how many records or bytes were looked at there. */
  searched: Array<{ place: string; count: number }>;
  /** How many fingerprints of what had to go were searched for. */
  fingerprints: number;
  /** How many of them were found; an order is completed at 0 only. */
  found: number;
}
