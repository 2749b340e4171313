import type { Admins, Cast } from './cast';
import type { Call } from './load';
import { createEntry } from './people';
import { below, pick, type Random } from './random';
import { API_PATHS, UIDS, type Side } from './types';

export interface Measure {
  name: string;
  title: string;
  /** The least ratio of throughputs, governed to plain, that is aimed at. */
  target: number;
  /** @param number differs for every request of one side, and is the same for its twin of the other. */
  call(side: Side, random: Random, number: number): Call;
  /** What is wrong with an answer, for a measure of something else than it says is worth nothing; `null` when all is well. */
  problem(side: Side, answer: string): string | null;
  /** The audit action of which every governed request leaves one entry. */
  audited?: string;
}

type Row = Record<string, unknown>;

const PAGE_SIZE = 25;
/** Of the newest customers; far pages cost both sides the same, and so would bring the ratios closer to 1. */
const PAGES = 20;

export function createMeasures(
  { token, relations }: Cast,
  { masked, revealing, revealingOwn }: Admins,
  ids: Record<Side, string[]>
): Measure[] {
  const pageOf = (random: Random) => 1 + below(random, PAGES);
  const apiList = (side: Side, random: Random): Call => ({
    method: 'GET',
    path: `${API_PATHS[side]}?sort=id:desc&pagination[page]=${pageOf(random)}&pagination[pageSize]=${PAGE_SIZE}`,
    headers: token,
  });
  const panelList =
    (headers: Record<string, string>, pages = PAGES) =>
    (side: Side, random: Random): Call => ({
      method: 'GET',
      path: `/content-manager/collection-types/${UIDS[side]}?sort=id:DESC&page=${1 + below(random, pages)}&pageSize=${PAGE_SIZE}`,
      headers,
    });
  return [
    {
      name: 'list_masked',
      title: 'content API, 25 rows, API token',
      target: 0.95,
      call: apiList,
      problem: (side, answer) => listProblem(JSON.parse(answer).data, side === 'plain'),
    },
    {
      name: 'list_masked_panel',
      title: 'Content Manager, 25 rows, without Reveal',
      target: 0.95,
      call: panelList(masked),
      problem: (side, answer) => listProblem(JSON.parse(answer).results, side === 'plain'),
    },
    {
      name: 'read_masked',
      title: 'content API, one customer, API token',
      target: 0.95,
      call: (side, random) => ({
        method: 'GET',
        path: `${API_PATHS[side]}/${pick(random, ids[side])}`,
        headers: token,
      }),
      problem: (side, answer) => rowProblem(JSON.parse(answer).data, side === 'plain'),
    },
    {
      name: 'list_revealed',
      title: 'Content Manager, 25 rows, Reveal on name and mobile',
      target: 0.8,
      call: panelList(revealing),
      problem: (_side, answer) => listProblem(JSON.parse(answer).results, true),
      audited: 'record.view',
    },
    {
      name: 'list_revealed_own',
      title: 'the same, limited to the own customers',
      target: 0.8,
      // Two pages: at 1,000 rows the admin owns 50.
      call: panelList(revealingOwn, 2),
      problem: (_side, answer) => listProblem(JSON.parse(answer).results, true),
      audited: 'record.view',
    },
    {
      name: 'create',
      title: 'content API, 7 protected attributes, collection rules',
      target: 0.6,
      call: (side, random, number) => ({
        method: 'POST',
        path: API_PATHS[side],
        headers: { ...token, 'content-type': 'application/json' },
        body: JSON.stringify({ data: { ...createEntry(random, number), ...relations } }),
      }),
      problem: (side, answer) => rowProblem(JSON.parse(answer).data, side === 'plain'),
      audited: 'record.create',
    },
  ];
}

function listProblem(rows: Row[] | undefined, clear: boolean): string | null {
  if (rows?.length !== PAGE_SIZE) return `it has ${rows?.length ?? 'no'} rows`;
  return rows.map((row) => rowProblem(row, clear)).find((problem) => problem !== null) ?? null;
}

function rowProblem(row: Row | undefined, clear: boolean): string | null {
  for (const attribute of ['name', 'mobile']) {
    const value = row?.[attribute];
    if (typeof value !== 'string') return `${attribute} is not there`;
    if (value.includes('*') === clear) return `${attribute} is ${clear ? 'masked' : 'in clear'}`;
  }
  return null;
}
