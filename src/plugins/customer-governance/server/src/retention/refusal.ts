import type { Core } from '@strapi/strapi';
import { errors } from '@strapi/utils';
import { auditOf, type AuditEvent } from '../audit/audit';
import { actorOf } from '../organisation/actor';

/**
 * A ForbiddenError whose message reaches the client: Strapi's router answers every other one with a bare "Forbidden".
 */
export const forbidden = (message: string, details?: Record<string, unknown>) =>
  new errors.PolicyError(message, details);

/**
 * Logs that something was refused. The refusal rolls the running transaction back, so its entry is written once that
 * has ended, however it ends: SQLite has one connection, and waiting for a second one inside would wait for ever.
 */
export async function logRefusal(
  strapi: Core.Strapi,
  event: Omit<AuditEvent, 'outcome'>
): Promise<void> {
  if (!strapi.db.inTransaction()) return auditOf(strapi).refused(event);
  // A system actor is claimed for its own work only; by the end of the transaction the claim may be over.
  const actor = actorOf(strapi).identity();
  const write = () =>
    actor?.kind === 'system'
      ? actorOf(strapi).asSystem(actor.id, () => auditOf(strapi).refused(event))
      : auditOf(strapi).refused(event);
  let written = false;
  const once = () => {
    if (written) return;
    written = true;
    write().catch(() => strapi.log.error('A refusal could not be written to the audit log.'));
  };
  await strapi.db.transaction(async ({ onCommit, onRollback }) => {
    onCommit(once);
    onRollback(once);
  });
}
