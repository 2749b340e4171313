import type { Core } from '@strapi/strapi';
import { errors } from '@strapi/utils';
import { auditOf } from '../audit/audit';
import { lockRow } from '../database';
import { entryOf, type EntryRule } from '../customers/entry/entry';
import { governedOperation } from '../operation';
import { policyOf } from '../policy';
import { vaultOf } from '../vault/vault';
import { CHANGE_REQUEST, loadChange, storedRecord, type ChangeRow } from './change-request';
import { appliedChanges } from './repeats';

interface Documents {
  update(params: { documentId: string; data: Record<string, unknown> }): Promise<unknown>;
}

const GONE = 'The record is not there any more, so nothing can be changed. Reject the request.';
const STALE =
  'The record was changed since this was proposed, so the change is not applied. Reject the request; it can be proposed anew.';

/**
 * Writes what a request proposes into its record, in the deciding transaction and by the way of every other write: checked
 * once more, masked, sealed, indexed and logged.
 * @param control the rule that refuses such changes, which is not asked here.
 * @throws ApplicationError when the record was changed meanwhile; nothing is decided then.
 */
export async function applyChange(
  strapi: Core.Strapi,
  requestId: string,
  control: EntryRule,
  now: Date
): Promise<void> {
  const request = await loadChange(strapi, requestId);
  if (!request) throw new errors.NotFoundError('The request is not there any more.');
  const { recordType: type, recordId: documentId, attributes } = request;
  const row = await storedRecord(strapi, type, documentId);
  if (!row) throw new errors.ApplicationError(GONE);
  await lockRow(strapi, type, row.id);
  const proposed = await proposedValues(strapi, request);
  const data = await entryOf(strapi).examine(type, documentId, proposed, control);
  const documents = strapi.documents(type as never) as unknown as Documents;
  await governedOperation('change', () => documents.update({ documentId, data }));
  await vaultOf(strapi).pending.forget(requestId);
  await auditOf(strapi).append({
    action: 'change.apply',
    recordType: type,
    recordIds: [documentId],
    attributes,
    requestId,
  });
  await raiseAlert(strapi, request, now);
}

/** The values to be written: sealed ones from the vault, others as they stand in the request. */
async function proposedValues(
  strapi: Core.Strapi,
  request: ChangeRow
): Promise<Record<string, unknown>> {
  const { recordType: type, recordId: documentId, attributes } = request;
  const isSealed = (name: string) => Object.hasOwn(vaultOf(strapi).protectedAttributes(type), name);
  const plain = attributes.filter((name) => !isSealed(name));
  // Read again under the lock.
  const stored = await storedRecord(strapi, type, documentId);
  if (!stored || plain.some((name) => (stored[name] ?? null) !== request.before[name])) {
    throw new errors.ApplicationError(STALE);
  }
  const place = { requestId: request.documentId, type, documentId };
  return {
    ...Object.fromEntries(plain.map((name) => [name, request.after[name]])),
    ...(attributes.some(isSealed) ? await vaultOf(strapi).pending.openProposed(place) : {}),
  };
}

/** The change is among the applied ones by now: one that comes soon after another raises an alert. */
async function raiseAlert(strapi: Core.Strapi, request: ChangeRow, now: Date): Promise<void> {
  const { changes, days } = policyOf(strapi).get().changes.alert;
  const { documentId, recordType, recordId } = request;
  const countOf = await appliedChanges(strapi, [recordId], now);
  const repeated = request.attributes.filter((name) => countOf(request, name) >= changes);
  if (repeated.length === 0) return;
  const count = Math.max(...repeated.map((name) => countOf(request, name)));
  await governedOperation('change', () =>
    strapi.db.query(CHANGE_REQUEST).update({ where: { documentId }, data: { repeated: count } })
  );
  await auditOf(strapi).append({
    action: 'change.alert',
    recordType,
    recordIds: [recordId],
    attributes: repeated,
    requestId: documentId,
    details: { count, days },
  });
}
