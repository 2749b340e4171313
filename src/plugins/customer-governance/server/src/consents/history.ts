import type { Core } from '@strapi/strapi';
import { AUDIT_ENTRY, type AuditRow } from '../audit/audit';
import { organisationOf } from '../organisation/organisation';

/** What became of a consent, as the log has it. */
export interface ConsentEntry {
  /** By which the entry is found in the log, and its place in the tree proved. */
  entry: string;
  at: string;
  action: string;
  by: { kind: string; id: string; name: string | null };
  notice: string | null;
  version: string | null;
  hash: string | null;
}

const ACTIONS = ['consent.give', 'consent.refuse', 'consent.withdraw'];
const SHOWN = 20;

/** The entries of a consent, oldest first: they name it as what they are about, by which they are found at once. */
export async function historyOf(strapi: Core.Strapi, documentId: string): Promise<ConsentEntry[]> {
  const rows: AuditRow[] = await strapi.db.query(AUDIT_ENTRY).findMany({
    where: { requestId: documentId, action: { $in: ACTIONS } },
    orderBy: 'id',
    limit: SHOWN,
  });
  const nameOf = await organisationOf(strapi).namesOfActors(rows);
  return rows.map((row) => {
    const text = (name: string) => (row.details?.[name] as string | undefined) ?? null;
    return {
      entry: row.documentId,
      at: new Date(row.at).toISOString(),
      action: row.action,
      by: { kind: row.actorKind, id: row.actorId, name: nameOf(row) ?? null },
      notice: text('notice'),
      version: text('version'),
      hash: text('hash'),
    };
  });
}
