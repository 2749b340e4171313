import type { Core } from '@strapi/strapi';
import { auditOf, type AuditEvent } from '../audit/audit';
import { onceTransactionEnds } from '../customers/entry/transaction';
import { actorOf } from '../organisation/actor';

export { forbidden } from '../refusal';

/**
 * Logs that something was refused. The refusal rolls the running transaction back, so its entry is written once that
 * has ended: SQLite has one connection, and waiting for a second one inside would wait for ever.
 */
export async function logRefusal(
  strapi: Core.Strapi,
  event: Omit<AuditEvent, 'outcome'>
): Promise<void> {
  const actor = actorOf(strapi).identity();
  const write = () => auditOf(strapi).refused(event);
  await onceTransactionEnds(strapi, () =>
    // A system actor is claimed for its own work only; by the end of the transaction the claim may be over.
    actor?.kind === 'system' ? actorOf(strapi).asSystem(actor.id, write) : write()
  );
}
