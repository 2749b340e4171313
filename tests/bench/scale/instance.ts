// One of the two applications that access at scale is measured on, in a process and on a database of its own: run by scale.ts.
import { bootApp } from '../../support/app';
import { createHome, type DatabaseKind } from '../../support/home';
import { createCast } from '../cast';
import { fill } from '../fill';
import { createClient, type Call } from '../load';
import { createRandom } from '../random';
import { addPlainType, API_PATHS, UIDS } from '../types';
import { fillApprovals, type Crowd } from './crowd';
import { createPeople } from './people';

export interface Order {
  database: DatabaseKind;
  rows: number;
  seed: number;
  crowd: Crowd;
}

export interface Ready {
  url: string;
  calls: Record<string, Call>;
}

const PANEL = '/customer-governance';
const PAGE_SIZE = 25;

async function start({ database, rows, seed, crowd }: Order) {
  const home = await createHome(database);
  const app = await bootApp({ home, logLevel: 'error', configure: addPlainType });
  const { strapi } = app;
  const random = createRandom(seed);
  const cast = await createCast(strapi);
  await fill(strapi, cast, random, rows, () => undefined);
  const client = createClient(app.url, 1);
  const people = await createPeople(strapi, client);
  const { revealing } = await cast.signIn(client);
  const records: string[] = (
    await strapi.db
      .query(UIDS.governed)
      .findMany({ select: ['documentId'], orderBy: { id: 'desc' } })
  ).map(({ documentId }: { documentId: string }) => documentId);
  const measured = records.slice(0, PAGE_SIZE);
  const named = { ...people, purpose: cast.purpose, measured, records };
  await fillApprovals(strapi, random, named, crowd);
  const json = { 'content-type': 'application/json' };
  const calls: Record<string, Call> = {
    list_masked: {
      method: 'GET',
      path: `${API_PATHS.governed}?sort=id:desc&pagination[pageSize]=${PAGE_SIZE}`,
      headers: cast.token,
    },
    list_revealed: {
      method: 'GET',
      path: `/content-manager/collection-types/${UIDS.governed}?sort=id:DESC&pageSize=${PAGE_SIZE}`,
      headers: revealing,
    },
    reveal: {
      method: 'POST',
      path: `${PANEL}/reveal`,
      headers: { ...people.headers.asker, ...json },
      body: JSON.stringify({
        type: UIDS.governed,
        documentIds: measured,
        attributes: ['email'],
        purpose: 'customer-service',
      }),
    },
    inbox: {
      method: 'GET',
      path: `${PANEL}/approvals?limit=${PAGE_SIZE}`,
      headers: people.headers.approver,
    },
  };
  return {
    ready: { url: app.url, calls } satisfies Ready,
    async stop() {
      client.close();
      await app.close();
      await home.remove();
    },
  };
}

let running: ReturnType<typeof start> | undefined;

process.on('message', (message: Order | 'processor') => {
  if (message === 'processor') {
    const { user, system } = process.cpuUsage();
    process.send?.({ processor: user + system });
    return;
  }
  running = start(message);
  running.then(
    ({ ready }) => process.send?.(ready),
    (error: unknown) => {
      console.error(String(error instanceof Error ? error.stack : error).slice(0, 2000));
      process.exit(1);
    }
  );
});
process.on('disconnect', () => {
  void running?.then(({ stop }) => stop()).finally(() => process.exit());
});
