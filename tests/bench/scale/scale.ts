// Access at scale: the same requests to an application with a crowd of grants and open requests and to one without, each in a
// process and on a database of its own, in pairs of blocks as the other measures.
import { fork, type ChildProcess } from 'node:child_process';
import path from 'node:path';
import { createClient, type Call, type Client } from '../load';
import type { Options } from '../options';
import { createRandom } from '../random';
import { enough, type Block, type Result } from '../run';
import { summarise } from '../statistics';
import type { Order, Ready } from './instance';

export const SCALE = 'access_at_scale';
export const CROWD = { grants: 100_000, requests: 10_000 };
const NOBODY = { grants: 0, requests: 0 };
/** No more than a quarter slower. */
const TARGET = 0.8;
const ROWS = 2000;
const WARM_UP_PAIRS = 5;

const TITLES: Record<string, string> = {
  list_masked: 'content API, 25 rows, API token',
  list_revealed: 'Content Manager, 25 rows, Reveal on name and mobile',
  reveal: '25 popular customers revealed by a grant',
  inbox: '25 of the steps that wait for an approver',
};

interface Side {
  child: ChildProcess;
  client: Client;
  ready: Ready;
}

/** Measures each kind of request with the crowd against without. */
export async function measureScale(
  options: Options,
  say: (line: string) => void
): Promise<Result[]> {
  const started = performance.now();
  const order = { database: options.database, rows: ROWS, seed: options.seed };
  const sides = await Promise.all([
    startSide({ ...order, crowd: CROWD }),
    startSide({ ...order, crowd: NOBODY }),
  ]);
  try {
    say(
      `${CROWD.grants.toLocaleString('en-US')} grants and ${CROWD.requests.toLocaleString('en-US')} open requests, filled in ` +
        `${((performance.now() - started) / 1000).toFixed(1)} s`
    );
    const results: Result[] = [];
    for (const name of Object.keys(TITLES)) {
      const result = await measure(name, sides, options);
      say(`  ${result.measure}: ${result.ratio.median.toFixed(3)}`);
      results.push(result);
    }
    return results;
  } finally {
    for (const side of sides) await stopSide(side);
  }
}

async function startSide(order: Order): Promise<Side> {
  const child = fork('scripts/run-ts.mjs', ['tests/bench/scale/instance.ts'], {
    cwd: path.resolve(__dirname, '../../..'),
  });
  const ready = await ask<Ready>(child, order);
  return { child, ready, client: createClient(ready.url, 1) };
}

function stopSide({ child, client }: Side): Promise<void> {
  client.close();
  return new Promise((resolve) => {
    child.once('exit', () => resolve());
    child.disconnect();
  });
}

function ask<Answer>(child: ChildProcess, question: Order | 'processor'): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const gone = () => reject(new Error('An application of the benchmark has ended by itself.'));
    child.once('exit', gone);
    child.once('message', (answer) => {
      child.off('exit', gone);
      resolve(answer as Answer);
    });
    child.send(question);
  });
}

async function block({ child, client }: Side, calls: Call[]): Promise<Block> {
  const spent = async () => (await ask<{ processor: number }>(child, 'processor')).processor;
  const before = await spent();
  const seconds = await client.block(calls);
  return { seconds, processor: (await spent()) - before };
}

async function measure(
  name: string,
  sides: readonly [Side, Side],
  options: Options
): Promise<Result> {
  const random = createRandom(options.seed + 1);
  const calls = ({ ready }: Side) =>
    Array.from({ length: options.requestsPerBlock }, () => ready.calls[name] as Call);
  const pair = async (): Promise<[Block, Block]> => {
    const [crowded, empty] = sides;
    if (random() < 0.5) {
      const first = await block(crowded, calls(crowded));
      return [first, await block(empty, calls(empty))];
    }
    const first = await block(empty, calls(empty));
    return [await block(crowded, calls(crowded)), first];
  };
  await check(name, sides);
  for (let warm = 0; warm < WARM_UP_PAIRS; warm += 1) await pair();
  const pairs: Array<[Block, Block]> = [];
  const ratios = () => pairs.map(([crowded, empty]) => empty.seconds / crowded.seconds);
  while (!enough(ratios(), options)) pairs.push(await pair());
  const rates = (side: 0 | 1) =>
    summarise(pairs.map((each) => options.requestsPerBlock / each[side].seconds));
  return {
    measure: `${SCALE}.${name}`,
    title: TITLES[name] as string,
    target: TARGET,
    rows: ROWS,
    pairs: pairs.length,
    ratio: summarise(ratios()),
    processor: summarise(pairs.map(([crowded, empty]) => empty.processor / crowded.processor)),
    governed: rates(0),
    plain: rates(1),
  };
}

/** Both give the same number of rows, or values: a measure of something else than it says is worth nothing. */
async function check(name: string, sides: readonly Side[]): Promise<void> {
  for (const { client, ready } of sides) {
    const { status, text } = await client.one(ready.calls[name] as Call);
    const body = status < 300 ? (JSON.parse(text) as Record<string, object>) : {};
    const rows = body.data ?? body.results ?? body.values ?? body.items ?? {};
    if (Object.keys(rows).length !== 25) {
      throw new Error(`${SCALE}.${name}: a wrong answer: ${status} ${text.slice(0, 300)}`);
    }
  }
}
