import type { Core } from '@strapi/strapi';
import { ownershipOf } from '../customers/ownership/ownership';
import { PLUGIN } from '../domain';
import { createAttribution } from './attribution';
import { createDisputes } from './disputes';
import { createHandOut } from './hand-out';
import { createLeads } from './leads';
import { createPool } from './pool';
import { createVisits } from './visits';

/** Visits, calls, and whose the customers are that come of them. */
export function registerService({ strapi }: { strapi: Core.Strapi }) {
  const handOut = createHandOut(strapi);
  const leads = createLeads(strapi);
  const disputes = createDisputes(strapi, leads);
  const pool = createPool(strapi, handOut, leads);
  const visits = createVisits(strapi, createAttribution(strapi, handOut), leads);

  return {
    handOut,
    leads,
    visits,
    pool,
    disputes,

    /** What customers that are gone leave behind here, in the running transaction. */
    async forget(customers: readonly string[]): Promise<void> {
      await disputes.forget(customers);
      await visits.forget(customers);
      await leads.forget(customers);
      await ownershipOf(strapi).forget(customers);
    },

    /** Puts what is here of one customer under another, into which it was merged, in the running transaction. */
    async moveTo(customer: string, survivor: string): Promise<void> {
      await disputes.moveTo(customer, survivor);
      await visits.moveTo(customer, survivor);
      await leads.moveTo(customer, survivor);
      await ownershipOf(strapi).moveTo(customer, survivor);
    },

    /** What is done every night. */
    async nightly(now: Date): Promise<void> {
      await leads.leave(now);
      await leads.lapse(now);
      await visits.sweep(now);
    },
  };
}

export type RegisterService = ReturnType<typeof registerService>;

export const registerOf = (strapi: Core.Strapi) =>
  strapi.plugin(PLUGIN).service('register') as RegisterService;
