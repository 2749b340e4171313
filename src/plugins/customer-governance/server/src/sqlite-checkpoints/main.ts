import { parentPort, workerData } from 'node:worker_threads';

/** What is used of better-sqlite3. */
interface Driver {
  default: new (
    filename: string,
    options: { fileMustExist: boolean }
  ) => { pragma(text: string): unknown };
}

/** The driver that the application has for SQLite, as knex takes it: the plugin brings none. */
const DRIVER: string = 'better-sqlite3';

async function begin(filename: string): Promise<void> {
  const { default: Database } = (await import(DRIVER)) as Driver;
  const database = new Database(filename, { fileMustExist: true });
  // As the application has it: the write-ahead log reaches the disk before anything of it stands in the database file.
  database.pragma('synchronous = NORMAL');
  parentPort?.on('message', () => {
    database.pragma('wal_checkpoint(PASSIVE)');
    parentPort?.postMessage('done');
  });
}

begin(workerData as string).catch((error: unknown) => {
  // Whoever began the thread is told, and goes on without it.
  setImmediate(() => {
    throw error;
  });
});
