import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import readline from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';
import { below, createRandom } from '../../bench/random';
import { createHome, type DatabaseKind, type Home } from '../../support/home';
import { inspectOrders, openStores, type Moment, type Stores } from './inspect';
import type { LifeOptions } from './life';
import type { Model } from './model';

export interface OrderKillOptions {
  database?: DatabaseKind;
  kills: number;
  seed: number;
  /** Orders of one installation. When all are carried out and kills are left, another installation begins. */
  orders?: number;
  say?: (line: string) => void;
}

export interface OrderOutcome {
  /** What was wrong after a kill, with its number. */
  problems: string[];
  /** At which moments of an order the kills came. */
  moments: Map<Moment | 'starting', number>;
  /** Orders that came to their end, over all installations. */
  ended: number;
}

const root = path.resolve(__dirname, '../../..');
/** One kill in so many comes while the application starts, when it destroys again what a life before had begun. */
const WHILE_STARTING = 6;
const LONGEST_START_MS = 5000;
/** A kill comes after so many statements at most; an order takes about a hundred. */
const MOST_STATEMENTS = 250;
/** Every other kill comes so much later at most, where no statement runs: the search in files. */
const LONGEST_PAUSE_MS = 400;
/** Past every lease and every wait after a failure. */
const A_LIFE_MS = 15 * 60_000;

/**
 * Has an application carry destruction orders out in a process of its own, kills that again and again at random moments, and
 * looks each time what is left: into the databases, and with the eyes of the next process before it goes on.
 */
export async function killOrders({
  database,
  kills,
  seed,
  orders = 10,
  say = () => undefined,
}: OrderKillOptions): Promise<OrderOutcome> {
  const random = createRandom(seed);
  const outcome: OrderOutcome = { problems: [], moments: new Map(), ended: 0 };
  let done = 0;
  while (done < kills) {
    const scene = await openScene(database, orders);
    try {
      say(`${scene.model.orders.length} orders are prepared`);
      let over = false;
      while (!over && done < kills) {
        const starting = random() < 1 / WHILE_STARTING;
        const killed = await killOnce(scene, random, starting);
        const { problems, moment, ended } = await inspectOrders(scene.stores, scene.model, false);
        over = ended === orders;
        if (killed.alive) {
          done += 1;
          const at = killed.ready ? moment : 'starting';
          outcome.moments.set(at, (outcome.moments.get(at) ?? 0) + 1);
          say(
            `${done} of ${kills}: killed ${killed.ready ? `after ${killed.statements} statements` : 'while it started'}, ` +
              `${ended} of ${orders} orders ended, the next: ${moment}`
          );
        }
        outcome.problems.push(
          ...[...killed.problems, ...problems].map((problem) => `Kill ${done}: ${problem}`)
        );
      }
      const last = startLife(scene, say);
      const seen = [...(await last.ready), ...(await last.ended)];
      last.child.stdin?.end();
      await last.gone;
      const { problems, ended } = await inspectOrders(scene.stores, scene.model, true);
      outcome.problems.push(...[...seen, ...problems].map((problem) => `At the end: ${problem}`));
      outcome.ended += ended;
    } finally {
      await scene.close();
    }
  }
  return outcome;
}

interface Scene {
  home: Home;
  stores: Stores;
  model: Model;
  modelFile: string;
  /** How many lives there were. */
  lives: number;
  running: Set<ChildProcess>;
  close(): Promise<void>;
}

async function openScene(database: DatabaseKind | undefined, orders: number): Promise<Scene> {
  const home = await createHome(database);
  // Not in the installation: what it holds in clear would be found there.
  const folder = mkdtempSync(path.join(os.tmpdir(), 'governance-kill-'));
  const modelFile = path.join(folder, 'model.json');
  const running = new Set<ChildProcess>();
  const scene: Omit<Scene, 'stores' | 'model'> = {
    home,
    modelFile,
    lives: 0,
    running,
    async close() {
      for (const child of running) child.kill('SIGKILL');
      await home.remove();
      rmSync(folder, { recursive: true, force: true });
    },
  };
  try {
    const preparing = startLife(scene, () => undefined, orders);
    await preparing.ready;
    preparing.child.stdin?.end();
    await preparing.gone;
    const stores = openStores(home);
    const model = JSON.parse(readFileSync(modelFile, 'utf8')) as Model;
    return Object.assign(scene, {
      stores,
      model,
      async close() {
        for (const child of running) child.kill('SIGKILL');
        await stores.close();
        await home.remove();
        rmSync(folder, { recursive: true, force: true });
      },
    });
  } catch (error) {
    await scene.close();
    throw error;
  }
}

