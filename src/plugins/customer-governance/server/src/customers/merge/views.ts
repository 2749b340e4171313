import type { Core } from '@strapi/strapi';
import { approvalsOf } from '../../approvals/approvals';
import type { StepView } from '../../approvals/step-views';
import { collectedAttributes } from '../../collection/documents';
import { tablesOf } from '../../database';
import { actorOf } from '../../organisation/actor';
import { organisationOf } from '../../organisation/organisation';
import { policyOf, type Level } from '../../policy';
import { CUSTOMER } from '../../policy/attribute-path';
import { isEmpty } from '../entry/attribute';
import { MERGE, MERGES, readMerge, type MergeState, type Moved } from './models';

/** A file by what may be told of it to those who see it: its mask. */
export interface FileView {
  documentId: string;
  label: string;
  filingNumber: string | null;
  department: string | null;
  owner: string | null;
}

export interface MergeView {
  documentId: string;
  state: MergeState;
  /** `null` once it is gone. */
  survivor: FileView | null;
  merged: FileView | null;
  /** The number that the file that went had. */
  mergedNumber: string | null;
  /** Where the two differ, while both are there: masks of protected attributes, other values as they are. */
  differences: Difference[];
  taken: string[];
  reason: string;
  requester: { name: string; department: string | null } | null;
  mine: boolean;
  submittedAt: string;
  decidedAt: string | null;
  moved: Moved | null;
  steps: StepView[];
}

export interface Difference {
  attribute: string;
  survivor: string | null;
  merged: string | null;
  level: Level | null;
  /** Whether the value of the file that goes is taken over. */
  taken: boolean;
}

type Row = Record<string, unknown> & {
  documentId: string;
  owner?: { displayName: string } | null;
  department?: { name: string } | null;
};

const shown = (value: unknown): string | null => (isEmpty(value) ? null : String(value));

export const fileView = (row: Row): FileView => ({
  documentId: row.documentId,
  label: String(row.companyName ?? row.name ?? row.filingNumber ?? row.documentId),
  filingNumber: shown(row.filingNumber),
  department: row.department?.name ?? null,
  owner: row.owner?.displayName ?? null,
});

/** The files by documentId, with masks. */
export async function fileRows(
  strapi: Core.Strapi,
  documentIds: readonly string[],
  attributes: readonly string[] = []
): Promise<Map<string, Row>> {
  if (documentIds.length === 0) return new Map();
  const rows = (await strapi.db.query(CUSTOMER).findMany({
    select: ['documentId', 'name', 'companyName', 'filingNumber', ...attributes],
    where: { documentId: { $in: [...new Set(documentIds)] } },
    populate: { owner: { select: ['displayName'] }, department: { select: ['name'] } },
  })) as Row[];
  return new Map(rows.map((row) => [row.documentId, row]));
}

/** Where two files have other values, or one has none. Masks that are alike may still hide other values. */
export function differencesOf(
  strapi: Core.Strapi,
  survivor: Row,
  merged: Row,
  taken: readonly string[]
): Difference[] {
  return collectedAttributes(strapi, CUSTOMER).flatMap((attribute): Difference[] => {
    const own = shown(survivor[attribute]);
    const other = shown(merged[attribute]);
    if (other === null || (own === other && !own.includes('*'))) return [];
    const level = policyOf(strapi).classificationOf(CUSTOMER, attribute)?.level ?? null;
    return [{ attribute, survivor: own, merged: other, level, taken: taken.includes(attribute) }];
  });
}

/** What those see of requests to merge who ask, and who decide. */
export async function mergeViews(
  strapi: Core.Strapi,
  documentIds: readonly string[]
): Promise<Map<string, MergeView>> {
  const rows = (
    (await (await tablesOf(strapi))(MERGES).whereIn('document_id', [...documentIds])) as never[]
  ).map(readMerge);
  const files = await fileRows(
    strapi,
    rows.flatMap((row) => [row.survivor_id, row.merged_id]),
    collectedAttributes(strapi, CUSTOMER)
  );
  const people = await organisationOf(strapi).byIds(rows.map((row) => row.requester_id));
  const steps = await approvalsOf(strapi).steps(MERGE, [...documentIds]);
  const asker = await organisationOf(strapi).staffOf(actorOf(strapi).identity());
  const moment = (at: number | string) => new Date(Number(at)).toISOString();
  return new Map(
    rows.map((row) => {
      const survivor = files.get(row.survivor_id);
      const merged = files.get(row.merged_id);
      const requester = people.get(row.requester_id);
      return [
        row.document_id,
        {
          documentId: row.document_id,
          state: row.state,
          survivor: survivor ? fileView(survivor) : null,
          merged: merged ? fileView(merged) : null,
          mergedNumber: row.merged_number,
          differences: survivor && merged ? differencesOf(strapi, survivor, merged, row.taken) : [],
          taken: row.taken,
          reason: row.reason,
          requester: requester
            ? { name: requester.displayName, department: requester.departmentName }
            : null,
          mine: asker !== null && asker.id === row.requester_id,
          submittedAt: moment(row.submitted_at),
          decidedAt: row.decided_at === null ? null : moment(row.decided_at),
          moved: row.moved,
          steps: steps.get(row.document_id) ?? [],
        },
      ] as const;
    })
  );
}
