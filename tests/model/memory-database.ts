/**
 * As much of Strapi's database as the approvals and the access need, in memory: `db.query`, knex on the plugin's tables, and
 * transactions that are taken back when they fail. What it does not know it refuses, so that no condition is ever ignored.
 */

export interface Row extends Record<string, unknown> {
  id: number;
}
/** What a type is in the database: its table, and the types that its relations lead to. */
export interface TypeOfRow {
  table: string;
  relations?: Readonly<Record<string, string>>;
  /** Columns that must be unique together. */
  unique?: readonly (readonly string[])[];
}
type Where = Record<string, unknown>;
type Populate = Record<string, true | { populate?: Populate; select?: string[] }>;
interface Query {
  where?: Where;
  populate?: Populate;
  select?: string[];
  orderBy?: unknown;
  limit?: number;
}
type Listener = (event: { result: Row }) => Promise<void>;
type Predicate = (row: Row, outer?: Scope) => boolean;
interface Scope {
  table: Table;
  row: Row;
}

/** Dates compare by their instant, however they are written. */
const plain = (value: unknown): unknown => {
  if (value instanceof Date) return value.getTime();
  return typeof value === 'string' && /^\d{4}-\d\d-\d\dT.*Z$/.test(value)
    ? Date.parse(value)
    : (value ?? null);
};
const compare = (left: unknown, operator: string, right: unknown): boolean => {
  const [a, b] = [plain(left), plain(right)] as [number, number];
  switch (operator) {
    case '=':
      return a === b;
    case '<=':
      return a !== null && b !== null && a <= b;
    case '>=':
      return a !== null && b !== null && a >= b;
    case '<':
      return a !== null && b !== null && a < b;
    case '>':
      return a !== null && b !== null && a > b;
    default:
      throw new Error(`The database in memory does not know the operator ${operator}.`);
  }
};

const OPERATORS: Record<string, (value: unknown, than: unknown) => boolean> = {
  $eq: (value, than) => compare(value, '=', than),
  $ne: (value, than) => !compare(value, '=', than),
  $lt: (value, than) => compare(value, '<', than),
  $lte: (value, than) => compare(value, '<=', than),
  $gt: (value, than) => compare(value, '>', than),
  $gte: (value, than) => compare(value, '>=', than),
  $in: (value, than) => (than as unknown[]).some((each) => compare(value, '=', each)),
  $notIn: (value, than) => !(than as unknown[]).some((each) => compare(value, '=', each)),
  $null: (value, than) => (plain(value) === null) === than,
  $notNull: (value, than) => (plain(value) !== null) === than,
};

const isNested = (value: unknown): value is Where =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Date);

class Table {
  rows: readonly Row[] = [];
  readonly afterUpdate: Listener[] = [];
  private next = 1;

  constructor(
    readonly uid: string,
    readonly type: TypeOfRow
  ) {}

  /** `holder_id` is the relation `holder`; `grant_id` of a table without one is the attribute `grantId`. */
  attributeOf(column: string): string {
    const name = column.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase());
    const relation = name.replace(/Id$/, '');
    return this.type.relations?.[relation] ? relation : name;
  }

  /** @returns `null` when it would be the second of what must be unique. */
  insert(data: Record<string, unknown>): Row | null {
    const taken = (this.type.unique ?? []).some((columns) =>
      this.rows.some((row) =>
        columns.every((column) => plain(row[column]) !== null && row[column] === data[column])
      )
    );
    if (taken) return null;
    const id = this.next;
    this.next += 1;
    const row: Row = { documentId: `${this.type.table.replace(/_/g, '')}${id}`, ...data, id };
    this.rows = [...this.rows, row];
    return row;
  }

  change(matching: Predicate, to: (row: Row) => Record<string, unknown>): Row[] {
    const changed: Row[] = [];
    this.rows = this.rows.map((row) => {
      if (!matching(row)) return row;
      const next: Row = { ...row, ...to(row), id: row.id };
      changed.push(next);
      return next;
    });
    return changed;
  }
}

export class MemoryDatabase {
  readonly dialect = { client: 'sqlite' };
  private readonly tables = new Map<string, Table>();
  private depth = 0;
  private committed: Array<() => void> = [];

  constructor(types: Readonly<Record<string, TypeOfRow>>) {
    for (const [uid, type] of Object.entries(types)) {
      const table = new Table(uid, type);
      this.tables.set(uid, table);
      this.tables.set(type.table, table);
    }
  }

