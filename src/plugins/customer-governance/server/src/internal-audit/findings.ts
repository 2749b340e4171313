import type { Core } from '@strapi/strapi';
import { errors } from '@strapi/utils';
import { auditOf, type AuditEvent } from '../audit/audit';
import { addDays, type Day } from '../calendar/zone';
import { notificationsOf } from '../notifications/notifications';
import { organisationOf, type StaffRef } from '../organisation/organisation';
import { policyOf, type Severity } from '../policy';
import { invalid } from '../refusal';
import { assertAllowed, conflict, inAct, loggingRefusals } from './act';
import type { Audits } from './audits';
import {
  FINDING,
  FINDING_PEOPLE,
  findingNumber,
  teamOf,
  type AuditRow,
  type Chapter,
  type Evidence,
  type FailedRemediation,
  type FindingRow,
} from './models';
import {
  assignRefusal,
  FINDING_MOVES,
  findingRefusal,
  openRefusal,
  REFUSALS,
  type Acting,
  type FindingAct,
} from './rules';

/** Who is responsible, by the documentId of the staff profile, and until when. */
export interface Assignment {
  responsible: string;
  dueOn: Day;
}

export interface NewFinding extends Assignment {
  severity: Severity;
  chapter: Chapter;
  description: string;
}

export interface Remediation {
  remediation: string;
  evidence: Evidence[];
}

export const FINDING_KIND = 'audit-finding';
/** One audit is read with all of them. */
export const MAX_FINDINGS = 200;

