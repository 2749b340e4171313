import type { Core } from '@strapi/strapi';
import { visibleToAsker } from '../access/visibility';
import { DEPARTMENT, organisationOf, type StaffRef } from '../organisation/organisation';
import { policyOf } from '../policy';
import { CUSTOMER } from '../policy/attribute-path';
import type { VisitRow } from './models';
import { inWords } from './rules';

/** A customer as far as the reader knows it: who may not see it learns its number and department. */
export interface CustomerView {
  documentId: string | null;
  /** The mask of the name, or the name of the company. */
  label: string | null;
  filingNumber: string | null;
  department: string | null;
}

interface Row {
  documentId: string;
  name: string | null;
  companyName: string | null;
  filingNumber: string | null;
  department: { name: string } | null;
}

/** Customers by documentId, each as far as whoever asks may see it. */
export async function customerViews(
  strapi: Core.Strapi,
  documentIds: readonly string[]
): Promise<Map<string, CustomerView>> {
  const ids = [...new Set(documentIds)];
  if (ids.length === 0) return new Map();
  const visible = await visibleToAsker(strapi, CUSTOMER, ids);
  const rows = (await strapi.db.query(CUSTOMER).findMany({
    select: ['documentId', 'name', 'companyName', 'filingNumber'],
    where: { documentId: { $in: ids } },
    populate: { department: { select: ['name'] } },
  })) as Row[];
  return new Map(
    rows.map(({ documentId, name, companyName, filingNumber, department }) => {
      const seen = visible.has(documentId);
      return [
        documentId,
        {
          documentId: seen ? documentId : null,
          label: seen ? (companyName ?? name) : null,
          filingNumber,
          department: department?.name ?? null,
        },
      ];
    })
  );
}

const personOf = (staff: StaffRef | undefined) =>
  staff
    ? { documentId: staff.documentId, name: staff.displayName, department: staff.departmentName }
    : null;

/**
 * Visits as whoever asks sees them. Who is proposed for a customer that was on file before is said to those alone who may see
 * it, or who assign customers.
 */
export async function visitViews(
  strapi: Core.Strapi,
  rows: readonly VisitRow[],
  reader: { person: StaffRef; assigns: boolean }
) {
  const customers = await customerViews(
    strapi,
    rows.flatMap(({ customerId }) => customerId ?? [])
  );
  const staff = await organisationOf(strapi).byIds(
    rows.flatMap((row) => [row.staffId, row.registeredBy, row.proposedTo ?? []].flat())
  );
  const departments = await departmentNames(
    strapi,
    rows.flatMap(({ departmentId }) => departmentId ?? [])
  );
  const { validDays } = policyOf(strapi).get().attribution;
  return rows.map((row) => {
    const customer = row.customerId === null ? null : (customers.get(row.customerId) ?? null);
    const mayKnow = !row.known || customer?.documentId != null || reader.assigns;
    const proposed = staff.get(row.proposedTo ?? 0);
    return {
      id: String(row.id),
      kind: row.kind,
      at: row.at,
      staff: personOf(staff.get(row.staffId)),
      registeredBy: personOf(staff.get(row.registeredBy)),
      department: departments.get(row.departmentId ?? 0) ?? null,
      region: row.region,
      interest: row.interest,
      source: row.source,
      outcome: row.outcome,
      nextStep: row.nextStep,
      nextOn: row.nextOn,
      detailsLeft: row.customerId !== null,
      known: row.known,
      customer,
      settlement: row.settlement,
      proposal:
        proposed && row.proposedRule && mayKnow
          ? {
              rule: row.proposedRule,
              owner: personOf(proposed),
              reason: inWords(
                { rule: row.proposedRule, by: row.proposedBy },
                proposed.displayName,
                validDays
              ),
            }
          : null,
      maySettle:
        row.settlement === 'open' &&
        (reader.assigns ||
          (!row.known &&
            (row.staffId === reader.person.id || row.registeredBy === reader.person.id))),
      mine: row.staffId === reader.person.id || row.registeredBy === reader.person.id,
    };
  });
}

export async function departmentNames(
  strapi: Core.Strapi,
  ids: readonly number[]
): Promise<Map<number, string>> {
  if (ids.length === 0) return new Map();
  const rows = (await strapi.db.query(DEPARTMENT).findMany({
    select: ['id', 'name'],
    where: { id: { $in: [...new Set(ids)] } },
  })) as Array<{ id: number; name: string }>;
  return new Map(rows.map(({ id, name }) => [id, name]));
}
