import type { Core } from '@strapi/strapi';
import { tablesOf } from '../database';
import { organisationOf } from '../organisation/organisation';
import { policyOf, SEVERITIES, type Severity } from '../policy';
import { addDays } from '../calendar/zone';
import type { Audits } from './audits';
import {
  findingNumber,
  teamOf,
  type AuditRow,
  type FailedRemediation,
  type FindingRow,
  type FindingState,
  type PersonRef,
} from './models';
import {
  assignRefusal,
  AUDIT_MOVES,
  auditRefusal,
  FINDING_MOVES,
  findingRefusal,
  openRefusal,
  UNDER_WAY,
  UNREMEDIATED,
  type Acting,
  type AuditAct,
  type FindingAct,
} from './rules';

const FINDINGS_TABLE = 'governance_audit_findings';

const nameOf = (person: PersonRef | null) => person && { name: person.displayName };
const personOf = (person: PersonRef | null) =>
  person && { documentId: person.documentId, name: person.displayName, title: person.title };

/** PostgreSQL counts in a type that arrives as text. */
type Count = number | string;

export interface Tally {
  total: number;
  unclosed: number;
  overdue: number;
  bySeverity: Record<Severity, number>;
}

const noFindings = (): Tally => ({
  total: 0,
  unclosed: 0,
  overdue: 0,
  bySeverity: { minor: 0, major: 0, critical: 0 },
});

