import type { Core } from '@strapi/strapi';

/** What one call to the server did to its tables. */
export interface Recorded {
  status: number;
  /** One id for all that a request writes to the log. */
  correlation: string | null;
  tables: string[];
}

interface Context {
  get(header: string): string;
  status: number;
  state: { governanceCorrelation?: string };
}
interface Query {
  sql: string;
  method?: string;
  __knexTxId?: string;
}
interface Write {
  table: string;
  sql: string;
  transaction?: string;
}

const HEADER = 'x-recorded-call';
const WRITE =
  /^\s*(?:insert (?:or \w+ )?into|update|delete from)\s+(?:["`]\w+["`]\.)?["`](\w+)["`]/i;

/**
 * Listens to which tables are written in which request, by the database's own statements: what was rolled back, or met no
 * row, is no write. So it sees whatever way the server takes.
 */
export function createRecorder() {
  const writes = new Map<string, Write[]>();
  const answers = new Map<string, Omit<Recorded, 'tables'>>();
  let count = 0;

  const callOf = (strapi: Core.Strapi): string | undefined =>
    (strapi.requestContext.get() as unknown as Context | undefined)?.get(HEADER) || undefined;

  return {
    header: HEADER,
    next: (): string => String((count += 1)),

    /** Before the application loads: outside all its middlewares. */
    watchAnswers(strapi: Core.Strapi): void {
      strapi.server.use((async (ctx: Context, next: () => Promise<void>) => {
        await next();
        const call = ctx.get(HEADER);
        const correlation = ctx.state.governanceCorrelation ?? null;
        if (call) answers.set(call, { status: ctx.status, correlation });
      }) as never);
    },

    /** Once it has loaded. */
    watchWrites(strapi: Core.Strapi): void {
      const { connection } = strapi.db;
      connection.on('query-response', (response: unknown, { sql, __knexTxId }: Query) => {
        const table = WRITE.exec(sql)?.[1];
        const call = table && callOf(strapi);
        if (!call || response === 0 || (Array.isArray(response) && response.length === 0)) return;
        const known = writes.get(call) ?? [];
        writes.set(call, [...known, { table, sql, transaction: __knexTxId }]);
      });
      connection.on('query', ({ sql, __knexTxId }: Query) => {
        const call = /^rollback;?$/i.test(sql.trim()) && callOf(strapi);
        if (!call) return;
        const known = writes.get(call) ?? [];
        writes.set(
          call,
          known.filter(({ transaction }) => transaction !== __knexTxId)
        );
      });
    },

    /** @param counts whether a write is one of those that are looked for. */
    of(call: string, counts: (write: { table: string; sql: string }) => boolean): Recorded {
      const answer = answers.get(call) ?? { status: 0, correlation: null };
      const tables = (writes.get(call) ?? []).filter(counts).map(({ table }) => table);
      return { ...answer, tables: [...new Set(tables)] };
    },
  };
}

export type Recorder = ReturnType<typeof createRecorder>;