interface Life {
  child: ChildProcess;
  /** What it found wrong once it had started. */
  ready: Promise<string[]>;
  /** What it found wrong once it had carried out what there was. */
  ended: Promise<string[]>;
  gone: Promise<void>;
  statements(): number;
  /** Has `then` called at a statement. */
  at(statement: number, then: () => void): void;
}

function startLife(
  scene: Pick<Scene, 'home' | 'modelFile' | 'lives' | 'running'>,
  say: (line: string) => void,
  prepare?: number
): Life {
  scene.lives += 1;
  const { dir, database, env } = scene.home;
  const options: LifeOptions = {
    home: { dir, database, env },
    model: scene.modelFile,
    prepare,
    now: new Date(Date.now() + scene.lives * A_LIFE_MS).toISOString(),
  };
  const child = spawn(process.execPath, ['scripts/run-ts.mjs', 'tests/kill/order/life.ts'], {
    cwd: root,
    // A killed process would leave the draft of what it knows of updates.
    env: {
      ...process.env,
      STRAPI_DISABLE_UPDATE_NOTIFICATION: 'true',
      LIFE: JSON.stringify(options),
    },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  scene.running.add(child);
  let statements = 0;
  let due: { statement: number; then: () => void } | undefined;
  const told = new Map<string, (problems: string[]) => void>();
  const wait = (name: string) =>
    new Promise<string[]>((resolve, reject) => {
      told.set(name, resolve);
      child.once('exit', (code, signal) =>
        reject(new Error(`The process ended with ${code ?? signal} before it was ${name}.`))
      );
    });
  const ready = wait('ready');
  const ended = wait('ended');
  for (const promise of [ready, ended]) promise.catch(() => undefined);
  readline.createInterface({ input: child.stdout }).on('line', (line) => {
    if (line === '.') {
      statements += 1;
      if (statements === due?.statement) due.then();
    } else if (!line.startsWith('{')) say(`  | ${line}`);
    else {
      const what = JSON.parse(line) as { problems?: string[]; ended?: true };
      told.get(what.ended ? 'ended' : 'ready')?.(what.problems ?? []);
    }
  });
  const gone = new Promise<void>((resolve) =>
    child.once('exit', () => {
      scene.running.delete(child);
      resolve();
    })
  );
  return {
    child,
    ready,
    ended,
    gone,
    statements: () => statements,
    at(statement, then) {
      due = { statement, then };
    },
  };
}

interface Killed {
  /** Whether there was still something to be done. */
  alive: boolean;
  /** Whether it had started. */
  ready: boolean;
  problems: string[];
  statements: number;
}

async function killOnce(scene: Scene, random: () => number, starting: boolean): Promise<Killed> {
  const life = startLife(scene, () => undefined);
  const end = async (killed: Omit<Killed, 'statements'>): Promise<Killed> => {
    life.child.kill('SIGKILL');
    await life.gone;
    return { ...killed, statements: life.statements() };
  };
  if (starting) {
    await Promise.race([pause(random() * LONGEST_START_MS), life.ready]);
    return end({ alive: true, ready: false, problems: [] });
  }
  const reached = new Promise<void>((resolve) =>
    life.at(1 + below(random, MOST_STATEMENTS), resolve)
  );
  const later = random() < 0.5 ? random() * LONGEST_PAUSE_MS : 0;
  const problems = await life.ready;
  let ended = false;
  const over = life.ended.then(() => {
    ended = true;
  });
  await Promise.race([over, reached.then(() => (later > 0 ? pause(later) : undefined))]);
  return end({ alive: !ended, ready: true, problems });
}
