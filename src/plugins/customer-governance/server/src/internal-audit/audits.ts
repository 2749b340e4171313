import type { Core } from '@strapi/strapi';
import { errors } from '@strapi/utils';
import { auditOf, type AuditEvent } from '../audit/audit';
import { zoneOf, type Day } from '../calendar/zone';
import { isUniqueViolation } from '../customers/entry/unique';
import { lockRow } from '../database';
import type { StaffRef } from '../organisation/organisation';
import { policyOf } from '../policy';
import { assertAllowed, conflict, inAct, loggingRefusals } from './act';
import {
  AUDIT_PEOPLE,
  auditNumbers,
  FINDING,
  INTERNAL_AUDIT,
  teamOf,
  type AuditKind,
  type AuditRow,
  type AuditState,
  type Scope,
} from './models';
import { leadInScope, soundPlan, soundTeam, type Team } from './plan';
import { AUDIT_MOVES, auditRefusal, UNDER_WAY, type Acting, type AuditFacts } from './rules';

/** What is entered of an audit before it begins. Days are `YYYY-MM-DD`, people documentIds of staff profiles. */
export interface AuditPlan extends Team {
  kind: AuditKind;
  title: string | null;
  /** Why there is a special one. */
  reason: string | null;
  scope: Scope;
  periodFrom: Day;
  periodTo: Day;
  plannedOn: Day;
}

/** What the job proposes: nobody leads it yet. */
export type ProposedAudit = Omit<AuditPlan, 'lead' | 'auditors'>;

export interface AuditFilter {
  state?: AuditState;
  kind?: AuditKind;
}

/** Two plans may take the same number; the unique index lets one through, and the other takes the next. */
const NUMBER_ATTEMPTS = 10;

