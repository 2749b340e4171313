// npm test: everything, stage by stage. A failing stage does not keep the next ones from running, and nothing is skipped in
// silence: a stage without tests has failed, and so has a test that was skipped.
//
//   npm test                     all stages
//   npm test -- types unit       only these
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { bin, pluginDir, root } from './lib/paths.mjs';
import { run } from './lib/run.mjs';

const reports = path.join(root, '.cache/test');
// What is served and thrown away at once is most of what the tests make: a larger young generation for V8 saves a tenth.
process.env.NODE_OPTIONS = `${process.env.NODE_OPTIONS ?? ''} --max-semi-space-size=64`.trim();

const minutes = 30; // a stage that takes longer hangs; the last two share the cores

const namedFailures = 20;

/** @typedef {{ passed: number, failed: number, notes?: string[], failures?: string[] }} Outcome `failures`: their names */

/** A stage of commands, two at a time, that either all succeed or do not: counts as one test. */
const checks = (...commands) =>
  async function runChecks() {
    let failed = 0;
    const waiting = [...commands];
    const work = async () => {
      for (let next = waiting.shift(); next; next = waiting.shift()) {
        const { code } = await run(next.args, { cwd: next.cwd, minutes });
        if (code !== 0) failed = 1;
      }
    };
    await Promise.all([work(), work()]);
    return { passed: 1 - failed, failed };
  };

/** Runs a test program that leaves a report, and counts by it. */
async function counted(name, args, env, count) {
  const report = path.join(reports, `${name}.json`);
  rmSync(report, { force: true });
  const { code } = await run(args(report), { env: env?.(report), minutes });
  if (!existsSync(report))
    return { passed: 0, failed: 1, notes: ['it left no report: no tests, or it crashed'] };
  const { passed, failed, skipped, failures } = count(JSON.parse(readFileSync(report, 'utf8')));
  const notes = skipped ? [`${skipped} skipped, counted as failed`] : [];
  const total = failed + skipped;
  if (code !== 0 && total === 0)
    return { passed, failed: 1, notes: [`it ended with exit code ${code}`] };
  return { passed, failed: total, notes, failures };
}

const jest =
  (name, config, env = {}) =>
  () =>
    counted(
      name,
      (report) => [bin.jest, '--config', config, '--json', '--outputFile', report],
      () => env,
      (result) => ({
        passed: result.numPassedTests,
        // A file that does not even load has no failing test, and is the worst failure of all.
        failed: result.numFailedTests + result.numRuntimeErrorTestSuites,
        skipped: result.numPendingTests + result.numTodoTests,
        failures: result.testResults.flatMap(({ name, status, assertionResults }) => {
          const failed = assertionResults.filter((test) => test.status === 'failed');
          if (status === 'failed' && failed.length === 0) return [path.relative(root, name)];
          return failed.map(({ fullName }) => fullName);
        }),
      })
    );

/** Titles of the browser tests that failed in a suite of Playwright's report and the suites within it. */
const failedSpecs = ({ suites = [], specs = [] }) => [
  ...specs.filter(({ ok }) => !ok).map(({ file, title }) => `${file}: ${title}`),
  ...suites.flatMap(failedSpecs),
];

const leaks = (database) => async () => {
  const sweep = ['scripts/run-ts.mjs', 'tests/leaks/sweep.ts', `--${database}`];
  const { code, lastLine } = await run(sweep, { minutes });
  try {
    const { passed, failed, failures } = JSON.parse(lastLine);
    if (!Number.isInteger(passed) || !Number.isInteger(failed)) throw new Error('no counts');
    return { passed, failed: code !== 0 && failed === 0 ? 1 : failed, failures };
  } catch {
    return { passed: 0, failed: 1, notes: ['it did not end with {"passed": …, "failed": …}'] };
  }
};

