import { killOrders } from '../kill/order/kill';

/** Fewer than `tests/kill/run.ts` does, to spare the suite's time. */
const KILLS = 2;
const ORDERS = 2;
const MINUTES = 60_000;

describe('the application, killed at random moments while it carries destruction orders out', () => {
  const seed = Number(process.env.KILL_SEED ?? Date.now() % 1_000_000);

  it(
    `comes to the same end, with nobody half destroyed and no certificate before its verification (KILL_SEED=${seed})`,
    async () => {
      const { problems, ended } = await killOrders({ kills: KILLS, seed, orders: ORDERS });
      expect(problems).toEqual([]);
      expect(ended % ORDERS).toBe(0);
      expect(ended).toBeGreaterThan(0);
    },
    15 * MINUTES
  );
});