  readonly connection = (name: string): Builder | Joined =>
    name.includes(' as ')
      ? new Joined(name, (of) => this.table(of))
      : new Builder(this.table(name));
  readonly getSchemaName = () => undefined;
  readonly inTransaction = () => this.depth > 0;
  readonly lifecycles = {
    subscribe: ({ models, afterUpdate }: { models: string[]; afterUpdate?: Listener }) => {
      if (afterUpdate) for (const uid of models) this.table(uid).afterUpdate.push(afterUpdate);
    },
  };

  /** Runs the work whole or not at all; without work, it is the running transaction that is asked for. */
  async transaction(
    work?: (context: { onCommit(then: () => void): void }) => Promise<unknown>
  ): Promise<unknown> {
    if (!work) return { get: () => this.connection };
    const before = [...this.tables.values()].map((table) => [table, table.rows] as const);
    this.depth += 1;
    try {
      return await work({ onCommit: (then) => this.committed.push(then) });
    } catch (error) {
      for (const [table, rows] of before) table.rows = rows;
      if (this.depth === 1) this.committed = [];
      throw error;
    } finally {
      this.depth -= 1;
      if (this.depth === 0) for (const then of this.committed.splice(0)) then();
    }
  }

  query(uid: string) {
    const table = this.table(uid);
    const findMany = (query: Query = {}) => Promise.resolve(this.find(table, query));
    return {
      findMany,
      findOne: async (query: Query) => (await findMany(query))[0] ?? null,
      count: async (query: Query = {}) => (await findMany(query)).length,
      create: async ({ data }: { data: Record<string, unknown> }) => {
        const row = table.insert(data);
        if (!row) throw new Error(`Not unique in ${table.type.table}.`);
        return Promise.resolve(row);
      },
      createMany: async ({ data }: { data: Array<Record<string, unknown>> }) => {
        for (const each of data) {
          if (!table.insert(each)) throw new Error(`Not unique in ${table.type.table}.`);
        }
        return Promise.resolve({ count: data.length });
      },
      update: async ({ where, data }: { where: Where; data: Record<string, unknown> }) => {
        const [result] = table.change(
          (row) => this.matches(table, row, where),
          () => data
        );
        if (!result) return null;
        for (const told of table.afterUpdate) await told({ result });
        return result;
      },
      updateMany: async ({ where, data }: { where: Where; data: Record<string, unknown> }) => {
        const changed = table.change(
          (row) => this.matches(table, row, where),
          () => data
        );
        return Promise.resolve({ count: changed.length });
      },
    };
  }

  private table(name: string): Table {
    const found = this.tables.get(name);
    if (!found) throw new Error(`The database in memory has no ${name}.`);
    return found;
  }

  private find(table: Table, { where = {}, populate = {}, orderBy, limit }: Query): Row[] {
    const rows = table.rows.filter((row) => this.matches(table, row, where));
    const sorted = orderBy === undefined ? rows : [...rows].sort(inOrder(orderBy));
    return sorted.slice(0, limit).map((row) => this.populated(table, row, populate));
  }

  /** The row with the relations that are asked for, and without the others. */
  private populated(table: Table, row: Row, populate: Populate): Row {
    const result: Row = { ...row };
    for (const [name, target] of Object.entries(table.type.relations ?? {})) {
      const wanted = populate[name];
      if (!wanted) {
        delete result[name];
        continue;
      }
      const nested = wanted === true ? {} : (wanted.populate ?? {});
      const [related] = this.related(row[name], target);
      result[name] = related ? this.populated(this.table(target), related, nested) : null;
    }
    return result;
  }

  private related(value: unknown, target: string): Row[] {
    const ids = [value].flat();
    return this.table(target).rows.filter(({ id }) => ids.includes(id));
  }

  private matches(table: Table, row: Row, where: Where): boolean {
    return Object.entries(where).every(([key, wanted]) => {
      if (key === '$or') return (wanted as Where[]).some((each) => this.matches(table, row, each));
      if (key === '$and')
        return (wanted as Where[]).every((each) => this.matches(table, row, each));
      const target = table.type.relations?.[key];
      if (!isNested(wanted)) return compare(row[key], '=', wanted);
      if (!target) {
        return Object.entries(wanted).every(([operator, than]) => {
          const holds = OPERATORS[operator];
          if (!holds) throw new Error(`The database in memory does not know ${operator}.`);
          return holds(row[key], than);
        });
      }
      const related = this.related(row[key], target);
      // As in SQL: of a relation that leads nowhere, every attribute is null.
      const rows: Row[] = related.length > 0 ? related : [{ id: null as unknown as number }];
      return rows.some((each) => this.matches(this.table(target), each, wanted));
    });
  }
}

