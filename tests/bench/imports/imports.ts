// Importing customers from a file, all rules asked, against plain creates through Strapi's document service.
import { Readable } from 'node:stream';
import type { Core } from '@strapi/strapi';
import { bootApp } from '../../support/app';
import { createHome } from '../../support/home';
import { EVERYTHING, type Actors, type ImportServices } from '../../support/import-services';
import type { Figure } from '../audit/log';
import { createCast } from '../cast';
import type { Options } from '../options';
import { createEntry, type Entry } from '../people';
import { createRandom, type Random } from '../random';
import { summarise } from '../statistics';
import { addPlainType, UIDS } from '../types';

export const IMPORT = 'import';
const CUSTOMERS = 1_000_000;
const QUICK_CUSTOMERS = 20_000;
const PLAIN_CREATES = 400;
/** Customers among whom one is looked up before all the others come. */
const FEW_CUSTOMERS = 1000;
/** Customers that are looked up, one by one. */
const LOOK_UPS = 400;
/** Tests are without these by default; here all rules are asked. */
const POLICY = {
  duplicates: {
    keys: ['company-name', 'credit-code', 'contact'],
    near: ['company-core', 'company-pinyin'],
  },
};
const MEGABYTE = 1 << 20;
const LOOK_MS = 200;

/** Five protected attributes, and what is required beside them. */
const COLUMNS = ['name', 'mobile', 'email', 'address', 'wechat', 'industry'] as const;
const CONSTANTS = { source: 'sales', method: 'direct' };

interface Run {
  runCounts: { good: number } | null;
}
interface Person {
  staff: object;
  userId: number;
}
/** What of a customer its duplicate is known by. */
interface Known {
  kind: string;
  name: string;
  mobile: string;
}
interface Duplicates {
  findMany(candidates: Array<{ uid: string; values: Known }>): Promise<object[][]>;
}

export async function measureImport(
  options: Options,
  say: (line: string) => void
): Promise<Figure[]> {
  const home = await createHome(options.database);
  const app = await bootApp({
    home,
    logLevel: 'error',
    configure: addPlainType,
    policy: POLICY,
  });
  const { strapi } = app;
  const count = options.quick ? QUICK_CUSTOMERS : CUSTOMERS;
  const service = <T>(name: string) =>
    strapi.plugin('customer-governance').service(name) as unknown as T;
  const imports = service<ImportServices<Run>>('imports');
  const importing = async (content: AsyncGenerator<Buffer>, plan: string, person: Person) => {
    const id = await imports.upload(Readable.from(content), person.staff);
    const run = () => imports.runs.require(id);
    const mapping = { plan, mapping: [...COLUMNS], constants: CONSTANTS };
    await imports.map(await run(), mapping, person.staff, EVERYTHING);
    const began = performance.now();
    await imports.check(await run());
    await imports.running.settled();
    const checked = performance.now();
    await imports.start(await run(), EVERYTHING);
    await imports.running.settled();
    const ended = performance.now();
    return {
      good: (await run()).runCounts?.good,
      checkSeconds: (checked - began) / 1000,
      seconds: (ended - checked) / 1000,
    };
  };
  try {
    const cast = await createCast(strapi);
    const random = createRandom(options.seed);
    const plan = await planOf(strapi);
    const person = await somebody(strapi);
    const plain = await createPlain(strapi, random, cast.relations);
    const as = <T>(work: () => Promise<T>) =>
      service<Actors>('actor').asAccount({ kind: 'admin', id: String(person.userId) }, work);
    const lookUps = (known: readonly Known[]) =>
      timeLookUps(service<Duplicates>('duplicates'), known);

    const idle = memory();
    const peak = watchMemory();
    const few: Known[] = [];
    await as(() => importing(file(random, 0, FEW_CUSTOMERS, few), plan, person));
    const amongFew = await lookUps(few);
    const many: Known[] = [];
    const found = await as(() => importing(file(random, FEW_CUSTOMERS, count, many), plan, person));
    const grown = peak() - idle;
    if (found.good !== count) {
      throw new Error(`Of ${count} customers ${found.good} were imported.`);
    }
    const amongMany = await lookUps(many);
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
        measure: 'lookup_growth',
        title: `The time of looking up a duplicate among ${(FEW_CUSTOMERS + count).toLocaleString('en-US')} customers, to that among ${FEW_CUSTOMERS.toLocaleString('en-US')}`,
        ratio: summarise([amongMany / amongFew]),
        target: 1.5,
        atLeast: false,
        more: { fewMicroseconds: amongFew * 1000, manyMicroseconds: amongMany * 1000 },
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

/** Of the customers with numbers from `first` on. @param known takes some of them, from all over the file. */
async function* file(
  random: Random,
  first: number,
  count: number,
  known: Known[]
): AsyncGenerator<Buffer> {
  const every = Math.max(1, Math.floor(count / LOOK_UPS));
  yield Buffer.from(`${COLUMNS.join(',')}\n`);
  for (let at = 0; at < count;) {
    const lines: string[] = [];
    for (; lines.length < 500 && at < count; at++) {
      const mobile = `1${'3578'[at % 4]}${String(800_000_000 + first + at)}`;
      const entry: Entry = { ...createEntry(random, first + at), mobile };
      if (at % every === 0) known.push({ kind: 'person', name: String(entry.name), mobile });
      lines.push(COLUMNS.map((name) => String(entry[name])).join(','));
    }
    yield Buffer.from(`${lines.join('\n')}\n`);
  }
}

/** Milliseconds of one look-up, the median; every one must find its customer. */
async function timeLookUps(duplicates: Duplicates, known: readonly Known[]): Promise<number> {
  const times: number[] = [];
  // Once to warm up.
  for (const values of [...known, ...known]) {
    const from = performance.now();
    const [found] = await duplicates.findMany([{ uid: UIDS.governed, values }]);
    times.push(performance.now() - from);
    if (found?.length !== 1) throw new Error('A customer was not found as a duplicate of itself.');
  }
  return summarise(times.slice(known.length)).median;
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

async function somebody(strapi: Core.Strapi): Promise<Person> {
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
