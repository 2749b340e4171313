import type { Core } from '@strapi/strapi';
import { auditOf } from '../../audit/audit';
import { CUSTOMER } from '../../policy/attribute-path';

type Data = Record<string, unknown>;

/** Writes late entries in the log, in the transaction of the entry: of a batch with one entry for all of them. */
export function logLateEntries(strapi: Core.Strapi): void {
  const log = async (records: readonly Data[]) => {
    const late = records.filter(({ enteredLate }) => enteredLate === true);
    if (late.length === 0) return;
    await auditOf(strapi).append({
      action: 'collection.late',
      recordType: CUSTOMER,
      // Set by the vault, which seals under it before the row is there.
      recordIds: late.map(({ documentId }) => String(documentId)),
    });
  };
  strapi.db.lifecycles.subscribe({
    models: [CUSTOMER],
    beforeCreate: (event: { params: { data?: unknown } }) =>
      log([(event.params.data ?? {}) as Data]),
    beforeCreateMany: (event: { params: { data?: unknown } }) =>
      log((event.params.data ?? []) as Data[]),
  } as never);
}
