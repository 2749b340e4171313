import { existsSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect } from '@playwright/test';
import { knex, type Knex } from 'knex';

/** Where the application under test keeps its data. */
export function dataFolder(): string {
  const dir = process.env.E2E_DIR;
  if (!dir)
    throw new Error('E2E_DIR does not say where the application under test keeps its data.');
  return dir;
}

/** Does in the running application's database what no person in the panel could: let time pass, try to forge. */
export async function behindTheScenes<T>(work: (database: Knex) => PromiseLike<T>): Promise<T> {
  const database = knex({
    client: 'better-sqlite3',
    connection: { filename: path.join(dataFolder(), 'demo/data.db') },
    useNullAsDefault: true,
  });
  try {
    return await work(database);
  } finally {
    await database.destroy();
  }
}

/** Lets the terms of all grants over a record be over, as waiting for it would. @returns how many. */
export const endGrantsOver = (documentId: string): Promise<number> =>
  behindTheScenes((database) =>
    database('governance_access_grants')
      .whereIn(
        'id',
        database('governance_grant_records').select('grant_id').where({ document_id: documentId })
      )
      .update({ ends_at: Date.now() - 1000 })
  );

/** Lets the absences that are entered for later have begun, as waiting for it would. @returns what puts them back. */
export async function letAbsencesBegin(): Promise<() => Promise<void>> {
  const planned = await behindTheScenes((database) =>
    database('governance_absences').select('id', 'starts_at').where('starts_at', '>', Date.now())
  );
  const set = (id: number, startsAt: number) =>
    behindTheScenes((database) =>
      database('governance_absences').where({ id }).update({ starts_at: startsAt })
    );
  for (const { id } of planned) await set(id, Date.now() - 1000);
  return async () => {
    for (const { id, starts_at: startsAt } of planned) await set(id, startsAt);
  };
}

/** Lets the open steps of the role be late, and the job for it come by, as waiting would. */
export async function escalateLateSteps(role: string): Promise<void> {
  await behindTheScenes((database) =>
    database('governance_approval_steps')
      .where({ state: 'pending', role })
      .update({ due_at: Date.now() - 1000 })
  );
  await runJob('approval-deadlines');
}

/** Runs a job of the application, as the clock would. */
export async function runJob(name: string): Promise<void> {
  const job = path.join(dataFolder(), 'jobs', name);
  writeFileSync(job, '');
  await expect.poll(() => existsSync(job)).toBe(false);
}

/** Lets all backups and drills be older, as the passing of time would. */
export const agePastBackups = (days: number): Promise<number> =>
  behindTheScenes((database) =>
    database('governance_backup_runs').decrement('started_at', days * 24 * 60 * 60 * 1000)
  );
