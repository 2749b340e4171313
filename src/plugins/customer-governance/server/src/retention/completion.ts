import type { Certificates } from './certificates';
import type { VerificationReport } from './verification';

/** What becomes of an order once everything that the application can destroy by itself is destroyed and verified. */
export function createCompletion({ certificates }: { certificates: Certificates }) {
  return {
    /**
     * Ends an execution with its certificate. Run twice, it does nothing the second time.
     * @throws Error when something of the order was still found.
     */
    async complete(
      orderDocumentId: string,
      report: VerificationReport,
      now: Date,
      beforeCommit: () => void | Promise<void>
    ): Promise<void> {
      if (report.found > 0)
        throw new Error('An order of which something was found is not completed.');
      await certificates.issue(orderDocumentId, now, beforeCommit);
    },
  };
}

export type Completion = ReturnType<typeof createCompletion>;
