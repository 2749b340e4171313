import knex from 'knex';
import { insertNatively } from './bulk-insert';

describe('inserting many rows into SQLite', () => {
  const database = knex({
    client: 'better-sqlite3',
    connection: { filename: ':memory:' },
    useNullAsDefault: true,
  });
  const target = { schema: undefined, table: 'things', columns: ['name', 'is_new'] };
  const rows = (count: number, from = 0) =>
    Array.from({ length: count }, (_x, at) => [`n${from + at}`, at % 2 === 0]);

  beforeEach(async () => {
    await database.schema.dropTableIfExists('things');
    await database.schema.createTable('things', (table) => {
      table.increments();
      table.string('name').unique();
      table.boolean('is_new');
    });
  });
  afterAll(() => database.destroy());

  it.each([0, 1, 7, 8, 64, 65, 137, 500])(
    'writes all of %i, and tells their ids',
    async (count) => {
      await insertNatively(database, target, rows(3, 10_000));
      const { ids } = await insertNatively(database, target, rows(count), { ids: true });
      const written = await database('things').where('id', '>', 3).orderBy('id');
      expect(ids).toEqual(written.map(({ id }) => id));
      expect(written.map(({ name, is_new: isNew }) => [name, isNew === 1])).toEqual(rows(count));
    }
  );

  it('leaves out those that are there already, and counts the others', async () => {
    await insertNatively(database, target, rows(100));
    const { count } = await insertNatively(database, target, rows(200), { unlessThere: ['name'] });
    expect(count).toBe(100);
  });

  it('writes all or none', async () => {
    await insertNatively(database, target, rows(1, 150));
    const insertion = insertNatively(database, target, rows(200));
    expect(await insertion.catch(({ code }) => code)).toBe('SQLITE_CONSTRAINT_UNIQUE');
    expect(await database('things').count({ n: '*' })).toEqual([{ n: 1 }]);
  });
});
