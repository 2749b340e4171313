import type { Core } from '@strapi/strapi';
import { notificationsOf } from '../../notifications/notifications';
import { organisationOf } from '../../organisation/organisation';
import { policyOf } from '../../policy';
import { heldRecords } from '../holds/hold-coverage';
import { CUSTOMER } from '../uids';
import type { AttributeDues } from './attribute-dues';
import type { DueDates } from './due-dates';
import type { DueList } from './due-list';

const DAY_MS = 24 * 60 * 60 * 1000;
/** The kind of notifications about what is kept too long. */
export const DUE_KIND = 'due';

/** How many customers wait for their destruction for longer than the policy allows; held ones are kept rightly. */
export interface Overdue {
  customers: number;
  /** Customers who stay, with attributes that should be gone. */
  attributes: number;
}

interface Parts {
  dueDates: DueDates;
  dueList: DueList;
  attributeDues: AttributeDues;
}

/** Sees that what is due is not left lying [END-2]. */
export function createOverdue(strapi: Core.Strapi, { dueDates, dueList, attributeDues }: Parts) {
  const policy = () => policyOf(strapi).get().retention;
  /** A day more than may be waited: on the last day of them it is in time yet. */
  const since = (now: Date) => new Date(now.getTime() - (policy().destroyWithinDays + 1) * DAY_MS);

  const count = (now: Date): Promise<number> => dueList.countUnheld(dueDates.dayAt(since(now)));

  const countAttributes = async (now: Date): Promise<number> => {
    let found = 0;
    for await (const page of attributeDues.pages(since(now))) {
      const ids = page
        .filter(({ attributes }) => attributes.length > 0)
        .map(({ documentId }) => documentId);
      found += ids.length - (await heldRecords(strapi, CUSTOMER, ids)).size;
    }
    return found;
  };

  return {
    /** Whole customers alone: whose attributes are overdue takes a pass over many. */
    count,

    /** Tells the information department once a day, as long as anything is overdue. @returns what is. */
    async tell(now: Date): Promise<Overdue> {
      const overdue = { customers: await count(now), attributes: await countAttributes(now) };
      const today = dueDates.dayAt(now);
      if (overdue.customers + overdue.attributes === 0) return overdue;
      if (await notificationsOf(strapi).wasAnnounced('destruction-overdue', today)) return overdue;
      strapi.log.warn(
        `ALERT: ${overdue.customers} customers, and attributes of ${overdue.attributes} more, are due for longer than the ` +
          `${policy().destroyWithinDays} days of the policy (retention.destroyWithinDays) and not destroyed.`
      );
      const people = await organisationOf(strapi).inFunction('information');
      await notificationsOf(strapi).announce(
        'destruction-overdue',
        { kind: DUE_KIND, requestId: today, recipients: people.map(({ id }) => id) },
        now
      );
      return overdue;
    },
  };
}

export type OverdueWatch = ReturnType<typeof createOverdue>;
