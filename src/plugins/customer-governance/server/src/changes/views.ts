import type { Core } from '@strapi/strapi';
import { approvalsOf } from '../approvals/approvals';
import type { StepView } from '../approvals/step-views';
import { policyOf, type Level } from '../policy';
import { vaultOf } from '../vault/vault';
import {
  CHANGE,
  CHANGE_REQUEST,
  type ChangeRow,
  type ChangeState,
  type Shown,
} from './change-request';
import { appliedChanges } from './repeats';

export interface ChangeView {
  documentId: string;
  recordType: string;
  record: { documentId: string; label: Shown };
  /** Masks of protected attributes, other values as they are. */
  changes: Array<{ attribute: string; before: Shown; after: Shown; level: Level | null }>;
  reason: string;
  state: ChangeState;
  submittedAt: string;
  decidedAt: string | null;
  lateAt: string;
  late: boolean;
  /** The how manieth change of an attribute within so many days it is, where the policy sees an alert in that. */
  alert: { count: number; days: number } | null;
  requester: { name: string; department: string | null } | null;
  steps: StepView[];
}

type Row = ChangeRow & {
  requester: { displayName: string; department?: { name: string } | null } | null;
};

/** What the panel shows of change requests. */
export async function changeViews(
  strapi: Core.Strapi,
  documentIds: string[],
  now: Date
): Promise<Map<string, ChangeView>> {
  const rows = (await strapi.db.query(CHANGE_REQUEST).findMany({
    where: { documentId: { $in: documentIds } },
    populate: { requester: { populate: { department: true } } },
  })) as Row[];
  const steps = await approvalsOf(strapi).steps(CHANGE, documentIds);
  const labels = await recordLabels(strapi, rows);
  const open = rows.filter(({ state }) => state === 'pending');
  const countOf = await appliedChanges(
    strapi,
    open.map(({ recordId }) => recordId),
    now
  );
  const { changes: limit, days } = policyOf(strapi).get().changes.alert;
  const repeatedOf = (row: Row): number =>
    row.state === 'pending'
      ? 1 + Math.max(...row.attributes.map((attribute) => countOf(row, attribute)))
      : (row.repeated ?? 0);
  return new Map(
    rows.map((row) => {
      const count = repeatedOf(row);
      return [
        row.documentId,
        {
          documentId: row.documentId,
          recordType: row.recordType,
          record: { documentId: row.recordId, label: labels.get(row.recordId) ?? null },
          changes: row.attributes.map((attribute) => ({
            attribute,
            before: row.before[attribute] ?? null,
            after: row.after[attribute] ?? null,
            level: policyOf(strapi).classificationOf(row.recordType, attribute)?.level ?? null,
          })),
          reason: row.reason,
          state: row.state,
          submittedAt: row.submittedAt,
          decidedAt: row.decidedAt,
          lateAt: row.lateAt,
          late: row.state === 'pending' && new Date(row.lateAt) <= now,
          alert: count >= limit ? { count, days } : null,
          requester: row.requester
            ? {
                name: row.requester.displayName,
                department: row.requester.department?.name ?? null,
              }
            : null,
          steps: steps.get(row.documentId) ?? [],
        },
      ];
    })
  );
}

/** The first protected attribute of each record, as its mask: by that people know which one is meant. */
async function recordLabels(strapi: Core.Strapi, rows: Row[]): Promise<Map<string, Shown>> {
  const labels = new Map<string, Shown>();
  for (const type of new Set(rows.map(({ recordType }) => recordType))) {
    const [attribute] = Object.keys(vaultOf(strapi).protectedAttributes(type));
    if (!attribute) continue;
    const ids = rows.flatMap((row) => (row.recordType === type ? row.recordId : []));
    const found = (await strapi.db.query(type).findMany({
      select: ['documentId', attribute],
      where: { documentId: { $in: [...new Set(ids)] } },
    })) as Array<Record<string, Shown> & { documentId: string }>;
    for (const record of found) labels.set(record.documentId, record[attribute] ?? null);
  }
  return labels;
}
