import type { Core } from '@strapi/strapi';
import { auditOf, type AuditEvent } from '../audit/audit';
import { CUSTOMER, resolveType } from '../policy/attribute-path';

const CONSENT = resolveType('consent');
const IDS_PER_QUERY = 400;

/** What of a consent its entries in the log say. */
export interface LoggedConsent {
  documentId: string;
  scope: string;
  state: 'given' | 'refused' | 'withdrawn';
  channel: string | null;
  evidenceKind: string | null;
  guardian: boolean | null;
  noticeHash: string | null;
  customer?: { documentId: string } | null;
  purpose?: { code: string } | null;
  notice?: { code: string; version: string } | null;
}

export const LOGGED = {
  customer: { select: ['documentId'] },
  purpose: { select: ['code', 'name'] },
  notice: { select: ['code', 'version'] },
};

/**
 * The entry of what became of a consent, with notice, version and hash, so that the log alone shows to what somebody agreed. A
 * version that is of no notice is free text, and stays out.
 */
export const consentEvent = (
  action: 'consent.give' | 'consent.refuse' | 'consent.withdraw',
  row: LoggedConsent
): AuditEvent => ({
  action,
  recordType: CUSTOMER,
  recordIds: row.customer ? [row.customer.documentId] : [],
  purpose: row.purpose?.code ?? null,
  requestId: row.documentId,
  details: {
    consent: row.documentId,
    scope: row.scope,
    ...(row.channel ? { channel: row.channel } : {}),
    ...(row.evidenceKind ? { evidence: row.evidenceKind } : {}),
    ...(row.notice ? { notice: row.notice.code, version: row.notice.version } : {}),
    ...(row.noticeHash ? { hash: row.noticeHash } : {}),
    ...(row.guardian ? { guardian: true } : {}),
  },
});

interface CreateEvent {
  result: { id?: number; ids?: number[] };
}

/** Writes down each consent that is recorded, on whichever path, in the transaction of its row. */
export function logConsents(strapi: Core.Strapi): void {
  const write = async (event: unknown): Promise<void> => {
    const { result } = event as CreateEvent;
    const ids = result.ids ?? (result.id === undefined ? [] : [result.id]);
    for (let start = 0; start < ids.length; start += IDS_PER_QUERY) {
      const rows: LoggedConsent[] = await strapi.db.query(CONSENT).findMany({
        where: { id: { $in: ids.slice(start, start + IDS_PER_QUERY) } },
        populate: LOGGED,
        orderBy: 'id',
      });
      await auditOf(strapi).append(
        rows.map((row) =>
          consentEvent(row.state === 'refused' ? 'consent.refuse' : 'consent.give', row)
        )
      );
    }
  };
  strapi.db.lifecycles.subscribe({ models: [CONSENT], afterCreate: write, afterCreateMany: write });
}
