import type { Core } from '@strapi/strapi';
import { calendarOf } from '../calendar';
import { zoneOf } from '../calendar/zone';
import { chunks } from '../database';
import { organisationOf } from '../organisation/organisation';
import {
  policyOf,
  type AnomalyKind,
  type AnomalyRule,
  type BulkRevealRule,
  type LeaverRule,
  type MissedLookupsRule,
  type OddHoursRule,
  type RepeatedChangesRule,
  type ViewsAboveMedianRule,
} from '../policy';
import { actorHours } from '../transparency/hours';
import { logOf, keyOf, type Account, type Log, type Source, type Span, type Touched } from './log';
import { daysOf, episodes, isLeaving, median, oddSpans, standsOut } from './rules';

const HOUR_MS = 60 * 60 * 1000;
const DAY_MS = 24 * HOUR_MS;
const PEOPLE_PER_QUERY = 100;

/** What a rule found of one person in one stretch of time. */
export interface Finding {
  rule: AnomalyRule;
  account: Account;
  window: Span;
  observed: number;
  /** What would have been nothing to speak of: the person's median, or the rule's own figure. */
  expected: number;
  source: Source;
  /** Where in the window the entries stand that count. */
  spans: readonly Span[];
}

/** Up to when the doings of a person were looked at and closed; they do not count again. */
export type Settled = (rule: AnomalyRule, people: readonly Account[]) => Promise<Map<string, Date>>;

const VIEWS: Source = { actions: ['record.view', 'record.reveal'], weigh: 'records' };

type Detect<Rule extends AnomalyRule> = (
  rule: Rule,
  people: Touched[],
  context: { strapi: Core.Strapi; log: Log; settled: Settled }
) => Promise<Finding[]>;

const viewsAboveMedian: Detect<ViewsAboveMedianRule> = async (rule, people, { strapi, log }) => {
  const [from, to] = reachOf(people);
  const begin = hourOf(from);
  const hours = await log.hourly(VIEWS, people, [begin, new Date(hourOf(to).getTime() + HOUR_MS)]);
  const many = hours.filter(({ observed }) => observed >= rule.minimumPerHour);
  if (many.length === 0) return [];
  const since = new Date(begin.getTime() - rule.days * DAY_MS);
  const history = await actorHours(strapi, many, VIEWS.actions, since, hourOf(to));
  return many.flatMap(({ observed, first, ...account }) => {
    const hour = hourOf(first);
    const earliest = hour.getTime() - rule.days * DAY_MS;
    const before = history.filter(
      (one) => keyOf(one) === keyOf(account) && one.hour < hour && one.hour.getTime() >= earliest
    );
    const usual = median(before.map(({ records }) => records));
    if (!standsOut(rule, observed, usual)) return [];
    const window: Span = [hour, new Date(hour.getTime() + HOUR_MS)];
    return finding({ rule, account, window, observed, expected: usual, source: VIEWS });
  });
};

const oddHours: Detect<OddHoursRule> = async (rule, people, { strapi, log }) => {
  const source = SOURCES['odd-hours'];
  const { timezone, workingHours } = policyOf(strapi).get().calendar;
  const zone = zoneOf(timezone);
  const found: Finding[] = [];
  for (const day of daysOf(momentsOf(people), zone)) {
    const works = calendarOf(strapi).isWorkingDay(day);
    const spans = oddSpans(day, works, workingHours, zone);
    const window: Span = oddSpans(day, false, [], zone)[0];
    for (const { observed, first: _first, last: _last, ...account } of await log.sums(
      source,
      people,
      spans
    )) {
      if (observed < rule.minimum) continue;
      found.push({ rule, account, window, observed, expected: rule.minimum, source, spans });
    }
  }
  return found;
};

const leaver: Detect<LeaverRule> = async (rule, people, { strapi, log }) => {
  const zone = zoneOf(policyOf(strapi).get().calendar.timezone);
  const holderOf = await organisationOf(strapi).holdersOfActors(people.map(acting));
  const found: Finding[] = [];
  for (const day of daysOf(momentsOf(people), zone)) {
    const leaving = people.filter((account) =>
      isLeaving(day, holderOf(acting(account))?.leavesOn ?? null, rule.days)
    );
    if (leaving.length === 0) continue;
    const window: Span = oddSpans(day, false, [], zone)[0];
    for (const { observed, first: _first, last: _last, ...account } of await log.sums(
      VIEWS,
      leaving,
      [window]
    )) {
      if (observed <= rule.recordsPerDay) continue;
      found.push(
        finding({ rule, account, window, observed, expected: rule.recordsPerDay, source: VIEWS })
      );
    }
  }
  return found;
};

