// Importing customers from a file, all rules asked, against plain creates through Strapi's document service.
import { Readable } from 'node:stream';
import type { Core } from '@strapi/strapi';
import { bootApp } from '../../support/app';
import { createHome } from '../../support/home';
import type { Figure } from '../audit/log';
import { createCast } from '../cast';
import type { Options } from '../options';
import { createEntry } from '../people';
import { createRandom, type Random } from '../random';
import { summarise } from '../statistics';
import { addPlainType, UIDS } from '../types';

export const IMPORT = 'import';
const CUSTOMERS = 1_000_000;
const QUICK_CUSTOMERS = 20_000;
const PLAIN_CREATES = 400;
const MEGABYTE = 1 << 20;
const LOOK_MS = 200;

/** Five protected attributes, and what is required beside them. */
const COLUMNS = ['name', 'mobile', 'email', 'address', 'wechat', 'industry'] as const;
const CONSTANTS = { source: 'sales', method: 'direct' };

interface Run {
  id: number;
  documentId: string;
  runCounts: { good: number } | null;
  checkCounts: { good: number } | null;
}
interface Imports {
  upload(content: Readable, person: object): Promise<string>;
  runs: { require(documentId: string): Promise<Run> };
  map(run: Run, mapping: object, person: object, ability: object): Promise<void>;
  check(run: Run): Promise<void>;
  start(run: Run, ability: object): Promise<void>;
  running: { settled(): Promise<void> };
}
interface Actors {
  asAccount<T>(account: object, work: () => Promise<T>): Promise<T>;
}

const EVERYTHING = { can: () => true };

export async function measureImport(
  options: Options,
  say: (line: string) => void
): Promise<Figure[]> {
  const home = await createHome(options.database);
  const app = await bootApp({ home, logLevel: 'error', configure: addPlainType });
  const { strapi } = app;
  const count = options.quick ? QUICK_CUSTOMERS : CUSTOMERS;
  const service = <T>(name: string) =>
    strapi.plugin('customer-governance').service(name) as unknown as T;
  const imports = service<Imports>('imports');
  try {
    const cast = await createCast(strapi);
    const random = createRandom(options.seed);
    const plan = await planOf(strapi);
    const person = await somebody(strapi);
    const plain = await createPlain(strapi, random, cast.relations);
    const idle = memory();
    const peak = watchMemory();
    const found = await service<Actors>('actor').asAccount(
      { kind: 'admin', id: String(person.userId) },
      async () => {
        const id = await imports.upload(Readable.from(file(random, count)), person.staff);
        const run = () => imports.runs.require(id);
        const mapping = { plan, mapping: [...COLUMNS], constants: CONSTANTS };
        await imports.map(await run(), mapping, person.staff, EVERYTHING);
        const checking = performance.now();
        await imports.check(await run());
        await imports.running.settled();
        const importing = performance.now();
        await imports.start(await run(), EVERYTHING);
        await imports.running.settled();
        const ended = performance.now();
        return {
          ...(await run()),
          checkSeconds: (importing - checking) / 1000,
          seconds: (ended - importing) / 1000,
        };
      }
    );
    const grown = peak() - idle;
    if (found.runCounts?.good !== count) {
      throw new Error(`Of ${count} customers ${found.runCounts?.good} were imported.`);
    }
    const perSecond = count / found.seconds;
    say(`  ${IMPORT}: ${perSecond.toFixed(0)}/s, ${(perSecond / plain).toFixed(1)} times plain`);
    const more = {
      rowsPerSecond: perSecond,
      plainCreatesPerSecond: plain,
      checkedPerSecond: count / found.checkSeconds,
      memoryAboveIdleMegabytes: grown,
    };
    return [
      {
        measure: 'import_vs_strapi_create',
        title: `${count.toLocaleString('en-US')} customers with five protected attributes imported, to creates through Strapi's document service of a plain type`,
        ratio: summarise([perSecond / plain]),
        target: 25,
        atLeast: true,
        more,
      },
      {
        measure: 'import_rows_per_s',
        title: 'The same in customers a second',
        ratio: summarise([perSecond]),
        target: 5000,
        atLeast: true,
        more: {},
      },
      {
        measure: 'import_memory',
        title: 'Megabytes above the idle server while it was done',
        ratio: summarise([grown]),
        target: 300,
        atLeast: false,
        more: {},
      },
    ];
  } finally {
    await app.close();
    await home.remove();
  }
}

async function* file(random: Random, count: number): AsyncGenerator<Buffer> {
  yield Buffer.from(`${COLUMNS.join(',')}\n`);
  for (let at = 0; at < count;) {
    const lines: string[] = [];
    for (; lines.length < 500 && at < count; at++) {
      const entry = createEntry(random, at);
      entry.mobile = `1${'3578'[at % 4]}${String(800_000_000 + at)}`;
      lines.push(COLUMNS.map((name) => String(entry[name])).join(','));
    }
    yield Buffer.from(`${lines.join('\n')}\n`);
  }
}

async function planOf(strapi: Core.Strapi): Promise<string> {
  const purposes: Array<{ id: number }> = await strapi.db
    .query('plugin::customer-governance.purpose')
    .findMany({});
  const row = await strapi.db.query('plugin::customer-governance.collection-plan').create({
    data: {
      code: 'P-BENCH-IMPORT',
      title: 'Import',
      state: 'active',
      attributes: COLUMNS.map((name) => `customer.${name}`),
      purposes: purposes.map(({ id }) => id),
      publishedAt: new Date(),
    },
  });
  return row.documentId;
}

async function somebody(strapi: Core.Strapi) {
  const staff = await strapi.db
    .query('plugin::customer-governance.staff-profile')
    .findOne({ where: { user: { id: { $notNull: true } } }, populate: { user: true } });
  return { staff, userId: staff.user.id as number };
}

/** Creates a second by the document service, one after the other as an application does it. */
async function createPlain(strapi: Core.Strapi, random: Random, relations: object) {
  const documents = strapi.documents(UIDS.plain as never) as unknown as {
    create(params: { data: object }): Promise<unknown>;
  };
  const entries = Array.from({ length: PLAIN_CREATES }, (_x, at) => {
    const entry = createEntry(random, 900_000_000 + at);
    const data = Object.fromEntries(COLUMNS.map((name) => [name, entry[name]]));
    return { ...data, ...CONSTANTS, ...relations };
  });
  for (const data of entries.slice(0, 50)) await documents.create({ data });
  const from = performance.now();
  for (const data of entries) await documents.create({ data });
  return PLAIN_CREATES / ((performance.now() - from) / 1000);
}

const memory = (): number => {
  global.gc?.();
  return process.memoryUsage().rss / MEGABYTE;
};

/** @returns the most that was in use until it is asked. */
function watchMemory(): () => number {
  let most = 0;
  const timer = setInterval(() => {
    most = Math.max(most, process.memoryUsage().rss / MEGABYTE);
  }, LOOK_MS);
  return () => {
    clearInterval(timer);
    return most;
  };
}
