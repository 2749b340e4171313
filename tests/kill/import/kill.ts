import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import readline from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';
import { below, createRandom } from '../../bench/random';
import { createHome, type DatabaseKind, type Home } from '../../support/home';
import type { ImportLife } from './life';

export interface ImportKillOptions {
  database?: DatabaseKind;
  kills: number;
  seed: number;
  /** Rows of the file. */
  rows?: number;
  say?: (line: string) => void;
}

const root = path.resolve(__dirname, '../../..');
/** A kill comes after so many steps at most; a batch of 500 rows has four. */
const MOST_STEPS = 10;
/** And so much later at most, in the midst of the next step. */
const LONGEST_PAUSE_MS = 60;
const ROWS_PER_KILL = 2000;

/** Line by line what a life says. */
interface Told {
  ready?: true;
  step?: string;
  ended?: true;
  problems?: string[];
}

/**
 * Has an application import a file in a process of its own, kills that again and again at random moments, and looks at the end
 * whether records, keys, counts and report are those of an import that nobody has interrupted.
 */
export async function killImport({
  database,
  kills,
  seed,
  rows = kills * ROWS_PER_KILL,
  say = () => undefined,
}: ImportKillOptions): Promise<{ problems: string[]; steps: Map<string, number> }> {
  const random = createRandom(seed);
  const home = await createHome(database);
  const folder = mkdtempSync(path.join(os.tmpdir(), 'governance-kill-'));
  const model = path.join(folder, 'model.json');
  const steps = new Map<string, number>();
  try {
    await liveOn(home, { model, prepare: rows }, ({ ready }) => ready === true, 0);
    say(`A file of ${rows} rows is ready`);
    for (let kill = 1; kill <= kills; kill++) {
      let left = 1 + below(random, MOST_STEPS);
      let last = 'started';
      const dueAt = ({ step }: Told) => {
        if (step === undefined) return false;
        last = step;
        left -= 1;
        return left <= 0;
      };
      const told = await liveOn(home, { model }, dueAt, random() * LONGEST_PAUSE_MS, 'SIGKILL');
      if (told.ended) throw new Error(`The import ended before kill ${kill}. Give it more rows.`);
      steps.set(last, (steps.get(last) ?? 0) + 1);
      say(`${kill} of ${kills}: killed after "${last}"`);
    }
    const end = await liveOn(home, { model }, ({ ended }) => ended === true, 0);
    return { problems: end.problems ?? [], steps };
  } finally {
    await home.remove();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** A life until what it says is what is waited for. @returns what it said last. */
async function liveOn(
  { dir, database, env }: Home,
  life: Omit<ImportLife, 'home'>,
  isDue: (told: Told) => boolean,
  later: number,
  signal?: 'SIGKILL'
): Promise<Told> {
  const child = spawn(process.execPath, ['scripts/run-ts.mjs', 'tests/kill/import/life.ts'], {
    cwd: root,
    env: {
      ...process.env,
      STRAPI_DISABLE_UPDATE_NOTIFICATION: 'true',
      LIFE: JSON.stringify({ home: { dir, database, env }, ...life } satisfies ImportLife),
    },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  let due = false;
  try {
    return await new Promise<Told>((resolve, reject) => {
      child.once('exit', (code) => {
        if (!due) reject(new Error(`The process ended with ${code} before its time.`));
      });
      readline.createInterface({ input: child.stdout }).on('line', (line) => {
        if (due || !line.startsWith('{')) return;
        const told = JSON.parse(line) as Told;
        due = told.ended === true || isDue(told);
        if (due) void pause(later).then(() => resolve(told));
      });
    });
  } finally {
    if (signal) child.kill(signal);
    else child.stdin.end();
    await gone;
  }
}
