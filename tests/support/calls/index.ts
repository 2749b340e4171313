import { accountChapters } from './accounts';
import { anomalyChapters } from './anomalies';
import { attachmentChapters } from './attachments';
import { auditChapters } from './audits';
import { contentChapters } from './content';
import { filingChapters } from './filing';
import { governanceChapters } from './governance';
import { importChapters } from './imports';
import { registerChapters } from './register';
import { mergeChapters } from './merges';
import type { Calls } from './types';
import { verificationChapters } from './verification';

export type { Calls, CallerName, WellFormedCall } from './types';

/** Sends every call. @returns why chapters broke down; the others are sent all the same. */
export async function sendWellFormed(calls: Calls): Promise<string[]> {
  const problems: string[] = [];
  for (const chapters of [
    accountChapters,
    contentChapters,
    governanceChapters,
    auditChapters,
    anomalyChapters,
    attachmentChapters,
    importChapters,
    filingChapters,
    verificationChapters,
    registerChapters,
    mergeChapters,
  ]) {
    for (const chapter of chapters(calls)) {
      try {
        await chapter();
      } catch (error) {
        problems.push((error as Error).message.slice(0, 300));
      }
    }
  }
  await calls.send({ route: 'POST /admin/logout', body: {} });
  return problems;
}
