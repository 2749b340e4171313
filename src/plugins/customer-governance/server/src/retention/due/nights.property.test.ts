import fc from 'fast-check';
import { CATEGORIES, dueDate, type RetentionEvent, type RetentionRule } from '../../policy';
import { addMonths } from '../../policy/retention-rules';
import { mayGo } from './due-date';

/** Repeat a run with `MODEL_SEED`. */
const seed = Number(process.env.MODEL_SEED ?? Date.now() & 0x7fffffff);
const NIGHTS = 900;
/** Within so many days of its due date a customer is gone, says the policy. */
const WITHIN_DAYS = 15;
const PURPOSES = ['contract', 'marketing'];

/** The day after so many nights. */
const dayOf = (night: number): string =>
  new Date(Date.UTC(2024, 0, 1 + night)).toISOString().slice(0, 10);

const night = fc.integer({ min: 0, max: NIGHTS });
const months = fc.option(fc.integer({ min: 1, max: 18 }), { nil: undefined });
const EVENTS = [
  'last-contact',
  'relation-ended',
  'consent-withdrawn',
  'purpose-ended',
  'erasure-requested',
] as const satisfies readonly RetentionEvent[];

const rules: fc.Arbitrary<RetentionRule[]> = fc.uniqueArray(
  fc.record({
    code: fc.stringMatching(/^[a-z]{1,4}$/),
    category: fc.constantFrom('all' as const, 'all' as const, ...CATEGORIES),
    purpose: fc.option(fc.constantFrom(...PURPOSES), { nil: undefined }),
    event: fc.constantFrom('created' as const, ...EVENTS),
    atMostMonths: months,
    atLeastMonths: months,
    customerClass: fc.constantFrom('all' as const, 'ordinary' as const, 'key' as const),
  }),
  { maxLength: 6, selector: ({ code }) => code }
);

/** What happens to one customer, by night. */
interface Life {
  events: Array<{ night: number; event: (typeof EVENTS)[number] }>;
  /** For these it is held until the night. */
  purposes: Array<{ code: string; until: number }>;
  key: { from: number; until: number };
  holds: Array<{ from: number; nights: number }>;
  /** From the proposal to the execution. */
  decidedIn: number;
}

const life: fc.Arbitrary<Life> = fc.record({
  events: fc.array(fc.record({ night, event: fc.constantFrom(...EVENTS) }), { maxLength: 6 }),
  purposes: fc.uniqueArray(fc.record({ code: fc.constantFrom(...PURPOSES), until: night }), {
    selector: ({ code }) => code,
  }),
  key: fc.record({ from: night, until: night }),
  holds: fc.array(fc.record({ from: night, nights: fc.integer({ min: 1, max: 400 }) }), {
    maxLength: 3,
  }),
  decidedIn: fc.integer({ min: 0, max: WITHIN_DAYS }),
});

function factsAt({ events, purposes, key }: Life, at: number) {
  const happened: Partial<Record<(typeof EVENTS)[number], string>> = {};
  for (const { night: when, event } of [...events].sort((a, b) => a.night - b.night))
    if (when <= at) happened[event] = dayOf(when);
  const codes = (now: boolean) =>
    purposes.filter(({ until }) => until > at === now).map(({ code }) => code);
  return {
    customerClass: key.from <= at && at < key.until ? ('key' as const) : ('ordinary' as const),
    purposes: codes(true),
    formerPurposes: codes(false),
    events: { created: dayOf(0), ...happened },
  };
}

const isHeld = ({ holds }: Life, at: number): boolean =>
  holds.some(({ from, nights }) => from <= at && at < from + nights);

/** What the rules say of a day, reckoned here by itself, rule by rule. */
function plainly(all: readonly RetentionRule[], facts: ReturnType<typeof factsAt>, today: string) {
  const mine = all.filter(
    ({ customerClass }) => customerClass === 'all' || customerClass === facts.customerClass
  );
  const dayFor = ({ event }: RetentionRule): string | null =>
    (facts.events as Partial<Record<RetentionEvent, string>>)[event] ??
    (event === 'last-contact' ? facts.events.created : null);
  const minimumRuns = mine.some((rule) => {
    const known =
      !rule.purpose || [...facts.purposes, ...facts.formerPurposes].includes(rule.purpose);
    if (!rule.atLeastMonths || !known) return false;
    const from = dayFor(rule);
    if (from) return addMonths(from, rule.atLeastMonths) > today;
    // The relation, or the last purpose, goes on: the minimum has not even begun.
    return (
      rule.event === 'relation-ended' ||
      (rule.event === 'purpose-ended' && facts.purposes.length > 0)
    );
  });
  const maximumOver = mine.some((rule) => {
    if (!rule.atMostMonths || rule.category !== 'all') return false;
    if (rule.purpose && !facts.purposes.includes(rule.purpose)) return false;
    const from = dayFor(rule);
    return from !== null && addMonths(from, rule.atMostMonths) <= today;
  });
  return { minimumRuns, maximumOver };
}

/** Night after night: what is due is proposed, decided in its time, and looked at once more before it goes. */
function live(all: readonly RetentionRule[], one: Life, seen: (at: number, gone: boolean) => void) {
  let execution: number | null = null;
  for (let at = 0; at <= NIGHTS; at += 1) {
    const { dueOn } = dueDate(all, factsAt(one, at));
    const free = mayGo(dueOn, isHeld(one, at), dayOf(at));
    if (execution === null && free) execution = at + one.decidedIn;
    const gone = execution !== null && at >= execution && free;
    seen(at, gone);
    if (gone) return;
    if (execution !== null && at >= execution) execution = null;
  }
}

describe(`over random rules, events and holds (MODEL_SEED=${seed})`, () => {
  const holdsAlways = (check: (all: RetentionRule[], one: Life) => void) =>
    fc.assert(fc.property(rules, life, check), { seed, numRuns: 300 });

  it('nothing held is ever destroyed', () => {
    holdsAlways((all, one) =>
      live(all, one, (at, gone) => {
        if (gone) expect(isHeld(one, at)).toBe(false);
      })
    );
  });

  it('nothing is destroyed before a minimum is over, nor without a maximum that is', () => {
    holdsAlways((all, one) =>
      live(all, one, (at, gone) => {
        if (!gone) return;
        expect(plainly(all, factsAt(one, at), dayOf(at))).toEqual({
          minimumRuns: false,
          maximumOver: true,
        });
      })
    );
  });

  it('nothing is kept beyond its maximum and the days of the policy without a hold or a minimum', () => {
    holdsAlways((all, one) => {
      let overdue = 0;
      let longest = 0;
      live(all, one, (at, gone) => {
        const { minimumRuns, maximumOver } = plainly(all, factsAt(one, at), dayOf(at));
        overdue = maximumOver && !minimumRuns && !isHeld(one, at) ? overdue + 1 : 0;
        if (!gone) longest = Math.max(longest, overdue);
      });
      expect(longest).toBeLessThanOrEqual(WITHIN_DAYS);
    });
  });
});
