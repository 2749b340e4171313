import { killAgainAndAgain } from '../kill/kill';

/** Fewer than `tests/kill/run.ts` does, to spare the suite's time. */
const KILLS = 5;
const MINUTES = 60_000;

describe('the application, killed at random moments under load', () => {
  const seed = Number(process.env.KILL_SEED ?? Date.now() % 1_000_000);

  it(
    `leaves no change without its entry, no entry without its change, and a tree that goes on (KILL_SEED=${seed})`,
    async () => {
      const { problems, answered, signed } = await killAgainAndAgain({ kills: KILLS, seed });
      expect(problems).toEqual([]);
      // It has been under load, and signing.
      expect(answered).toBeGreaterThan(KILLS);
      expect(signed).toBeGreaterThan(1);
    },
    15 * MINUTES
  );
});
