import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { createRandom } from '../bench/random';
import { createHome, type DatabaseKind } from '../support/home';
import { startInstance, type Started } from '../support/second';
import { connect, inspect, type Signed } from './inspect';
import { load, type Acknowledged } from './load';
import { prepare, type Prepared } from './prepare';

export interface KillOptions {
  database?: DatabaseKind;
  kills: number;
  seed: number;
  say?: (line: string) => void;
}

export interface Outcome {
  /** What was wrong after a kill, with its number. */
  problems: string[];
  /** Requests that were answered. */
  answered: number;
  /** Signed trees at the end. */
  signed: number;
}

/** Sequences at once and all the time, so that kills meet it. */
const POLICY = { audit: { sequence: { seconds: 1, rows: 10 } } };
/** One kill in so many comes while the application starts. */
const WHILE_STARTING = 5;
const LONGEST_START_MS = 4000;
const LONGEST_LOAD_MS = 1500;
const PATIENCE_MS = 60_000;

/**
 * Kills the application again and again at random moments while customers are created and changed, and looks each time
 * what is left of it.
 */
export async function killAgainAndAgain({
  database,
  kills,
  seed,
  say = () => undefined,
}: KillOptions): Promise<Outcome> {
  const random = createRandom(seed);
  const home = await createHome(database);
  const witness = path.join(home.dir, 'witness');
  mkdirSync(witness);
  const connection = connect(home);
  const acknowledged: Acknowledged = { changes: new Map() };
  const signed: Signed = new Map();
  const problems: string[] = [];
  let answered = 0;
  let running: Started | undefined;
  const start = () => {
    const env = { GOVERNANCE_WITNESS_DIRECTORY: witness };
    running = startInstance(home, { env, policy: POLICY, logLevel: 'error' });
    return running;
  };
  const kill = async ({ child, ended }: Started) => {
    child.kill('SIGKILL');
    await ended;
  };

  try {
    const prepared = await prepare(home);
    let instance = start();
    for (let done = 1; done <= kills; done++) {
      if (done > 1 && random() < 1 / WHILE_STARTING) {
        await pause(random() * LONGEST_START_MS);
        await kill(instance);
        say(`${done} of ${kills}: killed while it started`);
      } else {
        const url = await instance.url;
        let answering: () => void = () => undefined;
        const busy = new Promise<void>((resolve) => (answering = resolve));
        const requests = load(url, prepared, random, acknowledged, answering);
        // The first requests after a start take their time.
        await Promise.race([requests, busy.then(() => pause(random() * LONGEST_LOAD_MS))]);
        await kill(instance);
        const count = await requests;
        answered += count;
        say(`${done} of ${kills}: killed after ${count} answers`);
      }
      instance = start();
      await settled(await instance.url, prepared);
      const found = await inspect(connection, acknowledged, witness, signed);
      problems.push(...found.map((problem) => `After kill ${done}: ${problem}`));
    }
    await settled(await instance.url, prepared, true);
    problems.push(...(await inspect(connection, acknowledged, witness, signed)));
    return { problems, answered, signed: signed.size };
  } finally {
    await connection.destroy();
    if (running) await kill(running);
    await home.remove();
  }
}

/** Waits until every entry is in the tree; at the end also until the witness has heard of all. */
async function settled(url: string, { token }: Prepared, told = false): Promise<void> {
  const until = Date.now() + PATIENCE_MS;
  for (;;) {
    const answer = await fetch(`${url}/api/customer-governance/log/state`, {
      headers: { authorization: `Bearer ${token}` },
    });
    const { data } = (await answer.json()) as { data: State };
    const { pending, treeSize, halted, witnesses } = data;
    if (halted) throw new Error(`The log has halted: ${halted}.`);
    const failure = witnesses.find((each) => each.failure)?.failure;
    if (failure) throw new Error(`The witness: ${failure}.`);
    const heard = witnesses.every(({ deliveredSize }) => deliveredSize === treeSize);
    if (pending === 0 && (heard || !told)) return;
    if (Date.now() > until) throw new Error(`${pending} entries are still not in the tree.`);
    await pause(50);
  }
}

interface State {
  pending: number;
  treeSize: number;
  halted: string | null;
  witnesses: Array<{ deliveredSize: number; failure: string | null }>;
}