/** What audits found, from the finding to its closure. */
export function createFindings(strapi: Core.Strapi, { audits }: { audits: Audits }) {
  const query = () => strapi.db.query(FINDING);

  const find = (documentId: string): Promise<FindingRow | null> =>
    query().findOne({ where: { documentId }, populate: FINDING_PEOPLE });

  const require = async (documentId: string): Promise<FindingRow> => {
    const finding = await find(documentId);
    if (!finding) throw new errors.NotFoundError('There is no such finding.');
    return finding;
  };

  /** The finding and its audit, whose acts follow each other. @throws NotFoundError */
  const requireLocked = async (documentId: string) => {
    const audit = await audits.requireLocked((await require(documentId)).audit.documentId);
    return { audit, finding: await require(documentId) };
  };

  const eventOf = (
    action: AuditEvent['action'],
    finding: Pick<FindingRow, 'documentId' | 'position' | 'severity'>,
    audit: Pick<AuditRow, 'number'>
  ): Omit<AuditEvent, 'outcome'> => ({
    action,
    recordType: FINDING,
    recordIds: [finding.documentId],
    details: {
      finding: findingNumber(audit.number, finding.position),
      severity: finding.severity,
    },
  });

  const tell = (
    event: 'finding-opened' | 'finding-remediated' | 'finding-reopened',
    documentId: string,
    by: Acting,
    recipients: Array<number | undefined>
  ) =>
    notificationsOf(strapi).announce(event, {
      kind: FINDING_KIND,
      requestId: documentId,
      requesterId: by.id,
      recipients: recipients.flatMap((id) => (id && id !== by.id ? id : [])),
    });

  /** @throws ValidationError for who cannot be responsible in this audit, or a date that the policy does not allow. */
  const soundAssignment = async (
    { responsible, dueOn }: Assignment,
    severity: Severity,
    audit: AuditRow,
    now: Date
  ): Promise<StaffRef> => {
    const today = audits.dayAt(now);
    const days = policyOf(strapi).get().internalAudits.dueDays[severity];
    if (dueOn < today || dueOn > addDays(today, days)) {
      throw invalid('dueOn', `must be from today to ${days} days from now, by the policy`);
    }
    const [person] = await organisationOf(strapi).byDocumentIds([responsible]);
    if (!person) {
      throw invalid('responsible', 'is no active staff profile. Choose another person');
    }
    if (teamOf(audit).includes(person.id)) {
      throw invalid('responsible', REFUSALS['auditor-responsible']);
    }
    const lead =
      audit.lead && (await organisationOf(strapi).byIds([audit.lead.id])).get(audit.lead.id);
    if (lead?.departmentId && lead.departmentId === person.departmentId) {
      throw invalid('responsible', REFUSALS['lead-department']);
    }
    return person;
  };

  const act = (
    which: FindingAct,
    documentId: string,
    person: Acting,
    dataOf: (finding: FindingRow) => Record<string, unknown>,
    after?: (audit: AuditRow, finding: FindingRow) => Promise<void>
  ): Promise<void> =>
    loggingRefusals(strapi, () =>
      inAct(strapi, async () => {
        const { audit, finding } = await requireLocked(documentId);
        const event = eventOf(`finding.${which}`, finding, audit);
        const facts = {
          state: finding.state,
          responsible: finding.responsible?.id ?? null,
          remediator: finding.remediatedBy?.id ?? null,
        };
        const auditFacts = { state: audit.state, team: teamOf(audit) };
        assertAllowed(findingRefusal(which, facts, auditFacts, person), event);
        const { from, to } = FINDING_MOVES[which];
        const { count } = await query().updateMany({
          where: { documentId, state: { $in: [...from] } },
          data: { ...dataOf(finding), state: to },
        });
        if (count !== 1) throw conflict('state');
        await auditOf(strapi).append(event);
        await after?.(audit, finding);
      })
    );

  return {
    find,
    require,

    /** All findings of an audit, in the order of their numbers. */
    ofAudit: (auditId: number): Promise<FindingRow[]> =>
      query().findMany({
        where: { audit: { id: auditId } },
        populate: FINDING_PEOPLE,
        orderBy: 'position',
        limit: MAX_FINDINGS,
      }),

    /** A page of those for which a person is responsible, newest first. @param cursor as of `audits.page`. */
    pageOf: (
      person: StaffRef,
      unclosed: boolean,
      cursor: number | null,
      limit: number
    ): Promise<FindingRow[]> =>
      query().findMany({
        where: {
          responsible: { id: person.id },
          ...(unclosed ? { state: { $ne: 'closed' } } : {}),
          ...(cursor === null ? {} : { id: { $lt: cursor } }),
        },
        populate: FINDING_PEOPLE,
        orderBy: { id: 'desc' },
        limit,
      }),

    countUnclosedOf: (person: StaffRef): Promise<number> =>
      query().count({ where: { responsible: { id: person.id }, state: { $ne: 'closed' } } }),

    /**
     * Puts a finding on record and tells the person responsible. @returns its documentId.
     * @throws ValidationError that names the attribute and the reason.
     */
    open: (
      auditDocumentId: string,
      finding: NewFinding,
      person: Acting,
      now = new Date()
    ): Promise<string> =>
      inAct(strapi, async () => {
        const audit = await audits.requireLocked(auditDocumentId);
        const refusal = openRefusal({ state: audit.state, team: teamOf(audit) }, person);
        assertAllowed(refusal, audits.eventOf('finding.open', audit));
        const responsible = await soundAssignment(finding, finding.severity, audit, now);
        const position = (await query().count({ where: { audit: { id: audit.id } } })) + 1;
        if (position > MAX_FINDINGS) {
          throw new errors.ApplicationError(
            `An audit has at most ${MAX_FINDINGS} findings. Bring some together, or plan another audit.`
          );
        }
        const row = (await query().create({
          data: {
            ...finding,
            audit: audit.id,
            position,
            responsible: responsible.id,
            state: 'open',
            openedBy: person.id,
            openedAt: now,
            publishedAt: now,
          },
        })) as FindingRow;
        await auditOf(strapi).append(eventOf('finding.open', row, audit));
        await tell('finding-opened', row.documentId, person, [responsible.id]);
        return row.documentId;
      }),

    /** Names another person responsible or another due date, while it is to be remediated. @throws as `open` does. */
    assign: (
      documentId: string,
      assignment: Assignment,
      person: Acting,
      now = new Date()
    ): Promise<void> =>
      inAct(strapi, async () => {
        const { audit, finding } = await requireLocked(documentId);
        const event = eventOf('finding.assign', finding, audit);
        const auditFacts = { state: audit.state, team: teamOf(audit) };
        assertAllowed(assignRefusal(finding, auditFacts, person), event);
        const responsible = await soundAssignment(assignment, finding.severity, audit, now);
        const { count } = await query().updateMany({
          where: { documentId, state: finding.state },
          data: {
            responsible: responsible.id,
            dueOn: assignment.dueOn,
            remindedAt: null,
            overdueToldAt: null,
          },
        });
        if (count !== 1) throw conflict('state');
        await auditOf(strapi).append(event);
        if (responsible.id !== finding.responsible?.id) {
          await tell('finding-opened', documentId, person, [responsible.id]);
        }
      }),

    /** Says what was done and by what it can be seen; the auditors are told that it waits for them. */
    remediate: (
      documentId: string,
      remediation: Remediation,
      person: Acting,
      now = new Date()
    ): Promise<void> =>
      act(
        'remediate',
        documentId,
        person,
        (finding) => ({
          ...remediation,
          remediatedBy: person.id,
          remediatedAt: now,
          recheckNote: null,
          recheckedBy: null,
          recheckedAt: null,
          earlier: [...(finding.earlier ?? []), ...failedOf(finding)],
        }),
        (audit) => tell('finding-remediated', documentId, person, teamOf(audit))
      ),

    /** The outcome of a re-check; where it failed, the person responsible is told. @param note how it was checked, or what is wanting. */
    recheck: (
      documentId: string,
      { passed, note }: { passed: boolean; note: string },
      person: Acting,
      now = new Date()
    ): Promise<void> =>
      act(
        passed ? 'recheck' : 'reopen',
        documentId,
        person,
        () => ({
          recheckNote: note,
          recheckedBy: person.id,
          recheckedAt: now,
          // Who is to remediate again is reminded again.
          ...(passed ? {} : { remindedAt: null, overdueToldAt: null }),
        }),
        (_audit, { responsible }) =>
          passed
            ? Promise.resolve()
            : tell('finding-reopened', documentId, person, [responsible?.id])
      ),

    close: (documentId: string, person: Acting, now = new Date()): Promise<void> =>
      act('close', documentId, person, () => ({ closedBy: person.id, closedAt: now })),
  };
}

export type Findings = ReturnType<typeof createFindings>;

/** What a reopened finding keeps of the remediation that failed, when another one takes its place. */
function failedOf(finding: FindingRow): FailedRemediation[] {
  if (finding.state !== 'reopened') return [];
  return [
    {
      remediation: finding.remediation ?? '',
      evidence: finding.evidence ?? [],
      remediatedBy: finding.remediatedBy?.id ?? null,
      remediatedAt: new Date(finding.remediatedAt ?? 0).toISOString(),
      note: finding.recheckNote ?? '',
      recheckedBy: finding.recheckedBy?.id ?? null,
      recheckedAt: new Date(finding.recheckedAt ?? 0).toISOString(),
    },
  ];
}
