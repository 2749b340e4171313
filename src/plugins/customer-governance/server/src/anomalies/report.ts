import type { Core } from '@strapi/strapi';
import type { Knex } from 'knex';
import { addDays, zoneOf } from '../calendar/zone';
import { tablesOf } from '../database';
import { DEPARTMENT } from '../organisation/organisation';
import { policyOf, type AnomalyKind, type AnomalySeverity } from '../policy';
import { ALERT, ALERTS_TABLE, type AlertRow, type AlertState } from './alert';
import type { Span } from './log';
import { alertViews, type AlertView } from './views';
import { spanOfWeek, weekBefore, weekOf } from './week';

/** So many of the alerts that stand out most are named. */
const TOP = 10;

export interface Counts {
  raised: number;
  open: number;
  acknowledged: number;
  closed: number;
}

export interface WeekReport {
  week: string;
  /** The week after it, once that has begun. */
  next: string | null;
  from: string;
  to: string;
  counts: Counts;
  before: Counts & { week: string };
  byRule: Array<{
    rule: string;
    kind: AnomalyKind;
    raised: number;
    closed: number;
    before: number;
  }>;
  bySeverity: Array<{ severity: AnomalySeverity; raised: number }>;
  /** `null` for accounts without a department: tokens, say. */
  byDepartment: Array<{ department: string | null; raised: number; before: number }>;
  /** How many alerts began on each day from Monday on. */
  byDay: Array<{ day: string; raised: number }>;
  /** Alerts with which grants were suspended. */
  suspended: number;
  top: AlertView[];
}

interface Tally {
  rule: string;
  kind: AnomalyKind;
  severity: AnomalySeverity;
  state: AlertState;
  department: number | null;
  count: number;
}

/** What of a week's log was found to be an anomaly, and what became of it. An alert belongs to the week in which it begins. */
export async function weekReport(
  strapi: Core.Strapi,
  week: string,
  monday: string,
  now: Date
): Promise<WeekReport> {
  const zone = zoneOf(policyOf(strapi).get().calendar.timezone);
  const span = spanOfWeek(monday, zone);
  const these = await tally(strapi, span);
  const before = await tally(strapi, spanOfWeek(addDays(monday, -7), zone));
  const departments = await departmentNames(strapi, [...these, ...before]);
  const nameOf = ({ department }: Tally) => departments.get(department ?? 0) ?? null;
  const rules = [...new Set([...these, ...before].map(({ rule }) => rule))];
  const names = [...new Set([...these, ...before].map(nameOf))];
  const ofRule = (rows: Tally[], rule: string) => rows.filter((row) => row.rule === rule);
  const largest = <T extends { raised: number; before: number }>(rows: T[]): T[] =>
    rows.sort((a, b) => b.raised - a.raised || b.before - a.before);
  return {
    week,
    next: span[1] <= now ? weekOf(addDays(monday, 7)) : null,
    from: span[0].toISOString(),
    to: span[1].toISOString(),
    counts: countsOf(these),
    before: { week: weekBefore(monday), ...countsOf(before) },
    byRule: largest(
      rules.map((rule) => ({
        rule,
        kind: ofRule([...these, ...before], rule)[0].kind,
        raised: total(ofRule(these, rule)),
        closed: total(ofRule(these, rule).filter(({ state }) => state === 'closed')),
        before: total(ofRule(before, rule)),
      }))
    ),
    bySeverity: (['high', 'medium', 'low'] as const).map((severity) => ({
      severity,
      raised: total(these.filter((row) => row.severity === severity)),
    })),
    byDepartment: largest(
      names.map((department) => ({
        department,
        raised: total(these.filter((row) => nameOf(row) === department)),
        before: total(before.filter((row) => nameOf(row) === department)),
      }))
    ),
    byDay: await byDay(strapi, monday),
    suspended: await suspensions(strapi, span),
    top: await topOf(strapi, span),
  };
}

const total = (rows: readonly Tally[]): number => rows.reduce((sum, { count }) => sum + count, 0);

function countsOf(rows: readonly Tally[]): Counts {
  const inState = (state: AlertState) => total(rows.filter((row) => row.state === state));
  return {
    raised: total(rows),
    open: inState('open'),
    acknowledged: inState('acknowledged'),
    closed: inState('closed'),
  };
}

const inSpan = (query: Knex.QueryBuilder, [from, to]: Span) =>
  query.where('window_from', '>=', from).where('window_from', '<', to);

async function tally(strapi: Core.Strapi, span: Span): Promise<Tally[]> {
  const rows = (await inSpan((await tablesOf(strapi))(ALERTS_TABLE), span)
    .select({
      rule: 'rule_code',
      kind: 'kind',
      severity: 'severity',
      state: 'state',
      department: 'department_id',
    })
    .count({ count: '*' })
    .groupBy('rule_code', 'kind', 'severity', 'state', 'department_id')
    .orderBy('rule_code')) as Tally[];
  return rows.map((row) => ({ ...row, count: Number(row.count) }));
}

async function byDay(strapi: Core.Strapi, monday: string) {
  const zone = zoneOf(policyOf(strapi).get().calendar.timezone);
  const days: WeekReport['byDay'] = [];
  for (let offset = 0; offset < 7; offset += 1) {
    const day = addDays(monday, offset);
    const span: Span = [zone.instantOf(day, 0), zone.instantOf(addDays(day, 1), 0)];
    const [row] = (await inSpan((await tablesOf(strapi))(ALERTS_TABLE), span).count({
      count: '*',
    })) as Array<{ count: number | string }>;
    days.push({ day, raised: Number(row?.count ?? 0) });
  }
  return days;
}

async function suspensions(strapi: Core.Strapi, span: Span): Promise<number> {
  const [row] = (await inSpan((await tablesOf(strapi))(ALERTS_TABLE), span)
    .whereRaw(`CAST(suspended_grants AS TEXT) <> '[]'`)
    .count({ count: '*' })) as Array<{ count: number | string }>;
  return Number(row?.count ?? 0);
}

/** Those that are the most times what was to be expected. */
async function topOf(strapi: Core.Strapi, span: Span): Promise<AlertView[]> {
  const ids = (await inSpan((await tablesOf(strapi))(ALERTS_TABLE), span)
    .select('id')
    .orderByRaw('observed / (expected + 1.0) desc, id')
    .limit(TOP)) as Array<{ id: number }>;
  const rows: AlertRow[] = await strapi.db
    .query(ALERT)
    .findMany({ where: { id: { $in: ids.map(({ id }) => id) } } });
  const order = new Map(ids.map(({ id }, at) => [id, at]));
  rows.sort((a, b) => (order.get(a.id) ?? 0) - (order.get(b.id) ?? 0));
  return alertViews(strapi, rows);
}

async function departmentNames(
  strapi: Core.Strapi,
  rows: readonly Tally[]
): Promise<Map<number, string>> {
  const ids = [...new Set(rows.flatMap(({ department }) => department ?? []))];
  const found: Array<{ id: number; name: string }> = await strapi.db
    .query(DEPARTMENT)
    .findMany({ select: ['id', 'name'], where: { id: { $in: ids } } });
  return new Map(found.map(({ id, name }) => [id, name]));
}
