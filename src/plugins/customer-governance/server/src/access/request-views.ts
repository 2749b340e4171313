import type { Core } from '@strapi/strapi';
import { approvalsOf } from '../approvals/approvals';
import { policyOf } from '../policy';
import { CUSTOMER } from '../policy/attribute-path';
import { vaultOf } from '../vault/vault';
import { shownState } from './grants';
import { GRANT, REQUEST, USE, type GrantState, type RequestRow } from './models';

/** So many records of a request are named in a view; the rest is counted. */
export const LABELLED_RECORDS = 20;

/** What the panel shows of requests. Records appear by their masks. */
export async function requestViews(
  strapi: Core.Strapi,
  documentIds: string[]
): Promise<Map<string, unknown>> {
  const rows = (await strapi.db.query(REQUEST).findMany({
    where: { documentId: { $in: documentIds } },
    populate: { requester: { populate: { department: true } }, purpose: true },
  })) as Array<
    Record<string, unknown> & RequestRow & { requester: { department?: { name: string } } }
  >;
  const steps = await approvalsOf(strapi).steps(USE, documentIds);
  const grants = (await strapi.db.query(GRANT).findMany({
    where: { request: { documentId: { $in: documentIds } } },
    populate: { request: { select: ['documentId'] } },
  })) as Array<{
    documentId: string;
    startsAt: Date;
    endsAt: Date;
    revokedAt: Date | null;
    revokeReason: string | null;
    state: GrantState;
    reveals: number | null;
    revealLimit: number | null;
    endReason: string | null;
    request: { documentId: string };
  }>;
  const labels = await recordLabels(strapi, rows);
  return new Map(
    rows.map((row) => {
      const grant = grants.find(({ request }) => request.documentId === row.documentId);
      return [
        row.documentId,
        {
          documentId: row.documentId,
          purpose: policyOf(strapi).purposeView(row.purpose),
          recordType: row.recordType,
          records: row.records
            .slice(0, LABELLED_RECORDS)
            .map((id) => ({ documentId: id, label: labels.get(id) ?? null })),
          recordCount: row.records.length,
          attributes: row.attributes,
          levels: Object.fromEntries(
            row.attributes.map((name) => [
              name,
              policyOf(strapi).classificationOf(row.recordType, name)?.level ?? null,
            ])
          ),
          termDays: row.termDays,
          revealLimit: row.revealLimit ?? null,
          recipient: row.recipient ?? 'self',
          renewalOf: row.renewalOf ?? null,
          /** Whether a filter chose the records; they are frozen at the approval. */
          byFilter: Boolean(row.filter),
          reason: row.reason,
          state: row.state,
          submittedAt: row.submittedAt,
          decidedAt: row.decidedAt ?? null,
          requester: row.requester
            ? {
                name: row.requester.displayName,
                department: row.requester.department?.name ?? null,
              }
            : null,
          steps: steps.get(row.documentId) ?? [],
          grant: grant
            ? {
                documentId: grant.documentId,
                startsAt: grant.startsAt,
                revokedAt: grant.revokedAt ?? null,
                revokeReason: grant.revokeReason ?? null,
                endsAt: grant.endsAt,
                state: shownState(grant, new Date()),
                reveals: grant.reveals ?? 0,
                revealLimit: grant.revealLimit ?? null,
                endReason: grant.endReason ?? null,
              }
            : null,
        },
      ];
    })
  );
}

/** The masks of the records that views name, and the filing numbers of customers, by documentId. */
export async function recordLabels(
  strapi: Core.Strapi,
  rows: Array<{ recordType: string; records: string[] }>
): Promise<Map<string, string | null>> {
  const labels = new Map<string, string | null>();
  for (const type of new Set(rows.map(({ recordType }) => recordType))) {
    const [attribute] = Object.keys(vaultOf(strapi).protectedAttributes(type));
    if (!attribute) continue;
    const ids = rows
      .filter(({ recordType }) => recordType === type)
      .flatMap(({ records }) => records.slice(0, LABELLED_RECORDS));
    const numbered = type === CUSTOMER ? ['filingNumber'] : [];
    const found = await strapi.db.query(type).findMany({
      select: ['documentId', attribute, ...numbered],
      where: { documentId: { $in: [...new Set(ids)] } },
    });
    for (const row of found) {
      const parts = [row[attribute], row.filingNumber].filter(Boolean);
      labels.set(row.documentId, parts.length > 0 ? parts.join(' · ') : null);
    }
  }
  return labels;
}
