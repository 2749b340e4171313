import type { Core } from '@strapi/strapi';
import { approvalsOf } from '../approvals/approvals';
import { organisationOf } from '../organisation/organisation';
import { DISPUTE, type DisputeRow } from './models';
import { customerViews } from './views';

/** What the panel shows of disputes, by reference. */
export async function disputeViews(strapi: Core.Strapi, references: string[]) {
  const rows: DisputeRow[] = await strapi.db
    .query(DISPUTE)
    .findMany({ where: { reference: { $in: references } } });
  const steps = await approvalsOf(strapi).steps('attribution-dispute', references);
  const customers = await customerViews(
    strapi,
    rows.map(({ customerId }) => customerId)
  );
  const staff = await organisationOf(strapi).byIds(
    rows.flatMap(({ requesterId, ownerId }) => [requesterId, ownerId])
  );
  const personOf = (id: number) => {
    const found = staff.get(id);
    return found ? { name: found.displayName, department: found.departmentName } : null;
  };
  return new Map(
    rows.map((row) => [
      row.reference,
      {
        documentId: row.reference,
        customer: customers.get(row.customerId) ?? null,
        requester: personOf(row.requesterId),
        owner: personOf(row.ownerId),
        reason: row.reason,
        state: row.state,
        submittedAt: row.submittedAt,
        decidedAt: row.decidedAt,
        steps: steps.get(row.reference) ?? [],
      },
    ])
  );
}
