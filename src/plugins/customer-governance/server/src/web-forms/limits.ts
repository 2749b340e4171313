import { createHmac } from 'node:crypto';
import type { Core } from '@strapi/strapi';
import { tablesOf } from '../database';
import { policyOf } from '../policy';
import { vaultOf } from '../vault/vault';
import { HITS } from './models';
import { Refused } from './refused';

const USE = 'customer-governance/web-form-addresses';
const MINUTE_MS = 60_000;
const GROUPS = 8;
/** Of an IPv6 address: what one customer of a provider has, however many addresses of it they take. */
const NETWORK_GROUPS = 4;

/** The part of a network address that one client keeps. */
export function networkOf(address: string): string {
  const plain = address.toLowerCase().replace(/^::ffff:(?=\d+\.)/, '');
  if (!plain.includes(':')) return plain;
  const [head = '', tail] = plain.split('::');
  const left = head.split(':').filter(Boolean);
  const right = (tail ?? '').split(':').filter(Boolean);
  const gap = tail === undefined ? 0 : Math.max(0, GROUPS - left.length - right.length);
  return [...left, ...Array<string>(gap).fill('0'), ...right]
    .slice(0, NETWORK_GROUPS)
    .map((group) => group.replace(/^0+(?=.)/, ''))
    .join(':');
}

/** Counts who calls a form how often, in the database, so that all instances count together [COL-4]. */
export function createLimits(strapi: Core.Strapi) {
  /** Adds one to a count. @returns how many there are by now. */
  const count = async (bucket: string, since: number): Promise<number> => {
    const hits = strapi.db.connection.raw('?? + 1', [`${HITS}.hits`]);
    const [row] = (await (
      await tablesOf(strapi)
    )(HITS)
      .insert({ bucket, since, hits: 1 })
      .onConflict(['bucket', 'since'])
      .merge({ hits })
      .returning('hits')) as Array<{ hits: number }>;
    return Number(row?.hits);
  };

  /** Who it is by a digest that changes with each span: no two of them can be laid side by side. */
  const clientOf = (address: string, since: number): string =>
    createHmac('sha256', vaultOf(strapi).keyring().ownKey(USE))
      .update(`${since}\n${networkOf(address)}`)
      .digest('base64url');

  return {
    /**
     * Counts a call. @param form the id of its row.
     * @throws Refused with the seconds after which the client may go on.
     */
    async note(
      what: 'fetch' | 'entry',
      form: number,
      address: string | undefined,
      now: Date
    ): Promise<void> {
      const { windowMinutes, fetchesPerAddress, entriesPerAddress, entriesPerForm } =
        policyOf(strapi).get().webForms;
      const span = windowMinutes * MINUTE_MS;
      const since = Math.floor(now.getTime() / span) * span;
      const assertWithin = async (bucket: string, limit: number) => {
        if ((await count(bucket, since)) <= limit) return;
        const retryAfter = Math.ceil((since + span - now.getTime()) / 1000);
        throw new Refused(
          429,
          'RateLimitError',
          `Too many calls. Try again in ${Math.ceil(retryAfter / 60)} minutes.`,
          retryAfter
        );
      };
      const client = clientOf(address ?? 'unknown', since);
      await assertWithin(
        `${what}:${client}`,
        what === 'fetch' ? fetchesPerAddress : entriesPerAddress
      );
      if (what === 'entry') await assertWithin(`form:${form}`, entriesPerForm);
    },
  };
}

export type Limits = ReturnType<typeof createLimits>;