function inOrder(orderBy: unknown): (a: Row, b: Row) => number {
  const keys = [orderBy]
    .flat()
    .flatMap((each): Array<[string, string]> =>
      typeof each === 'string' ? [[each, 'asc']] : Object.entries(each as Record<string, string>)
    );
  return (a, b) => {
    for (const [key, direction] of keys) {
      const [left, right] = [plain(a[key]), plain(b[key])] as [number, number];
      if (left !== right) return (left < right ? -1 : 1) * (direction === 'desc' ? -1 : 1);
    }
    return 0;
  };
}

/** A statement on one table, as knex builds it; run when it is awaited. */
class Builder implements PromiseLike<unknown> {
  private readonly conditions: Predicate[] = [];
  private columns: string[] = [];
  private order: string | null = null;
  private atMost: number | undefined;
  private verb: 'select' | 'update' | 'insert' | 'delete' = 'select';
  private changes: Record<string, unknown> = {};
  private increments: Record<string, number> = {};
  private back: string[] | null = null;
  private ignoring = false;

  constructor(private readonly table: Table) {}

  select(...columns: string[]) {
    this.columns.push(...columns);
    return this;
  }
  distinct = this.select.bind(this);
  forUpdate = () => this;
  where(column: string | Record<string, unknown>, ...rest: unknown[]) {
    const pairs =
      typeof column === 'string'
        ? [[column, rest.length > 1 ? rest[0] : '=', rest.at(-1)] as const]
        : Object.entries(column).map(([key, value]) => [key, '=', value] as const);
    for (const [key, operator, value] of pairs) {
      const attribute = this.table.attributeOf(key);
      this.conditions.push((row) => compare(row[attribute], String(operator), value));
    }
    return this;
  }
  whereIn(column: string, values: readonly unknown[] | Builder) {
    return this.among(column, values, true);
  }
  whereNotIn(column: string, values: readonly unknown[] | Builder) {
    return this.among(column, values, false);
  }
  whereNull(column: string) {
    return this.where(column, null);
  }
  whereNotExists(inner: Builder) {
    this.conditions.push((row) => !inner.has({ table: this.table, row }));
    return this;
  }
  /** Compares two columns; `coalesce(…, 0)` makes a missing one 0. */
  whereRaw(sql: string) {
    const side = String.raw`(?:coalesce\(([\w.]+), 0\)|([\w.]+))`;
    const found = new RegExp(`^${side} (=|>=) ${side}$`).exec(sql);
    if (!found) throw new Error(`The database in memory does not know ${sql}.`);
    const value = (
      coalesced: string | undefined,
      bare: string | undefined,
      own: Scope,
      outer?: Scope
    ) => {
      const [column, table] = (coalesced ?? bare ?? '').split('.').reverse() as [string, string?];
      const scope = table && outer?.table.type.table === table ? outer : own;
      return scope.row[scope.table.attributeOf(column)] ?? (coalesced ? 0 : null);
    };
    this.conditions.push((row, outer) => {
      const own = { table: this.table, row };
      const [left, right] = [
        value(found[1], found[2], own, outer),
        value(found[4], found[5], own, outer),
      ];
      // NULL equals nothing, not even NULL.
      return left !== null && right !== null && compare(left, String(found[3]), right);
    });
    return this;
  }
  orderBy(column: string) {
    this.order = this.table.attributeOf(column);
    return this;
  }
  limit(count: number) {
    this.atMost = count;
    return this;
  }
  increment(column: string, by: number) {
    this.verb = 'update';
    this.increments[this.table.attributeOf(column)] = by;
    return this;
  }
  update(to: Record<string, unknown>) {
    this.verb = 'update';
    for (const [column, value] of Object.entries(to)) {
      this.changes[this.table.attributeOf(column)] = value;
    }
    return this;
  }
  insert(row: Record<string, unknown>) {
    this.update(row);
    this.verb = 'insert';
    return this;
  }
  delete() {
    this.verb = 'delete';
    return this;
  }
  onConflict() {
    return this;
  }
  ignore() {
    this.ignoring = true;
    return this;
  }
  returning(...columns: string[]) {
    this.back = columns;
    return this;
  }

