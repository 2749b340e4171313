import type { Core } from '@strapi/strapi';

/**
 * Runs `work` outside any transaction: at once when there is none, else when the running one has ended, either way. What
 * is written of a refusal must not be rolled back with what was refused.
 */
export async function onceTransactionEnds(
  strapi: Core.Strapi,
  work: () => Promise<void>
): Promise<void> {
  if (!strapi.db.inTransaction()) {
    await work();
    return;
  }
  await strapi.db.transaction(async ({ onCommit, onRollback }) => {
    const run = () => {
      work().catch(() => strapi.log.error('A refusal could not be written to the audit log.'));
    };
    onCommit(run);
    onRollback(run);
  });
}
