import { bootApp, type BootedApp } from '../support/app';
import { createCompany, CUSTOMER, type Company } from '../support/company';
import { createRetention, HOLD, ORDER, type Row } from '../support/retention';

const START = 2030;
const MONTHS = 120;
/** Nights are looked at each half year: what fell due since goes in one of them. */
const STEP = process.env.TEST_DATABASE === 'postgres' ? 12 : 6;
const BEFORE = 10;
/** Of the preset; in their place come those that `dueMonth` knows. */
const PRESET_RULES = [
  ...['silent-ordinary', 'silent-key', 'silent-disputed', 'ended-ordinary', 'ended-key'],
  ...['purpose-ended', 'resident-id', 'contract-records'],
];
const RESIDENT_ID = '11010519491231002X';

/** The same company each time: a linear congruential generator (Numerical Recipes). */
function dice(seed: number) {
  let state = seed;
  return (sides: number): number => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * sides);
  };
}

const dayOf = (month: number): string =>
  new Date(Date.UTC(START, month, 1)).toISOString().slice(0, 10);
/** Noon in China, so that the night is on that day in the policy's zone. */
const nightOf = (month: number) => new Date(Date.UTC(START, month, 1, 4));

/** What the simulation itself knows of a customer, in months since its beginning. */
interface Known {
  row: Row;
  key: boolean;
  created: number;
  lastContact: number;
  ended: number | null;
  hold: Row | null;
  residentId: boolean;
}

/** The policy's rules once more, in the plainest words: the month in which a customer must go, or `null`. */
function dueMonth({ key, lastContact, ended }: Known): number | null {
  if (!key) return lastContact + 12;
  // Claims can be brought for three years after the end, and until it has come.
  return ended === null ? null : Math.max(lastContact + 24, ended + 36);
}

describe('ten years of a company', () => {
  let app: BootedApp;
  let company: Company;
  let governed: ReturnType<typeof createRetention>;

  beforeAll(async () => {
    const rule = { category: 'all', customerClass: 'ordinary' };
    app = await bootApp({
      policy: {
        retention: {
          rules: [
            ...PRESET_RULES.map((code) => ({ code, omit: true })),
            { ...rule, code: 'quiet', event: 'last-contact', atMostMonths: 12 },
            {
              ...rule,
              code: 'quiet-key',
              event: 'last-contact',
              atMostMonths: 24,
              customerClass: 'key',
            },
            {
              ...rule,
              code: 'claims',
              event: 'relation-ended',
              atLeastMonths: 36,
              customerClass: 'key',
            },
            {
              ...rule,
              code: 'identity',
              event: 'created',
              atMostMonths: 6,
              attributes: ['customer.residentId'],
            },
          ],
        },
      },
    });
    company = await createCompany(app);
    governed = createRetention(app, company);
  });
  afterAll(() => app?.close());

  /** What people do with the orders of a night. @returns how many there were. */
  const carryOut = async (now: Date): Promise<number> => {
    const made: Row[] = await app.strapi.db
      .query(ORDER)
      .findMany({ where: { state: 'in-review' }, orderBy: 'id' });
    for (const { documentId } of made) {
      await governed.retention.review.submit(
        documentId,
        await governed.staff(company.proposer),
        now
      );
      const { status, text } = await governed.decide(company.leader);
      expect([status, text]).toEqual([200, expect.any(String)]);
      await governed.confirmBy(documentId, company.executor, company.supervisor, now);
      await governed.retention.run(documentId, now);
    }
    return made.length;
  };

  it('destroys each customer in the night that is theirs, none before, none that is held, and keeps nobody longer', async () => {
    const throwDice = dice(20300101);
    const living = new Map<string, Known>();
    let destroyed = 0;
    let orders = 0;
    let heldBeyond = 0;

    const enter = async (month: number) => {
      const key = throwDice(8) === 0;
      const residentId = !key && throwDice(2) === 0;
      const row = (await company.customer(company.rep, {
        keyCustomer: key,
        createdAt: nightOf(month),
        lastContactOn: dayOf(month),
        residentId: residentId ? RESIDENT_ID : null,
      })) as Row;
      const known: Known = {
        row,
        key,
        residentId,
        created: month,
        lastContact: month,
        ended: null,
        hold: null,
      };
      living.set(row.documentId, known);
    };
    const change = (known: Known, data: object) =>
      app.strapi.db.query(CUSTOMER).update({ where: { id: known.row.id }, data });

    /** Half a year of ordinary work. */
    const work = async (month: number) => {
      for (let count = throwDice(10); count > 0; count -= 1) await enter(month);
      for (const known of living.values()) {
        const chance = throwDice(100);
        if (chance < 12) {
          known.lastContact = month;
          await change(known, { lastContactOn: dayOf(month) });
        } else if (chance < 18 && known.ended === null) {
          known.ended = month;
          await change(known, { relationEndedOn: dayOf(month) });
        } else if (chance < 23 && !known.hold) {
          known.hold = await governed.hold(known.row);
        } else if (chance < 45 && known.hold) {
          const where = { id: known.hold.id };
          await app.strapi.db.query(HOLD).update({ where, data: { state: 'released' } });
          known.hold = null;
        }
      }
    };

    for (let count = 0; count < BEFORE; count += 1) await enter(0);
    for (let month = STEP; month <= MONTHS; month += STEP) {
      await work(month);
      await governed.retention.nightly(nightOf(month));
      orders += await carryOut(nightOf(month));

      for (const [id, known] of living) {
        const due = dueMonth(known);
        if (due === null || due > month) continue;
        if (known.hold) heldBeyond += 1;
        else {
          living.delete(id);
          destroyed += 1;
        }
      }
      const rows: Row[] = await app.strapi.db
        .query(CUSTOMER)
        .findMany({ select: ['id', 'documentId', 'residentId'] });
      const left = rows.map(({ documentId }) => documentId).sort();
      expect({ month, left }).toEqual({ month, left: [...living.keys()].sort() });
      const withId = rows.filter(({ residentId }) => residentId).map((row) => row.documentId);
      const allowed = [...living].filter(
        ([, known]) => known.residentId && (known.created + 6 > month || known.hold)
      );
      // One that was under a hold loses it in the night after the release, which is this one.
      expect({ month, withId: withId.sort() }).toEqual({
        month,
        withId: allowed.map(([id]) => id).sort(),
      });
      for (const known of living.values()) known.residentId = withId.includes(known.row.documentId);
    }

    // It was a company in which all this happened.
    expect(destroyed).toBeGreaterThan(30);
    expect(orders).toBeGreaterThan(5);
    expect(heldBeyond).toBeGreaterThan(3);
    const certificates = await app.strapi.db
      .query('plugin::customer-governance.destruction-certificate')
      .count();
    expect(certificates).toBe(orders);
  }, 300_000);
});