/** Audits and findings as the panel reads them, with what whoever asks may do now. */
export function createViews(strapi: Core.Strapi, { audits }: { audits: Audits }) {
  const isOverdue = ({ state, dueOn }: { state: FindingState; dueOn: string }, today: string) =>
    UNREMEDIATED.includes(state) && dueOn < today;

  /** What a list of audits has found, by the audit's id; one query for any number of them. */
  const talliesOf = async (ids: readonly number[], today: string): Promise<Map<number, Tally>> => {
    const tallies = new Map<number, Tally>();
    if (ids.length === 0) return tallies;
    const tables = await tablesOf(strapi);
    const counted = (which: string) => `sum(case when ${which} then 1 else 0 end)`;
    const rows = (await tables(FINDINGS_TABLE)
      .select('audit_id', 'severity')
      .count({ total: '*' })
      .select({
        unclosed: strapi.db.connection.raw(counted("state <> 'closed'")),
        overdue: strapi.db.connection.raw(
          counted(`state in (${UNREMEDIATED.map(() => '?').join()}) and due_on < ?`),
          [...UNREMEDIATED, today]
        ),
      })
      .whereIn('audit_id', [...ids])
      .groupBy('audit_id', 'severity')) as Array<
      { audit_id: number; severity: Severity } & Record<'total' | 'unclosed' | 'overdue', Count>
    >;
    for (const row of rows) {
      const tally = tallies.get(row.audit_id) ?? noFindings();
      tally.total += Number(row.total);
      tally.unclosed += Number(row.unclosed);
      tally.overdue += Number(row.overdue);
      tally.bySeverity[row.severity] = Number(row.total);
      tallies.set(row.audit_id, tally);
    }
    return tallies;
  };

  const departmentsOf = async (rows: readonly AuditRow[]): Promise<Map<string, string>> => {
    const codes = [...new Set(rows.flatMap(({ scope }) => scope.departments))];
    const found = codes.length > 0 ? await organisationOf(strapi).departments(codes) : [];
    return new Map(found.map(({ code, name }) => [code, name]));
  };

  const viewOf = (row: AuditRow, tally: Tally, departments: Map<string, string>) => ({
    documentId: row.documentId,
    number: row.number,
    kind: row.kind,
    title: row.title,
    reason: row.reason,
    scope: {
      ...row.scope,
      departments: row.scope.departments.map((code) => ({
        code,
        name: departments.get(code) ?? code,
      })),
    },
    periodFrom: row.periodFrom,
    periodTo: row.periodTo,
    plannedOn: row.plannedOn,
    state: row.state,
    lead: personOf(row.lead),
    auditors: row.auditors.map(personOf),
    plannedBy: nameOf(row.plannedBy),
    conclusion: row.conclusion,
    cancelReason: row.cancelReason,
    startedAt: row.startedAt,
    reportedAt: row.reportedAt,
    closedAt: row.closedAt,
    closedBy: nameOf(row.closedBy),
    cancelledAt: row.cancelledAt,
    findings: tally,
  });

  const viewOfFinding = (
    row: FindingRow,
    people: Map<number, { displayName: string; departmentName: string | null }>,
    may: string[],
    today: string
  ) => {
    const { remindDays } = policyOf(strapi).get().internalAudits;
    const named = (id: number | null) => {
      const person = people.get(id ?? 0);
      return person ? { name: person.displayName } : null;
    };
    const overdue = isOverdue(row, today);
    return {
      documentId: row.documentId,
      number: findingNumber(row.audit.number, row.position),
      audit: {
        documentId: row.audit.documentId,
        number: row.audit.number,
        title: row.audit.title,
      },
      severity: row.severity,
      chapter: row.chapter,
      description: row.description,
      responsible: personOf(row.responsible),
      department: people.get(row.responsible?.id ?? 0)?.departmentName ?? null,
      dueOn: row.dueOn,
      overdue,
      dueSoon:
        !overdue && UNREMEDIATED.includes(row.state) && row.dueOn <= addDays(today, remindDays),
      state: row.state,
      openedBy: nameOf(row.openedBy),
      openedAt: row.openedAt,
      remediation: row.remediation,
      evidence: row.evidence ?? [],
      remediatedBy: nameOf(row.remediatedBy),
      remediatedAt: row.remediatedAt,
      recheckNote: row.recheckNote,
      recheckedBy: nameOf(row.recheckedBy),
      recheckedAt: row.recheckedAt,
      closedBy: nameOf(row.closedBy),
      closedAt: row.closedAt,
      earlier: (row.earlier ?? []).map((failed: FailedRemediation) => ({
        ...failed,
        remediatedBy: named(failed.remediatedBy),
        recheckedBy: named(failed.recheckedBy),
      })),
      may,
    };
  };

  const peopleOf = (rows: readonly FindingRow[]) =>
    organisationOf(strapi).byIds(
      rows.flatMap(({ responsible, earlier }) => [
        ...(responsible ? [responsible.id] : []),
        ...(earlier ?? []).flatMap(({ remediatedBy, recheckedBy }) =>
          [remediatedBy, recheckedBy].flatMap((id) => id ?? [])
        ),
      ])
    );

  const mayOfFinding = (
    row: FindingRow,
    audit: Pick<AuditRow, 'state' | 'lead' | 'auditors'> | null,
    person: Acting | null
  ): string[] => {
    if (!person) return [];
    const facts = {
      state: row.state,
      responsible: row.responsible?.id ?? null,
      remediator: row.remediatedBy?.id ?? null,
    };
    // Who reads only what they are responsible for is on no team of it.
    const auditFacts = audit
      ? { state: audit.state, team: teamOf(audit) }
      : { state: 'in-progress' as const, team: [] };
    const acts = (Object.keys(FINDING_MOVES) as FindingAct[]).filter(
      (act) => findingRefusal(act, facts, auditFacts, person) === null
    );
    return assignRefusal(facts, auditFacts, person) === null ? [...acts, 'assign'] : acts;
  };

  return {
    /** Audits of a list, in its order. */
    async ofAudits(rows: readonly AuditRow[], now = new Date()) {
      const tallies = await talliesOf(
        rows.map(({ id }) => id),
        audits.dayAt(now)
      );
      const departments = await departmentsOf(rows);
      return rows.map((row) => viewOf(row, tallies.get(row.id) ?? noFindings(), departments));
    },

    /** One audit with its findings and what this person may do with them. @param person `null` for whoever is nobody. */
    async ofAudit(
      row: AuditRow,
      findings: readonly FindingRow[],
      person: Acting | null,
      now = new Date()
    ) {
      const today = audits.dayAt(now);
      const [view] = await this.ofAudits([row], now);
      const people = await peopleOf(findings);
      const facts = await audits.factsOf(row);
      const acts = person
        ? (Object.keys(AUDIT_MOVES) as AuditAct[]).filter(
            (act) => auditRefusal(act, facts, person) === null
          )
        : [];
      const mayOpen = person !== null && openRefusal(facts, person) === null;
      const mayRevise = person?.manages === true && row.state === 'planned';
      const mayAssign = person?.manages === true && UNDER_WAY.includes(row.state);
      return {
        ...view,
        may: [
          ...acts,
          ...(mayOpen ? ['open'] : []),
          ...(mayRevise ? ['revise'] : []),
          ...(mayAssign ? ['team'] : []),
        ],
        items: findings.map((finding) =>
          viewOfFinding(finding, people, mayOfFinding(finding, row, person), today)
        ),
      };
    },

    /** Findings outside their audit. @param audit of the one finding that is read by whoever may read audits. */
    async ofFindings(
      rows: readonly FindingRow[],
      audit: AuditRow | null,
      person: Acting | null,
      now = new Date()
    ) {
      const today = audits.dayAt(now);
      const people = await peopleOf(rows);
      return rows.map((row) => viewOfFinding(row, people, mayOfFinding(row, audit, person), today));
    },

    /** What a form to plan audits chooses from. */
    async options(types: readonly string[]) {
      const { everyMonths, dueDays } = policyOf(strapi).get().internalAudits;
      return {
        departments: await organisationOf(strapi).departments(),
        types: [...types].sort(),
        everyMonths,
        dueDays,
        severities: SEVERITIES,
      };
    },
  };
}
