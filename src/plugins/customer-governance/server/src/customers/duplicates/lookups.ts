import type { Core } from '@strapi/strapi';
import { errors } from '@strapi/utils';
import { createHash } from 'node:crypto';
import { auditOf } from '../../audit/audit';
import { tablesOf } from '../../database';
import { actorOf } from '../../organisation/actor';
import { CUSTOMER } from '../../policy/attribute-path';
import { policyOf } from '../../policy';
import type { Claim } from '../../vault/identities';
import { ASKED_TABLE } from './models';

const HOUR_MS = 60 * 60 * 1000;

/** What a look-up came to. */
interface Answered {
  claims: readonly Claim[];
  attributes: readonly string[];
  /** documentIds of the files that were told of. */
  found: readonly string[];
  near: number;
}

/** Who looks for whom is counted and written down: whoever asks long enough would know all customers of the company. */
export function createLookups(strapi: Core.Strapi, now: () => Date = () => new Date()) {
  /** The asker, where the asker is somebody whom the limit is for. */
  const asker = (): string | null => {
    const actor = actorOf(strapi).identity();
    return actor === null || actor.kind === 'system' ? null : `${actor.kind}:${actor.id}`;
  };

  const since = () => now().getTime() - HOUR_MS;

  /** Writes down whom the asker asked for. @returns whether that was not asked within the hour. */
  const count = async (claims: readonly Claim[]): Promise<boolean> => {
    const actor = asker();
    if (actor === null) return true;
    const digest = createHash('sha256')
      .update(
        claims
          .map((claim) => claim.digest)
          .sort()
          .join('\n')
      )
      .digest('hex');
    const table = await tablesOf(strapi);
    await table(ASKED_TABLE).where('at', '<', since()).delete();
    const written = await table(ASKED_TABLE)
      .insert({ actor, digest, at: now().getTime() })
      .onConflict(['actor', 'digest'])
      .ignore()
      .returning('id');
    return written.length > 0;
  };

  return {
    /** @throws RateLimitError when the asker has asked for too many within the hour, whatever the answer would be. */
    async assertWithinLimit(): Promise<void> {
      const actor = asker();
      const { lookupsPerHour } = policyOf(strapi).get().duplicates;
      if (actor === null || lookupsPerHour === 0) return;
      const [row] = (await (
        await tablesOf(strapi)
      )(ASKED_TABLE)
        .where({ actor })
        .andWhere('at', '>=', since())
        .count({ count: '*' })) as Array<{ count: number | string }>;
      if (Number(row?.count) < lookupsPerHour) return;
      throw new errors.RateLimitError(
        `You have looked for ${lookupsPerHour} customers within the hour, which is as many as the policy allows. ` +
          'Go on later, or ask your superior.'
      );
    },

    /** Counts a look-up that was answered, and writes it in the log unless it is one of within the hour again. */
    async answered({ claims, attributes, found, near }: Answered): Promise<void> {
      if (!(await count(claims))) return;
      await auditOf(strapi).append({
        action: 'duplicate.lookup',
        recordType: CUSTOMER,
        recordIds: found,
        attributes,
        details: { found: found.length - near, near },
      });
    },

    /** The same of an entry that was refused for it. */
    async refused({ claims, attributes, found }: Omit<Answered, 'near'>): Promise<void> {
      await count(claims);
      await auditOf(strapi).refused({
        action: 'duplicate.lookup',
        recordType: CUSTOMER,
        recordIds: found,
        attributes,
        details: { found: found.length, near: 0 },
      });
    },
  };
}