/** Of rules that count within a stretch of time which begins anywhere. */
const dense =
  <Rule extends AnomalyRule>(
    msOf: (rule: Rule) => number,
    atLeastOf: (rule: Rule) => number
  ): Detect<Rule> =>
  async (rule, people, { log, settled }) => {
    const ms = msOf(rule);
    const source = sourceOf(rule);
    const closed = await settled(rule, people);
    const since = people.map((person) => {
      const reach = new Date(person.from.getTime() - ms);
      const from = closed.get(keyOf(person)) ?? reach;
      return { ...person, from: from > reach ? from : reach };
    });
    const hours = await log.dense(source, since, ms, atLeastOf(rule));
    return episodes(hours).map(({ observed, first, last, ...account }) => {
      const window: Span = [first, new Date(last.getTime() + 1)];
      return finding({ rule, account, window, observed, expected: atLeastOf(rule), source });
    });
  };

const missedLookups = dense<MissedLookupsRule>(
  ({ minutes }) => minutes * 60_000,
  ({ count }) => count
);
const bulkReveal = dense<BulkRevealRule>(
  ({ minutes }) => minutes * 60_000,
  ({ records }) => records
);
const repeatedChanges = dense<RepeatedChangesRule>(
  ({ days }) => days * DAY_MS,
  ({ changes }) => changes
);

const DETECT: { [Kind in AnomalyKind]: Detect<Extract<AnomalyRule, { kind: Kind }>> } = {
  'views-above-median': viewsAboveMedian,
  'odd-hours': oddHours,
  'missed-lookups': missedLookups,
  'bulk-reveal': bulkReveal,
  'repeated-changes': repeatedChanges,
  leaver,
};

const SOURCES: Record<AnomalyKind, Source> = {
  'views-above-median': VIEWS,
  'odd-hours': { actions: ['record.view', 'record.reveal', 'record.lookup'], weigh: 'entries' },
  'missed-lookups': { actions: ['record.lookup'], weigh: 'entries', missed: true },
  'bulk-reveal': { actions: ['record.reveal'], weigh: 'records' },
  'repeated-changes': { actions: ['change.apply'], weigh: 'entries', forRequester: true },
  leaver: VIEWS,
};

/** The entries that a rule counts. */
export const sourceOf = (rule: AnomalyRule): Source =>
  rule.kind === 'repeated-changes' && rule.of === 'repeated'
    ? { ...SOURCES[rule.kind], actions: ['change.alert'] }
    : SOURCES[rule.kind];

/** What a rule finds of those of whom there are new entries, between these ids. */
export async function detect(
  strapi: Core.Strapi,
  rule: AnomalyRule,
  after: number,
  upTo: number,
  settled: Settled
): Promise<Finding[]> {
  const log = logOf(strapi);
  const found: Finding[] = [];
  const people = await log.touched(sourceOf(rule), after, upTo);
  for (const part of chunks(people, PEOPLE_PER_QUERY)) {
    const run = DETECT[rule.kind] as Detect<AnomalyRule>;
    found.push(...(await run(rule, part, { strapi, log, settled })));
  }
  return found;
}

const finding = (found: Omit<Finding, 'spans'>): Finding => ({ ...found, spans: [found.window] });

const hourOf = (at: Date): Date => new Date(Math.floor(at.getTime() / HOUR_MS) * HOUR_MS);

const acting = ({ kind, id }: Account) => ({ actorKind: kind, actorId: id });

const momentsOf = (people: readonly Touched[]): Date[] => people.flatMap(({ moments }) => moments);

function reachOf(people: readonly Touched[]): [from: Date, to: Date] {
  const from = Math.min(...people.map((person) => person.from.getTime()));
  const to = Math.max(...people.map((person) => person.to.getTime()));
  return [new Date(from), new Date(to)];
}
