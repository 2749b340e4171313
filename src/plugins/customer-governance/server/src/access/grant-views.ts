import type { Core } from '@strapi/strapi';
import type { StaffRef } from '../organisation/organisation';
import { policyOf } from '../policy';
import { shownState } from './grants';
import type { GrantState } from './models';
import { LABELLED_RECORDS, recordLabels } from './request-views';

/** A grant as a page of grants has it, with holder, purpose and request. */
interface GrantRow {
  documentId: string;
  recordType: string;
  attributes: string[];
  startsAt: Date;
  endsAt: Date;
  state: GrantState;
  reveals?: number | null;
  revealLimit?: number | null;
  lastRevealAt?: Date | null;
  endReason?: string | null;
  holder?: { id: number; displayName: string } | null;
  purpose?: { code: string; name: string } | null;
  request?: { documentId: string; records: string[] } | null;
}

/** What the panel shows of grants. The records, by their masks, and the request are for the holder alone. */
export async function grantViews(
  strapi: Core.Strapi,
  rows: GrantRow[],
  person: StaffRef,
  now: Date
): Promise<object[]> {
  const isMine = ({ holder }: GrantRow) => holder?.id === person.id;
  const labels = await recordLabels(
    strapi,
    rows
      .filter(isMine)
      .map(({ recordType, request }) => ({ recordType, records: request?.records ?? [] }))
  );
  return rows.map((row) => ({
    documentId: row.documentId,
    holder: row.holder ? { name: row.holder.displayName } : null,
    purpose: policyOf(strapi).purposeView(row.purpose),
    recordType: row.recordType,
    recordCount: row.request?.records?.length ?? 0,
    attributes: row.attributes,
    levels: Object.fromEntries(
      row.attributes.map((name) => [
        name,
        policyOf(strapi).classificationOf(row.recordType, name)?.level ?? null,
      ])
    ),
    startsAt: row.startsAt,
    endsAt: row.endsAt,
    state: shownState(row, now),
    reveals: row.reveals ?? 0,
    revealLimit: row.revealLimit ?? null,
    lastRevealAt: row.lastRevealAt ?? null,
    endReason: row.endReason ?? null,
    ...(isMine(row)
      ? {
          request: row.request?.documentId ?? null,
          records: (row.request?.records ?? [])
            .slice(0, LABELLED_RECORDS)
            .map((id) => ({ documentId: id, label: labels.get(id) ?? null })),
        }
      : {}),
  }));
}
