import type { Core } from '@strapi/strapi';
import type { Domain } from '../domain';
import { watchCalls } from './calls';
import { logChanges } from './changes';
import { logMoves } from './moves';
import { createRun, type Run } from './runs';
import { createThrottle, type Throttle } from './throttle';
import { refuseTransfers } from './transfers';

const FLUSH_MS = 60_000;

interface Watch {
  throttle: Throttle;
  run?: Run;
  timer?: NodeJS.Timeout;
}
// Kept by application, not by module: tests start several in one process.
const watches = new WeakMap<Core.Strapi, Watch>();

/**
 * What the log must know that no chapter of the policy brings about: who signs in, what is refused, what changes in Strapi's
 * own tables, when the application starts and stops.
 */
export const activity: Domain = {
  name: 'activity',

  register({ strapi }) {
    const throttle = createThrottle();
    watches.set(strapi, { throttle });
    strapi.server.use(watchCalls(strapi, throttle) as never);
    refuseTransfers(strapi);
    logMoves(strapi);
  },

  async bootstrap({ strapi }) {
    countLanguagesApart(strapi);
    logChanges(strapi);
    const watch = watches.get(strapi) as Watch;
    watch.run = createRun(strapi);
    await watch.run.start();
    watch.timer = setInterval(() => {
      watch.throttle.flush().catch(() => {
        strapi.log.error(
          'Refused attempts that were counted could not be written to the audit log.'
        );
      });
    }, FLUSH_MS).unref();
  },

  async destroy({ strapi }) {
    const watch = watches.get(strapi);
    clearInterval(watch?.timer);
    if (!watch?.run) return;
    await watch.throttle.flush(true);
    await watch.run.stop();
  },
};

/**
 * After an account has changed, Strapi counts the languages of the panel for its makers, and does not always wait for it.
 * Within the transaction that the change and its entry share, that query would come when the transaction is over, and fail
 * with nobody to hear it; outside of it, SQLite's one connection would be waited for that the change still holds. So
 * nothing is counted within a transaction.
 */
function countLanguagesApart(strapi: Core.Strapi): void {
  const users = strapi.service('admin::user') as unknown as {
    getLanguagesInUse(): Promise<string[]>;
  };
  const count = users.getLanguagesInUse.bind(users);
  users.getLanguagesInUse = async () => (strapi.db.inTransaction() ? [] : count());
}
