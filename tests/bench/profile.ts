import type { Measure } from './measures';
import { now, profileWhile, usageWithin, type Span, type Usage } from './processor';
import { twins, type Bench } from './run';
import { SIDES, type Side } from './types';

const CHUNKS = 20;
const REQUESTS_PER_CHUNK = 10;
const REQUESTS = CHUNKS * REQUESTS_PER_CHUNK;
const LINES = 12;
const STATEMENT_WIDTH = 130;

interface Statement {
  count: number;
  milliseconds: number;
}
interface Observed {
  statements: Map<string, Statement>;
  /** When it was this side's turn. */
  spans: Span[];
}

/**
 * Where the time of one measure goes, request by request: processor time by part of the software, and the statements that
 * only the governed type sends. In short chunks that alternate, like the measurement itself.
 */
export async function profile(bench: Bench, measure: Measure): Promise<string> {
  const observed: Record<Side, Observed> = {
    governed: { statements: new Map(), spans: [] },
    plain: { statements: new Map(), spans: [] },
  };
  const taken = await profileWhile(async () => {
    for (let chunk = 0; chunk < CHUNKS; chunk += 1) {
      const calls = twins(measure, REQUESTS_PER_CHUNK, bench.nextNumber, chunk);
      for (const side of chunk % 2 === 0 ? SIDES : [...SIDES].reverse()) {
        await observe(bench, observed[side], () => bench.client.block(calls[side]));
      }
    }
  });
  const governed = usageWithin(taken, observed.governed.spans);
  const plain = usageWithin(taken, observed.plain.spans);
  return [
    `\n── ${measure.name}: milliseconds of a request`,
    ...partLines(governed, plain),
    ...functionLines(governed),
    ...statementLines(observed),
  ].join('\n');
}

async function observe(
  { strapi }: Bench,
  { statements, spans }: Observed,
  work: () => Promise<unknown>
): Promise<void> {
  const note = (sql: string, milliseconds: number) => {
    const seen = statements.get(sql) ?? { count: 0, milliseconds: 0 };
    statements.set(sql, {
      count: seen.count + 1,
      milliseconds: seen.milliseconds + milliseconds,
    });
  };
  const stopStatements = watchStatements(strapi.db.connection, note);
  const stopKeys = watchKeyStore(strapi, note);
  const from = now();
  try {
    await work();
  } finally {
    spans.push([from, now()]);
    stopStatements();
    stopKeys();
  }
}

type Note = (sql: string, milliseconds: number) => void;
type Emitter = {
  on(event: string, listener: (...args: never[]) => void): void;
  off(event: string, listener: (...args: never[]) => void): void;
};

function watchStatements(connection: unknown, note: Note): () => void {
  const emitter = connection as Emitter;
  const started = new Map<string, number>();
  const query = ({ __knexQueryUid: id }: { __knexQueryUid: string }) => {
    started.set(id, performance.now());
  };
  const response = (
    _: unknown,
    { __knexQueryUid: id, sql }: { __knexQueryUid: string; sql: string }
  ) => {
    note(sql, performance.now() - (started.get(id) ?? performance.now()));
    started.delete(id);
  };
  emitter.on('query', query);
  emitter.on('query-response', response);
  return () => {
    emitter.off('query', query);
    emitter.off('query-response', response);
  };
}

/** The key store has a connection of its own, so its methods are timed instead. */
function watchKeyStore(strapi: Bench['strapi'], note: Note): () => void {
  const vault = strapi.plugin('customer-governance').service('vault') as {
    keyStore(): Record<string, unknown>;
  };
  const store = vault.keyStore();
  const originals = Object.entries(store).filter(([, method]) => typeof method === 'function');
  for (const [name, method] of originals) {
    store[name] = async (...args: unknown[]) => {
      const started = performance.now();
      try {
        return await (method as (...args: unknown[]) => unknown)(...args);
      } finally {
        note(`key store: ${name}`, performance.now() - started);
      }
    };
  }
  return () => Object.assign(store, Object.fromEntries(originals));
}

const each = (value: number) => (value / REQUESTS).toFixed(3).padStart(8);

function partLines(governed: Usage, plain: Usage): string[] {
  const names = [...new Set([...governed.parts.keys(), ...plain.parts.keys()])];
  const rows = names.map((name) => ({
    name,
    governed: governed.parts.get(name) ?? 0,
    plain: plain.parts.get(name) ?? 0,
  }));
  const sum = (side: Side) => rows.reduce((total, row) => total + row[side], 0);
  rows.sort((a, b) => b.governed - b.plain - (a.governed - a.plain));
  const all = { name: 'all', governed: sum('governed'), plain: sum('plain') };
  return [
    'governed    plain     more',
    ...[all, ...rows.slice(0, LINES)].map(
      (row) =>
        `${each(row.governed)} ${each(row.plain)} ${each(row.governed - row.plain)}  ${row.name}`
    ),
  ];
}

function functionLines({ functions }: Usage): string[] {
  const most = [...functions].sort(([, a], [, b]) => b - a).slice(0, LINES);
  return [
    'functions of the plugin, with what they call:',
    ...most.map(([name, time]) => `${each(time)}  ${name}`),
  ];
}

function statementLines({ governed, plain }: Record<Side, Observed>): string[] {
  const known = new Set([...plain.statements.keys()].map(withoutType));
  const count = ({ statements }: Observed) =>
    [...statements.values()].reduce((total, statement) => total + statement.count, 0) / REQUESTS;
  const more = [...governed.statements]
    .filter(([sql]) => !known.has(withoutType(sql)))
    .sort(([, a], [, b]) => b.milliseconds - a.milliseconds);
  return [
    `statements: governed ${count(governed).toFixed(1)}, plain ${count(plain).toFixed(1)}; only governed:`,
    ...more.map(
      ([sql, statement]) =>
        `${each(statement.milliseconds)}  ${(statement.count / REQUESTS).toFixed(1)}×  ${sql.slice(0, STATEMENT_WIDTH)}`
    ),
  ];
}

const withoutType = (sql: string) => sql.replace(/governance_customers|bench_customers/g, '…');
