import type { Core } from '@strapi/strapi';
import { errors } from '@strapi/utils';
import { grantsOf } from '../access/grants';
import type { AuditAction } from '../audit/actions';
import { auditOf } from '../audit/audit';
import { inTransaction, tablesOf } from '../database';
import { PLUGIN } from '../domain';
import { notificationsOf } from '../notifications/notifications';
import { governedOperation } from '../operation';
import { actorOf } from '../organisation/actor';
import { organisationOf, type StaffRef } from '../organisation/organisation';
import type { AnomalyRule } from '../policy';
import { forbidden } from '../refusal';
import { ALERT, ALERTS_TABLE, ANOMALY, accountOf, type AlertRow, type AlertState } from './alert';
import type { Finding } from './detectors';
import { keyOf, logOf, type Account, type Span } from './log';
import { recipientsOf } from './recipients';
import { figuresOf, placeOf, type Known } from './rules';

const NO_SUCH_ALERT = 'There is no such alert.';
const OWN_ALERT =
  'This alert is about what you did yourself. Somebody else who manages anomalies decides on it.';
/** Not closed yet. */
const UNSETTLED: readonly AlertState[] = ['open', 'acknowledged'];

export interface AlertFilter {
  state?: AlertState;
  severity?: string;
  kind?: string;
  rule?: string;
  person?: Account;
}

