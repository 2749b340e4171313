import fc from 'fast-check';
import { aCompany, someRules } from './arbitraries';
import { clock } from './clock';
import { someCommands, tally } from './commands';
import { MemoryWorld } from './memory-world';
import { Oracle } from './oracle';
import { modelSeed } from './seed';

const RUNS = Number(process.env.MODEL_RUNS ?? 10_000);
const COMMANDS = 25;
const seed = modelSeed();

describe(`whatever people do, in ${RUNS} companies (MODEL_SEED=${seed})`, () => {
  beforeAll(() => clock.start());
  afterAll(() => clock.stop());

  it('nothing can be read without every required approval by a different person, nor after its end', async () => {
    await fc.assert(
      fc.asyncProperty(
        aCompany,
        someRules,
        someCommands(COMMANDS),
        async (company, rules, commands) => {
          const setup = async () => {
            const real = new MemoryWorld(rules);
            await real.begin(structuredClone(company));
            return { model: new Oracle(structuredClone(company), rules), real };
          };
          await fc.asyncModelRun(setup, commands);
        }
      ),
      { numRuns: RUNS, seed }
    );
    // A model in which nothing is ever approved or read would prove nothing.
    for (const times of Object.values(tally)) expect(times).toBeGreaterThan(RUNS / 100);
  }, 300_000);
});
