import type { Core } from '@strapi/strapi';
import { below, pick, type Random } from '../random';
import { ENTRIES, isPostgres } from './log';

const BATCH = 400;
const DAY_MS = 86_400_000;
/** Over so many days the entries of a full log are spread. */
const DAYS = 365;

export const ACTIONS = ['record.view', 'record.reveal', 'record.lookup', 'record.update'];
export const ACTORS = Array.from({ length: 100 }, (_, at) => String(at + 1));
export const PURPOSES = ['customer-service', 'contract-performance', 'marketing'];

const idOf = (kind: string, number: number) =>
  kind + String(number).padStart(24 - kind.length, '0');
/** Half of the entries name one of these, the others any of very many. */
export const RECORDS = Array.from({ length: 80 }, (_, at) => idOf('c', at));
const ANY_RECORD = 1_000_000;

/** Writes entries into the table until it holds so many, at even distances in time up to now. */
export async function fillEntries(
  strapi: Core.Strapi,
  random: Random,
  count: number,
  progress: (done: number) => void
): Promise<void> {
  const { connection } = strapi.db;
  const present = async () => Number((await connection(ENTRIES).count({ n: '*' }))[0]?.n);
  let done = await present();
  const start = Date.now();
  const moment = (at: number) => {
    const date = new Date(start + Math.floor((at / 1_000_000) * DAYS * DAY_MS));
    return isPostgres(strapi) ? date : date.getTime();
  };
  while (done < count) {
    const size = Math.min(BATCH, count - done);
    const rows = Array.from({ length: size }, (_, index) => {
      const at = moment(done + index);
      const record =
        below(random, 2) === 0 ? pick(random, RECORDS) : idOf('d', below(random, ANY_RECORD));
      return {
        document_id: idOf('e', done + index),
        at,
        created_at: at,
        updated_at: at,
        published_at: at,
        actor_kind: 'admin',
        actor_id: pick(random, ACTORS),
        action: pick(random, ACTIONS),
        outcome: 'done',
        record_type: 'plugin::customer-governance.customer',
        record_ids: JSON.stringify([record]),
        attributes: '["name","mobile"]',
        purpose: pick(random, PURPOSES),
        basis: 'standing',
        channel: 'panel',
        address: '203.0.113.0/24',
        correlation_id: '9b1deb4d-3b7d-4bad-9bdd-2b0d7b3dcb6d',
        details: '{}',
      };
    });
    await connection(ENTRIES).insert(rows);
    done += size;
    progress(done);
  }
}
