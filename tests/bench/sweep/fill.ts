import { randomBytes } from 'node:crypto';
import type { Core } from '@strapi/strapi';
import { below, type Random } from '../random';

const BATCH = 400;
const DAY_MS = 86_400_000;
/** Over so many days creations and contacts are spread. */
const DAYS = 1500;
const CUSTOMERS = 'governance_customers';
const CONSENTS = 'governance_consents';
/** Every second customer has a consent, every tenth of these one that was withdrawn or ran out. */
const CONSENT_SHARE = 2;
const OVER_SHARE = 10;

interface Relations {
  plan: number;
  purposes: number[];
}

/** Writes customers and consents past the vault: of what is sealed the nightly sweep reads nothing. */
export async function fillCustomers(
  strapi: Core.Strapi,
  random: Random,
  { plan, purposes }: Relations,
  count: number,
  progress: (done: number) => void
): Promise<void> {
  const { connection } = strapi.db;
  const postgres = strapi.db.dialect.client === 'postgres';
  const now = Date.now();
  const instant = (time: number) => (postgres ? new Date(time) : time);
  const day = (time: number) => new Date(time).toISOString().slice(0, 10);
  const ago = () => now - below(random, DAYS) * DAY_MS;
  for (let done = 0; done < count;) {
    const size = Math.min(BATCH, count - done);
    const customers = Array.from({ length: size }, () => {
      const created = ago();
      return {
        document_id: randomBytes(12).toString('hex'),
        name: '王**',
        kind: 'person',
        stage: 'active',
        key_customer: below(random, 10) === 0,
        in_dispute: false,
        last_contact_on: below(random, 3) === 0 ? null : day(ago()),
        relation_ended_on: below(random, 8) === 0 ? day(ago()) : null,
        plan_id: below(random, 2) === 0 ? plan : null,
        created_at: instant(created),
        updated_at: instant(created),
        published_at: instant(created),
      };
    });
    const ids = (
      (await connection(CUSTOMERS).insert(customers).returning('id')) as Array<{
        id: number;
      }>
    ).map(({ id }) => id);
    const consents = ids
      .filter((id) => id % CONSENT_SHARE === 0)
      .map((id) => {
        const over = below(random, OVER_SHARE);
        return {
          document_id: randomBytes(12).toString('hex'),
          customer_id: id,
          purpose_id: purposes[below(random, purposes.length)],
          scope: 'general',
          state: over === 0 ? 'withdrawn' : 'given',
          withdrawn_at: over === 0 ? instant(ago()) : null,
          expires_at: over === 1 ? instant(ago()) : null,
        };
      });
    if (consents.length > 0) await connection(CONSENTS).insert(consents);
    done += size;
    progress(done);
  }
}