async function browser() {
  const { code } = await run(['scripts/ensure-browser.mjs'], { minutes });
  if (code !== 0) return { passed: 0, failed: 1, notes: ['no browser, see above'] };
  return counted(
    'e2e',
    () => [bin.playwright, 'test'],
    (report) => ({ PLAYWRIGHT_JSON_OUTPUT_FILE: report }),
    ({ stats, errors, suites }) => ({
      passed: stats.expected + stats.flaky,
      failed: stats.unexpected + errors.length,
      skipped: stats.skipped,
      failures: failedSpecs({ suites }),
    })
  );
}

const tsc = (project) => ({ args: [bin.tsc, '--noEmit', '-p', project] });

/** @type {Record<string, () => Promise<Outcome>>} */
const stages = {
  types: checks(
    tsc(path.join(pluginDir, 'server')),
    tsc(path.join(pluginDir, 'admin')),
    tsc('tsconfig.json'),
    tsc('src/admin'),
    tsc('tests')
  ),
  lint: checks(
    { args: [bin.eslint, '.'] },
    { args: [bin.prettier, '--check', '--log-level', 'warn', '.'] },
    {
      args: [
        bin.depcruise,
        '--config',
        '.dependency-cruiser.cjs',
        'src',
        'config',
        'scripts',
        'tests',
      ],
    }
  ),
  build: checks({ args: ['scripts/build-if-needed.mjs'] }),
  unit: jest('unit', 'jest.config.cjs'),
  'api-sqlite': jest('api-sqlite', 'jest.api.config.cjs', { TEST_DATABASE: 'sqlite' }),
  'api-postgres': jest('api-postgres', 'jest.api.config.cjs', { TEST_DATABASE: 'postgres' }),
  e2e: browser,
  'leaks-postgres': leaks('postgres'),
  'leaks-sqlite': leaks('sqlite'),
};

const chosen = process.argv.slice(2);
const unknown = chosen.filter((name) => !stages[name]);
if (unknown.length) {
  console.error(
    `No such stage: ${unknown.join(', ')}. There are: ${Object.keys(stages).join(', ')}.`
  );
  process.exit(2);
}

mkdirSync(reports, { recursive: true });
const names = chosen.length ? chosen : Object.keys(stages);

async function stage(name) {
  console.log(`\n── ${name} (${names.indexOf(name) + 1} of ${names.length})`);
  const started = Date.now();
  const outcome = await stages[name]();
  if (outcome.passed + outcome.failed === 0) {
    Object.assign(outcome, { failed: 1, notes: ['it ran no tests'] });
  }
  const seconds = Math.round((Date.now() - started) / 1000);
  return { name, seconds, notes: [], failures: [], ...outcome };
}

async function inTurn(some) {
  const results = [];
  for (const name of some) results.push(await stage(name));
  return results;
}

// Each of the two leaves a core to the other: the browser waits most of the time, and the sweeps are one process each.
const lanes = [['e2e', 'leaks-postgres'], ['leaks-sqlite']];
const beside = lanes.map((lane) => lane.filter((name) => names.includes(name)));
const results = await inTurn(names.filter((name) => !lanes.flat().includes(name)));
results.push(...(await Promise.all(beside.map(inTurn))).flat());

console.log(
  `\n${'stage'.padEnd(14)}${'passed'.padStart(8)}${'failed'.padStart(8)}${'seconds'.padStart(9)}`
);
for (const { name, passed, failed, seconds, notes } of results) {
  const row = [String(passed).padStart(8), String(failed).padStart(8), String(seconds).padStart(9)];
  console.log(`${name.padEnd(14)}${row.join('')}  ${notes.join('; ')}`.trimEnd());
}
// Named once more: what they said is far above.
for (const { name, failures } of results) {
  for (const failure of failures.slice(0, namedFailures)) console.log(`${name} failed: ${failure}`);
  const more = failures.length - namedFailures;
  if (more > 0) console.log(`${name} failed: … and ${more} more`);
}
const sum = (key) => results.reduce((total, result) => total + result[key], 0);
console.log(`\n${sum('passed')} passed, ${sum('failed')} failed`);
process.exitCode = sum('failed') === 0 ? 0 : 1;
