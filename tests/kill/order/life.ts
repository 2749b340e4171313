// One life of an application that carries orders out, in a process of its own: run by kill.ts, which kills it. It says on
// standard output what it found once it had started, a dot for each statement, and what it found at the end; it stops when its
// standard input ends.
import { readFileSync, writeFileSync, writeSync } from 'node:fs';
import { bootApp, type BootedApp } from '../../support/app';
import type { Home } from '../../support/home';
import type { Retention } from '../../support/retention';
import { look } from './look';
import type { Model } from './model';
import { prepareOrders } from './prepare';

export interface LifeOptions {
  home: Omit<Home, 'remove'>;
  /** The file of the model: written where orders are prepared, read in the lives after that. */
  model: string;
  /** Prepares so many orders instead of carrying them out. */
  prepare?: number;
  /** The moment that leases are held against, past those of the lives before. */
  now: string;
}

const say = (what: object) => writeSync(1, `${JSON.stringify(what)}\n`);

async function main() {
  const { home, model: file, prepare, now } = JSON.parse(process.env.LIFE ?? '{}') as LifeOptions;
  const app = await bootApp({
    home: { ...home, remove: async () => undefined },
    policy: { audit: { sequence: { seconds: 1, rows: 10 } } },
    logLevel: 'error',
  });
  process.stdin.resume().once('end', () => {
    void app.close().finally(() => process.exit());
  });
  if (prepare) {
    writeFileSync(file, JSON.stringify(await prepareOrders(app, prepare)));
    say({ prepared: true });
    return;
  }
  const model = JSON.parse(readFileSync(file, 'utf8')) as Model;
  say({ problems: await look(app, model) });
  tellStatements(app);
  const retention = app.strapi
    .plugin('customer-governance')
    .service('retention') as never as Retention;
  await retention.running.takeUp(new Date(now));
  say({ ended: true, problems: await look(app, model) });
}

/** A dot for each statement on the data, and one before and after each call of the key store. */
function tellStatements({ strapi }: BootedApp) {
  const dot = () => void writeSync(1, '.\n');
  strapi.db.connection.on('query', dot);
  const store = (
    strapi.plugin('customer-governance').service('vault') as unknown as {
      keyStore(): Record<string, unknown>;
    }
  ).keyStore();
  for (const [name, call] of Object.entries(store)) {
    if (typeof call !== 'function') continue;
    store[name] = (...args: unknown[]) => {
      dot();
      const answer = (call as (...args: unknown[]) => unknown)(...args);
      if (answer instanceof Promise) void answer.then(dot, dot);
      return answer;
    };
  }
}

main().catch((error: unknown) => {
  console.error(error);
  process.exit(1);
});
