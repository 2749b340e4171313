import type { Core } from '@strapi/strapi';
import { errors } from '@strapi/utils';
import { organisationOf, type StaffRef } from '../organisation/organisation';
import { policyOf } from '../policy';
import type { DueDates } from './due-dates';
import type { DueList } from './due-list';
import { MAX_CUSTOMERS, type Orders } from './orders';

const DAY_MS = 24 * 60 * 60 * 1000;
const REASON = 'The retention period is over (proposed by the nightly job).';

/** What is due is found and proposed by itself [END-2]. */
export function createNightly(
  strapi: Core.Strapi,
  { dueDates, dueList, orders }: { dueDates: DueDates; dueList: DueList; orders: Orders }
) {
  /**
   * From whom the approvers of a nightly proposal are reckoned: the head of the information department, whose task
   * proposing is; else another of that department. They did not propose it, so they may carry it out.
   */
  const requester = async (): Promise<StaffRef | null> => {
    const people = await organisationOf(strapi).inFunction('information');
    return people.find(({ level }) => level === 'head') ?? people[0] ?? null;
  };

  return {
    /** Proposes whoever is due and not yet proposed. @returns the documentIds of the orders. */
    async propose(now: Date): Promise<string[]> {
      const made: string[] = [];
      const rejectedSince = new Date(
        now.getTime() - policyOf(strapi).get().retention.destroyWithinDays * DAY_MS
      );
      for (;;) {
        const customers = await dueList.proposable(
          dueDates.dayAt(now),
          rejectedSince,
          MAX_CUSTOMERS
        );
        if (customers.length === 0) return made;
        const person = await requester();
        if (!person) {
          strapi.log.warn(
            'Customers are due for destruction, but no active staff profile is in a department of the function "information", so none were proposed.'
          );
          return made;
        }
        try {
          made.push(await orders.propose({ customers, reason: REASON }, null, person, now));
        } catch (error) {
          // A hold or another proposal may have come in between; the next night sees to the rest.
          if (!(error instanceof errors.ApplicationError)) throw error;
          strapi.log.warn(`The nightly proposal was not made: ${error.message}`);
          return made;
        }
      }
    },

    async run(now: Date): Promise<void> {
      await dueDates.sweep(now);
      await this.propose(now);
    },
  };
}