  then<A, B>(
    done?: ((value: unknown) => A | PromiseLike<A>) | null,
    failed?: ((reason: unknown) => B | PromiseLike<B>) | null
  ): Promise<A | B> {
    return new Promise((resolve) => resolve(this.run())).then(done, failed);
  }

  private among(column: string, values: readonly unknown[] | Builder, wanted: boolean) {
    const attribute = this.table.attributeOf(column);
    let list: readonly unknown[] | null = null;
    this.conditions.push((row) => {
      list ??= values instanceof Builder ? values.values() : values;
      return list.some((each) => compare(row[attribute], '=', each)) === wanted;
    });
    return this;
  }

  private values(): unknown[] {
    const rows = this.run() as Row[];
    return rows.map((row) => row[this.columns[0] ?? 'id']);
  }

  private has(outer: Scope): boolean {
    return this.table.rows.some((row) => this.holds(row, outer));
  }

  private holds(row: Row, outer?: Scope): boolean {
    return this.conditions.every((condition) => condition(row, outer));
  }

  private shown = (rows: readonly Row[], columns: readonly string[]) =>
    rows.map((row) =>
      Object.fromEntries(columns.map((name) => [name, row[this.table.attributeOf(name)]]))
    );

  private run(): unknown {
    const { table, back } = this;
    if (this.verb === 'insert') {
      const row = table.insert(this.changes);
      if (!row && !this.ignoring) throw new Error(`Not unique in ${table.type.table}.`);
      return this.shown(row ? [row] : [], back ?? ['id']);
    }
    if (this.verb === 'update') {
      const changed = table.change(
        (row) => this.holds(row),
        (row) => ({
          ...this.changes,
          ...Object.fromEntries(
            Object.entries(this.increments).map(([name, by]) => [name, Number(row[name]) + by])
          ),
        })
      );
      return back ? this.shown(changed, back) : changed.length;
    }
    const found = table.rows.filter((row) => this.holds(row));
    if (this.verb === 'delete') {
      table.rows = table.rows.filter((row) => !found.includes(row));
      return found.length;
    }
    const sorted = this.order === null ? found : [...found].sort(inOrder(this.order));
    return this.shown(sorted.slice(0, this.atMost), this.columns);
  }
}

/** A row of each table, by the names that the statement gives them. */
type JoinedRow = Record<string, Scope>;

/** A query over several tables, each with a name of its own; `select` stands last and runs it. */
class Joined {
  private rows: JoinedRow[];

  constructor(
    name: string,
    private readonly tableOf: (name: string) => Table
  ) {
    this.rows = this.named(name);
  }

  join(name: string, left: string, right: string) {
    const more = this.named(name);
    this.rows = this.rows
      .flatMap((row) => more.map((scope): JoinedRow => ({ ...row, ...scope })))
      .filter((row) => {
        const value = this.value(row, left);
        return value !== null && compare(value, '=', this.value(row, right));
      });
    return this;
  }
  where(column: string | Record<string, unknown>, operator = '=', than?: unknown) {
    const pairs = typeof column === 'string' ? [[column, than] as const] : Object.entries(column);
    for (const [name, value] of pairs) {
      this.rows = this.rows.filter((row) => compare(this.value(row, name), operator, value));
    }
    return this;
  }
  whereIn(column: string, values: readonly unknown[]) {
    this.rows = this.rows.filter((row) =>
      values.some((each) => compare(this.value(row, column), '=', each))
    );
    return this;
  }
  select(columns: Record<string, string>) {
    const shown = this.rows.map((row) =>
      Object.fromEntries(
        Object.entries(columns).map(([name, column]) => [name, this.value(row, column)])
      )
    );
    return Promise.resolve(shown);
  }
  private named(name: string): JoinedRow[] {
    const [table, alias] = name.split(' as ') as [string, string];
    const found = this.tableOf(table);
    return found.rows.map((row) => ({ [alias]: { table: found, row } }));
  }

  private value(joined: JoinedRow, column: string): unknown {
    const [alias, name] = column.split('.') as [string, string];
    const scope = joined[alias];
    if (!scope) throw new Error(`The database in memory does not know ${column}.`);
    return scope.row[scope.table.attributeOf(name)] ?? null;
  }
}
