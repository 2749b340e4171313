import type { Core } from '@strapi/strapi';
import { createRandom, pick, type Random } from '../random';
import { summarise } from '../statistics';
import { ACTIONS, ACTORS, PURPOSES, RECORDS } from './fill';
import { ENTRIES, servicesOf, type Figure, type Place } from './log';

const PAGE = 25;
const RUNS = 200;
const WARM_UP = 20;
const HOUR_MS = 3_600_000;

/** What people ask the log: each with values of its own in every run. */
const KINDS: Record<string, (random: Random, middle: Place) => [object, Place | null]> = {
  newest: () => [{}, null],
  older: (_, middle) => [{}, middle],
  actor: (random) => [{ actors: [{ kind: 'admin', id: pick(random, ACTORS) }] }, null],
  action: (random) => [{ actions: [pick(random, ACTIONS)] }, null],
  purpose: (random) => [{ purpose: pick(random, PURPOSES) }, null],
  record: (random) => [{ records: [pick(random, RECORDS)] }, null],
  day: (random, { at }) => [
    { from: new Date(at - 24 * HOUR_MS), to: new Date(at), actions: [pick(random, ACTIONS)] },
    null,
  ],
};

export type PageTimes = Record<string, number[]>;

/** Milliseconds of pages of the explorer at the log's present size, kind by kind. */
export async function timePages(strapi: Core.Strapi, seed: number): Promise<PageTimes> {
  const { explorer } = servicesOf(strapi);
  const random = createRandom(seed + 3);
  const middle = await middleOf(strapi);
  const times: PageTimes = Object.fromEntries(Object.keys(KINDS).map((kind) => [kind, []]));
  for (let run = 0; run < WARM_UP + RUNS; run++) {
    for (const [kind, ask] of Object.entries(KINDS)) {
      const [by, after] = ask(random, middle);
      const from = performance.now();
      const rows = await explorer.page(by, after, PAGE);
      const time = performance.now() - from;
      if (kind !== 'day' && rows.length !== PAGE) {
        throw new Error(`explorer_page: a page by ${kind} has ${rows.length} entries.`);
      }
      if (run >= WARM_UP) times[kind]?.push(time);
    }
  }
  return times;
}

/** How much longer pages take in the long log; the worst kind counts. */
export function comparePages(small: PageTimes, large: PageTimes, sizes: [number, number]): Figure {
  const ratioOf = (kind: string) =>
    summarise((large[kind] ?? []).map((time) => time / summarise(small[kind] ?? []).median));
  const kinds = Object.keys(KINDS).sort((a, b) => ratioOf(b).median - ratioOf(a).median);
  const [worst = 'newest'] = kinds;
  const more: Record<string, number> = { from: sizes[0], to: sizes[1] };
  for (const kind of kinds) {
    more[kind] = ratioOf(kind).median;
    more[`${kind}Milliseconds`] = summarise(large[kind] ?? []).median;
  }
  return {
    measure: 'explorer_page',
    title: `time of 25 entries by ${worst}, the slowest of ${kinds.length} kinds, to the same in the short log`,
    ratio: ratioOf(worst),
    target: 1.5,
    atLeast: false,
    more,
  };
}

async function middleOf(strapi: Core.Strapi): Promise<Place> {
  const [{ n }] = (await strapi.db.connection(ENTRIES).max({ n: 'id' })) as [{ n: number }];
  const row = await strapi.db
    .connection(ENTRIES)
    .where('id', '>=', Math.floor(Number(n) / 2))
    .orderBy('id')
    .first('id', 'at');
  return { id: Number(row.id), at: new Date(row.at).getTime() };
}
