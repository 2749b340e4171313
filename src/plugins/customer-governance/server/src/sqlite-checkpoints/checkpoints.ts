import path from 'node:path';
import { Worker } from 'node:worker_threads';
import type { Core } from '@strapi/strapi';
import { connectionOf, isPostgres } from '../database';
import type { DatabaseSettings } from '../database-place';
import { PLUGIN } from '../domain';

/** Commits before the thread is begun: whoever writes little does not need it. */
const COMMITS_WITHOUT = 4;
/**
 * Pages that the write-ahead log may have before a commit does by itself what the thread has left of it, and the log begins
 * anew: 64 MB.
 */
const PAGES_OF_LOG = 16_384;

export interface Checkpoints {
  /** A transaction was committed. */
  committed(): Promise<void>;
  end(): Promise<void>;
}

/** Of those at work, how many there are, and what a commit did by itself before the first of them. */
interface Shared {
  users: number;
  pagesBefore: number;
}

const shared = new WeakMap<Core.Strapi, Shared>();

/**
 * Has SQLite's write-ahead log brought into the database by a thread while much is written, again and again and as soon as
 * after each commit without it. Else commits do it every few megabytes, and nothing else is done until the disk has answered.
 * PostgreSQL does it by itself, and where there can be no thread commits go on as before.
 */
export function createCheckpoints(strapi: Core.Strapi): Checkpoints {
  let commits = 0;
  let thread: Worker | null = null;
  let atWork = false;

  const pages = async (count?: number): Promise<number> => {
    const assigned = count === undefined ? '' : ` = ${count}`;
    const [row] = (await (
      await connectionOf(strapi)
    ).raw(`PRAGMA wal_autocheckpoint${assigned}`)) as Array<{ wal_autocheckpoint: number }>;
    return row?.wal_autocheckpoint ?? 0;
  };

  const begin = async (): Promise<void> => {
    const { filename } = strapi.config.get<DatabaseSettings>('database.connection').connection;
    if (filename === undefined) return;
    const others = shared.get(strapi);
    if (others) others.users += 1;
    else {
      const first: Shared = { users: 1, pagesBefore: 0 };
      shared.set(strapi, first);
      first.pagesBefore = await pages();
    }
    await pages(PAGES_OF_LOG);
    thread = new Worker(fileOf(strapi), { workerData: filename });
    thread.unref();
    thread.on('message', () => (atWork = false));
    thread.on('error', ({ name }) => {
      strapi.log.warn(
        `The thread that writes SQLite's checkpoints ended (${name}). Imports go on without it, and slower.`
      );
      release().catch(() => undefined);
    });
  };

  /** What a commit does by itself is as it was, once nobody has a thread. */
  const release = async (): Promise<Worker | null> => {
    const ended = thread;
    thread = null;
    const users = shared.get(strapi);
    if (!ended || !users) return ended;
    users.users -= 1;
    if (users.users > 0) return ended;
    shared.delete(strapi);
    await pages(users.pagesBefore);
    return ended;
  };

  return {
    async committed() {
      if (isPostgres(strapi)) return;
      commits += 1;
      if (commits === COMMITS_WITHOUT) await begin();
      if (!thread || atWork) return;
      atWork = true;
      thread.postMessage('next');
    },

    async end() {
      await (await release())?.terminate();
    },
  };
}

/** The build puts it beside the plugin's own code. */
function fileOf(strapi: Core.Strapi): string {
  const plugins = strapi.config.get('enabledPlugins') as Record<string, { pathToPlugin: string }>;
  return path.join(plugins[PLUGIN].pathToPlugin, 'dist/sqlite-checkpoints/main.mjs');
}