/** Internal audits from their plan to their closure. */
export function createAudits(strapi: Core.Strapi) {
  const query = () => strapi.db.query(INTERNAL_AUDIT);
  const dayAt = (now: Date): Day => zoneOf(policyOf(strapi).get().calendar.timezone).dayAt(now);

  const eventOf = (
    action: AuditEvent['action'],
    { documentId, number }: Pick<AuditRow, 'documentId' | 'number'>,
    details: AuditEvent['details'] = {}
  ): Omit<AuditEvent, 'outcome'> => ({
    action,
    recordType: INTERNAL_AUDIT,
    recordIds: [documentId],
    details: { internalAudit: number, ...details },
  });

  const find = (documentId: string): Promise<AuditRow | null> =>
    query().findOne({ where: { documentId }, populate: AUDIT_PEOPLE });

  const require = async (documentId: string): Promise<AuditRow> => {
    const audit = await find(documentId);
    if (!audit) throw new errors.NotFoundError('There is no such internal audit.');
    return audit;
  };

  /** Lets the acts on one audit follow each other. @throws NotFoundError */
  const requireLocked = async (documentId: string): Promise<AuditRow> => {
    await lockRow(strapi, INTERNAL_AUDIT, (await require(documentId)).id);
    return require(documentId);
  };

  const factsOf = async (audit: AuditRow): Promise<AuditFacts> => {
    const findings = await strapi.db.query(FINDING).count({ where: { audit: { id: audit.id } } });
    const closed = await strapi.db
      .query(FINDING)
      .count({ where: { audit: { id: audit.id }, state: 'closed' } });
    return {
      state: audit.state,
      lead: audit.lead?.id ?? null,
      team: teamOf(audit),
      leadInScope: audit.lead ? await leadInScope(strapi, audit.lead.id, audit.scope) : false,
      findings,
      unclosed: findings - closed,
    };
  };

  /** The database decides between racing acts. @throws ApplicationError for the one that came second. */
  const move = async (
    documentId: string,
    from: readonly AuditState[],
    data: Record<string, unknown>
  ): Promise<void> => {
    const { count } = await query().updateMany({
      where: { documentId, state: { $in: [...from] } },
      data,
    });
    if (count !== 1) throw conflict('state');
  };

  const act = (
    which: keyof typeof AUDIT_MOVES,
    documentId: string,
    person: Acting,
    data: Record<string, unknown>
  ): Promise<void> =>
    loggingRefusals(strapi, () =>
      inAct(strapi, async () => {
        const audit = await requireLocked(documentId);
        const facts = await factsOf(audit);
        const event = eventOf(`internal-audit.${which}`, audit, { count: facts.findings });
        assertAllowed(auditRefusal(which, facts, person), event);
        const { from, to } = AUDIT_MOVES[which];
        await move(documentId, from, { ...data, state: to });
        await auditOf(strapi).append(event);
      })
    );

  const lastNumber = async (year: string): Promise<string | null> => {
    const [last] = await query().findMany({
      select: ['number'],
      where: { number: { $startsWith: auditNumbers.ofYear(year) } },
      orderBy: { id: 'desc' },
      limit: 1,
    });
    return last?.number ?? null;
  };

  const create = async (
    plan: ProposedAudit,
    team: { lead: StaffRef; auditors: StaffRef[] } | null,
    plannedBy: StaffRef | null,
    now: Date
  ): Promise<string> => {
    const year = dayAt(now).slice(0, 4);
    const audit = (await query().create({
      data: {
        ...plan,
        number: auditNumbers.next(year, await lastNumber(year)),
        state: 'planned',
        lead: team?.lead.id ?? null,
        auditors: team?.auditors.map(({ id }) => id) ?? [],
        plannedBy: plannedBy?.id ?? null,
        publishedAt: now,
      },
    })) as AuditRow;
    await auditOf(strapi).append(eventOf('internal-audit.plan', audit, { kind: plan.kind }));
    return audit.documentId;
  };

  const plan = async (
    audit: ProposedAudit,
    team: { lead: StaffRef; auditors: StaffRef[] } | null,
    plannedBy: StaffRef | null,
    now: Date
  ): Promise<string> => {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await inAct(strapi, () => create(audit, team, plannedBy, now));
      } catch (error) {
        if (!isUniqueViolation(error)) throw error;
        if (attempt >= NUMBER_ATTEMPTS) {
          throw new errors.ApplicationError('Others plan at this moment. Try again.');
        }
      }
    }
  };

  return {
    dayAt,
    find,
    require,
    requireLocked,
    factsOf,
    eventOf,

    /** A page of audits, newest first. @param cursor the id of the last one of the page before. */
    page: (filter: AuditFilter, cursor: number | null, limit: number): Promise<AuditRow[]> =>
      query().findMany({
        where: { ...filter, ...(cursor === null ? {} : { id: { $lt: cursor } }) },
        populate: AUDIT_PEOPLE,
        orderBy: { id: 'desc' },
        limit,
      }),

    /**
     * Plans an audit. @returns its documentId.
     * @throws ValidationError that names the attribute: unknown people or departments, a lead of a department in the scope.
     */
    async plan(entered: AuditPlan, plannedBy: StaffRef, now = new Date()): Promise<string> {
      const { lead, auditors, ...audit } = await soundPlan(strapi, entered);
      return plan(audit, { lead, auditors }, plannedBy, now);
    },

    /** What the job plans; whoever manages audits names the lead. @returns the documentId. */
    propose: (audit: ProposedAudit, now: Date): Promise<string> => plan(audit, null, null, now),

    /** Changes the plan of an audit that has not begun. @throws as `plan` does; ApplicationError once it has begun. */
    async revise(documentId: string, entered: AuditPlan): Promise<void> {
      const { lead, auditors, ...audit } = await soundPlan(strapi, entered);
      await inAct(strapi, async () => {
        const row = await requireLocked(documentId);
        if (row.state !== 'planned') throw conflict('state');
        // A relation to many is not settled by a conditional update; the row is locked, and its state was looked at.
        await query().update({
          where: { id: row.id },
          data: { ...audit, lead: lead.id, auditors: auditors.map(({ id }) => id) },
        });
        await auditOf(strapi).append(eventOf('internal-audit.revise', row, { kind: audit.kind }));
      });
    },

    /** Gives an audit that is under way another team, so that it can go on without who has left. @throws as `plan` does. */
    async assignTeam(documentId: string, entered: Team): Promise<void> {
      await inAct(strapi, async () => {
        const row = await requireLocked(documentId);
        if (!UNDER_WAY.includes(row.state)) throw conflict('state');
        const { lead, auditors } = await soundTeam(strapi, entered, row.scope, row.id);
        await query().update({
          where: { id: row.id },
          data: { lead: lead.id, auditors: auditors.map(({ id }) => id) },
        });
        await auditOf(strapi).append(eventOf('internal-audit.revise', row, { team: true }));
      });
    },

    start: (documentId: string, person: Acting, now = new Date()) =>
      act('start', documentId, person, { startedAt: now }),

    /** @param conclusion what the report concludes from the findings. */
    report: (documentId: string, person: Acting, conclusion: string, now = new Date()) =>
      act('report', documentId, person, { conclusion, reportedAt: now }),

    close: (documentId: string, person: Acting, now = new Date()) =>
      act('close', documentId, person, { closedBy: person.id, closedAt: now }),

    cancel: (documentId: string, person: Acting, cancelReason: string, now = new Date()) =>
      act('cancel', documentId, person, { cancelReason, cancelledAt: now }),
  };
}

export type Audits = ReturnType<typeof createAudits>;
