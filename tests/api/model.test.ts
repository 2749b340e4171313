import fc from 'fast-check';
import { loadPolicy } from '../../src/plugins/customer-governance/server/src/policy';
import { bootApp, type BootedApp } from '../support/app';
import { aCompany, someRules } from '../model/arbitraries';
import { someCommands, tally } from '../model/commands';
import type { Rule } from '../model/company';
import { HttpWorld } from '../model/http-world';
import { Oracle } from '../model/oracle';
import { modelSeed } from '../model/seed';

const RUNS = 40;
const COMMANDS = 20;
const seed = modelSeed();

describe(`the application, in ${RUNS} companies of the model (MODEL_SEED=${seed})`, () => {
  let app: BootedApp;
  let world: HttpWorld;
  let rules: Rule[];

  beforeAll(async () => {
    [rules = []] = fc.sample(someRules, { numRuns: 1, seed });
    // Instead of the preset's rules for such requests, not beside them.
    const omitted = loadPolicy({})
      .approvals.rules.filter(({ when }) => when.kind === 'use')
      .map(({ code }) => ({ code, omit: true }));
    app = await bootApp({ policy: { approvals: { rules: [...omitted, ...rules] } } });
    world = new HttpWorld(app);
    const [company] = fc.sample(aCompany, { numRuns: 1, seed });
    if (company) await world.open(company);
  });
  afterAll(() => app.close());

  it('lets nothing be read without every required approval by a different person, nor after its end', async () => {
    await fc.assert(
      fc.asyncProperty(aCompany, someCommands(COMMANDS), async (company, commands) => {
        const setup = async () => {
          await world.begin(company);
          return { model: new Oracle(structuredClone(company), rules), real: world };
        };
        await fc.asyncModelRun(setup, commands);
      }),
      // To shrink a failure, repeat its seed in the model in memory, or let it take its time here.
      { numRuns: RUNS, seed, endOnFailure: true }
    );
    expect(tally.submitted).toBeGreaterThan(0);
  });
});
