import type { Core } from '@strapi/strapi';
import { organisationOf, type StaffRef } from '../organisation/organisation';
import { invalid } from '../refusal';
import { vaultOf } from '../vault/vault';
import type { AuditPlan } from './audits';
import { FINDING, type Scope } from './models';
import { REFUSALS } from './rules';

/** Who carries an audit out, by the documentIds of their staff profiles. */
export interface Team {
  lead: string;
  auditors: string[];
}

interface People {
  lead: StaffRef;
  auditors: StaffRef[];
}

/** Whether the lead's own department, or one above it, is named in the scope. A scope that names none leaves it out. */
export async function leadInScope(
  strapi: Core.Strapi,
  leadId: number,
  { departments }: Scope
): Promise<boolean> {
  const lead = (await organisationOf(strapi).byIds([leadId])).get(leadId);
  return lead ? covers(await organisationOf(strapi).departmentCodesOf(lead), departments) : false;
}

const covers = (own: readonly string[], departments: readonly string[]) =>
  own.some((code) => departments.includes(code));

/** @throws ValidationError that names the attribute, the reason and what to do. */
export async function soundPlan(
  strapi: Core.Strapi,
  plan: AuditPlan
): Promise<Omit<AuditPlan, 'lead' | 'auditors'> & People> {
  const { departments, types } = plan.scope;
  const known = await organisationOf(strapi).departments(departments);
  const missing = departments.filter((code) => !known.some((row) => row.code === code));
  if (missing.length > 0) {
    throw invalid('scope.departments', 'there is no department of one of these codes');
  }
  if (types.some((uid) => !vaultOf(strapi).isGoverned(uid))) {
    throw invalid('scope.types', 'names a type that is not governed. Leave it out');
  }
  if (plan.periodTo < plan.periodFrom) {
    throw invalid('periodTo', 'must not be before the beginning of the period');
  }
  if (plan.kind === 'special' && !plan.reason) {
    throw invalid('reason', 'a special audit needs one. Say what gave rise to it');
  }
  return { ...plan, ...(await soundTeam(strapi, plan, plan.scope, null)) };
}

/**
 * The people of a team, none of whom audits themselves.
 * @param auditId of an audit that is under way; those responsible for its findings are not on its team.
 * @throws ValidationError that names the attribute, the reason and what to do.
 */
export async function soundTeam(
  strapi: Core.Strapi,
  { lead: leadId, auditors: auditorIds }: Team,
  scope: Scope,
  auditId: number | null
): Promise<People> {
  const people = await organisationOf(strapi).byDocumentIds([leadId, ...auditorIds]);
  const find = (documentId: string, attribute: string): StaffRef => {
    const found = people.find((person) => person.documentId === documentId);
    if (!found) throw invalid(attribute, 'is no active staff profile. Choose another person');
    return found;
  };
  const lead = find(leadId, 'lead');
  const auditors = auditorIds
    .filter((id) => id !== leadId)
    .map((documentId) => find(documentId, 'auditors'));
  if (covers(await organisationOf(strapi).departmentCodesOf(lead), scope.departments)) {
    throw invalid('lead', REFUSALS['own-department']);
  }
  if (auditId !== null) await assertNoneResponsible(strapi, auditId, lead, auditors);
  return { lead, auditors };
}

async function assertNoneResponsible(
  strapi: Core.Strapi,
  auditId: number,
  lead: StaffRef,
  auditors: StaffRef[]
): Promise<void> {
  const found = (where: object) =>
    strapi.db
      .query(FINDING)
      .count({ where: { audit: { id: auditId }, state: { $ne: 'closed' }, responsible: where } });
  if ((await found({ id: { $in: [lead, ...auditors].map(({ id }) => id) } })) > 0) {
    throw invalid('auditors', 'somebody among them is responsible for a finding of this audit');
  }
  if (lead.departmentId !== null && (await found({ department: { id: lead.departmentId } })) > 0) {
    throw invalid('lead', 'somebody of the same department is responsible for a finding');
  }
}