/** Alerts: raised by the product, acknowledged and closed by somebody who is not concerned. */
export function alertsService({ strapi }: { strapi: Core.Strapi }) {
  const query = () => strapi.db.query(ALERT);
  const windowOf = ({ windowFrom, windowTo }: AlertRow): Span => [
    new Date(windowFrom),
    new Date(windowTo),
  ];

  /** The alerts of the rule about these people that reach into or beyond the first of the windows. */
  const known = (found: readonly Finding[]): Promise<AlertRow[]> =>
    query().findMany({
      where: {
        ruleCode: found[0]?.rule.code,
        actorId: { $in: [...new Set(found.map(({ account }) => account.id))] },
        windowTo: {
          $gt: new Date(Math.min(...found.map(({ window }) => window[0].getTime()))).toISOString(),
        },
      },
      orderBy: 'id',
    });

  const about = (alert: AlertRow) => ({
    alert: alert.documentId,
    rule: alert.ruleCode,
    kind: alert.kind,
    severity: alert.severity,
    person: keyOf(accountOf(alert)),
  });

  const raise = async (found: Finding, now: Date): Promise<AlertRow> => {
    const { rule, account, window } = found;
    const holder = (
      await organisationOf(strapi).holdersOfActors([
        { actorKind: account.kind, actorId: account.id },
      ])
    )({ actorKind: account.kind, actorId: account.id });
    const evidence = await logOf(strapi).evidence(found.source, account, found.spans);
    const suspendedGrants =
      rule.suspendGrants && holder
        ? await grantsOf(strapi).suspendAllOf(holder.id, ANOMALY, now)
        : [];
    const alert: AlertRow = await governedOperation(ANOMALY, () =>
      query().create({
        data: {
          ruleCode: rule.code,
          kind: rule.kind,
          severity: rule.severity,
          state: 'open',
          actorKind: account.kind,
          actorId: account.id,
          staffId: holder?.id ?? null,
          departmentId: holder?.department?.id ?? null,
          windowFrom: window[0],
          windowTo: window[1],
          observed: found.observed,
          expected: found.expected,
          figures: figuresOf(rule),
          evidence: evidence.ids,
          evidenceCount: evidence.count,
          suspendedGrants,
          raisedAt: now,
          publishedAt: now,
        },
      })
    );
    await auditOf(strapi).append({
      action: 'anomaly.raise',
      details: {
        ...about(alert),
        observed: found.observed,
        // A median may lie between two numbers.
        expected: Math.round(found.expected),
        entries: evidence.count,
        suspended: suspendedGrants.length,
      },
    });
    return alert;
  };

  /** Adds to an alert what was done since, unless it was closed at this moment. */
  const grow = async (alert: AlertRow, found: Finding): Promise<AlertRow> => {
    const [from, to] = windowOf(alert);
    const window: Span = [from, found.window[1] > to ? found.window[1] : to];
    const whole = found.spans.length === 1 && found.spans[0] === found.window;
    const spans = whole ? [window] : found.spans;
    const evidence = await logOf(strapi).evidence(found.source, found.account, spans);
    const data = {
      windowTo: window[1].toISOString(),
      observed: Math.max(alert.observed, found.observed),
      evidence: evidence.ids,
      evidenceCount: evidence.count,
    };
    await (
      await tablesOf(strapi)
    )(ALERTS_TABLE)
      .where({ id: alert.id })
      .whereIn('state', UNSETTLED)
      .update({
        window_to: window[1],
        observed: data.observed,
        evidence: JSON.stringify(data.evidence),
        evidence_count: data.evidenceCount,
      });
    return { ...alert, ...data };
  };

  const find = async (documentId: string): Promise<AlertRow> => {
    const alert: AlertRow | null = await query().findOne({ where: { documentId } });
    if (!alert) throw new errors.NotFoundError(NO_SUCH_ALERT);
    return alert;
  };

  /** Whether the alert is about this person: by the account that acted, then or now, or by another one of theirs. */
  const concerns = async (alert: AlertRow, person: StaffRef): Promise<boolean> => {
    if (alert.staffId === person.id) return true;
    const { actorKind, actorId } = alert;
    const actor = actorOf(strapi).identity();
    if (actor?.kind === actorKind && actor.id === actorId) return true;
    const holderOf = await organisationOf(strapi).holdersOfActors([alert]);
    return holderOf(alert)?.id === person.id;
  };

  /** Moves an alert on by somebody who is not concerned; the database decides between two who do it at once. */
  const decide = async (
    documentId: string,
    from: AlertState,
    action: Extract<AuditAction, 'anomaly.acknowledge' | 'anomaly.close'>,
    to: (person: StaffRef) => Record<string, unknown>
  ): Promise<AlertRow> => {
    const person = await organisationOf(strapi).requireStaff();
    const alert = await find(documentId);
    if (await concerns(alert, person)) {
      await auditOf(strapi).refused({ action, details: about(alert) });
      throw forbidden(OWN_ALERT);
    }
    return inTransaction(strapi, async () => {
      const changed = await (
        await tablesOf(strapi)
      )(ALERTS_TABLE)
        .where({ id: alert.id, state: from })
        .update(to(person));
      if (changed !== 1) {
        throw new errors.ApplicationError(
          `This alert is not ${from} any more, or not yet. Reload the page.`
        );
      }
      await auditOf(strapi).append({ action, details: about(alert) });
      return find(documentId);
    });
  };

  return {
    /**
     * Raises alerts of what a rule found, or adds it to those about the same stretch of time, in the running transaction.
     * @returns how many were raised.
     */
    async place(found: readonly Finding[], now: Date): Promise<number> {
      if (found.length === 0) return 0;
      const alerts = await known(found);
      const raised: AlertRow[] = [];
      for (const one of found) {
        const same = alerts.filter((alert) => keyOf(accountOf(alert)) === keyOf(one.account));
        const place = placeOf(
          same.map((alert): Known => ({
            closed: alert.state === 'closed',
            window: windowOf(alert),
          })),
          one.window
        );
        if (place === undefined) continue;
        if (place === null) {
          const alert = await raise(one, now);
          raised.push(alert);
          alerts.push(alert);
          continue;
        }
        const at = alerts.indexOf(same[place]);
        alerts[at] = await grow(same[place], one);
      }
      for (const alert of raised) {
        await notificationsOf(strapi).announce(
          'anomaly-raised',
          {
            kind: ANOMALY,
            requestId: alert.documentId,
            recipients: await recipientsOf(strapi, alert.staffId),
          },
          now
        );
      }
      return raised.length;
    },

    /** Up to when closed alerts of a rule have dealt with what these people did. */
    async settled(rule: AnomalyRule, people: readonly Account[]): Promise<Map<string, Date>> {
      const rows = (await (
        await tablesOf(strapi)
      )(ALERTS_TABLE)
        .where({ rule_code: rule.code, state: 'closed' })
        .whereIn(
          ['actor_kind', 'actor_id'],
          people.map(({ kind, id }) => [kind, id])
        )
        .select({ kind: 'actor_kind', id: 'actor_id' })
        .max({ until: 'window_to' })
        .groupBy('actor_kind', 'actor_id')) as Array<Account & { until: Date | number }>;
      return new Map(rows.map((row) => [keyOf(row), new Date(row.until)]));
    },

    find,
    concerns,

    /** A page of alerts, newest first. @param cursor the id of the last one of the page before. */
    page(filter: AlertFilter, cursor: number | null, limit: number): Promise<AlertRow[]> {
      const { person, rule, ...rest } = filter;
      return query().findMany({
        where: {
          ...rest,
          ...(rule ? { ruleCode: rule } : {}),
          ...(person ? { actorKind: person.kind, actorId: person.id } : {}),
          ...(cursor === null ? {} : { id: { $lt: cursor } }),
        },
        orderBy: { id: 'desc' },
        limit,
      });
    },

    /** Says that somebody looks into an alert. @throws ForbiddenError when it is about them. */
    acknowledge: (documentId: string, now = new Date()): Promise<AlertRow> =>
      decide(documentId, 'open', 'anomaly.acknowledge', (person) => ({
        state: 'acknowledged',
        acknowledged_by_id: person.id,
        acknowledged_at: now,
      })),

    /**
     * Ends an alert that somebody looked into. Grants that were suspended with it stay so until they are resumed.
     * @throws ForbiddenError when it is about whoever asks.
     */
    close: (documentId: string, reason: string, now = new Date()): Promise<AlertRow> =>
      decide(documentId, 'acknowledged', 'anomaly.close', (person) => ({
        state: 'closed',
        closed_by_id: person.id,
        closed_at: now,
        closing_reason: reason,
      })),

    /** Alerts that nobody has closed. */
    countOpen: (): Promise<number> => query().count({ where: { state: { $in: [...UNSETTLED] } } }),
  };
}

export type AlertsService = ReturnType<typeof alertsService>;

export const alertsOf = (strapi: Core.Strapi) =>
  strapi.plugin(PLUGIN).service('anomaly-alerts') as AlertsService;
