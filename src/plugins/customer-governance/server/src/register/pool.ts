import type { Core } from '@strapi/strapi';
import { errors } from '@strapi/utils';
import { ownershipOf } from '../customers/ownership/ownership';
import { inTransaction } from '../database';
import { organisationOf, type StaffRef } from '../organisation/organisation';
import { CUSTOMER } from '../policy/attribute-path';
import type { HandOut } from './hand-out';
import type { Leads } from './leads';
import type { Candidate } from './rules';

/** A customer that waits for an owner. */
export interface PoolRow {
  id: number;
  documentId: string;
  createdAt: string;
  departmentId: number | null;
}

/** Who got which customer; `null` where the customer has an owner by now, or nobody is there to get it. */
export interface HandedOut {
  customer: string;
  to: Candidate | null;
}

/** Customers without an owner, and their fair hand-out. */
export function createPool(strapi: Core.Strapi, handOut: HandOut, leads: Leads) {
  const waiting = (departments: readonly number[]) => ({
    owner: { id: { $null: true } },
    department: { id: { $in: [...departments] } },
    stage: 'active',
  });

  const find = async (where: object, limit: number): Promise<PoolRow[]> => {
    const rows = (await strapi.db.query(CUSTOMER).findMany({
      select: ['id', 'documentId', 'createdAt'],
      where,
      populate: { department: { select: ['id'] } },
      orderBy: { id: 'asc' },
      limit,
    })) as Array<Omit<PoolRow, 'departmentId'> & { department: { id: number } | null }>;
    return rows.map(({ department, ...row }) => ({ ...row, departmentId: department?.id ?? null }));
  };

  /** Gives one customer to whoever's turn it is. A customer that has an owner by now takes nobody's turn. */
  const give = (
    { documentId }: PoolRow,
    departmentId: number,
    why: string | null,
    now: Date
  ): Promise<Candidate | null> =>
    inTransaction(strapi, async () => {
      const to = await handOut.draw(departmentId, leads.dayAt(now), now);
      if (!to) return null;
      await ownershipOf(strapi).change({
        ...{ customer: documentId, from: null, to: to.staffId, why },
        rule: 'hand-out',
      });
      await leads.hold(documentId, to.staffId, 'hand-out', now);
      return to;
    });

  return {
    /** A page of the pool of these departments, those first that have waited longest. */
    page: (departments: readonly number[], cursor: number | null, limit: number) =>
      find({ ...waiting(departments), ...(cursor === null ? {} : { id: { $gt: cursor } }) }, limit),

    /** How many wait in these departments. */
    count: (departments: readonly number[]): Promise<number> =>
      strapi.db.query(CUSTOMER).count({ where: waiting(departments) }),

    /**
     * Hands customers of these departments out, one after the other, each to whoever's turn it is in the department that
     * hands out. Each stands for itself: one that somebody else has just given away is reported, and the others go on.
     */
    async handOut(
      customers: readonly string[],
      departments: readonly number[],
      by: StaffRef,
      why: string | null,
      now: Date
    ): Promise<HandedOut[]> {
      const rows = await find(
        { ...waiting(departments), documentId: { $in: [...customers] } },
        customers.length
      );
      const byId = new Map(rows.map((row) => [row.documentId, row]));
      const given: HandedOut[] = [];
      for (const customer of customers) {
        const row = byId.get(customer);
        const departmentId = row?.departmentId ?? by.departmentId;
        const to = row && departmentId ? await this.tryGive(row, departmentId, why, now) : null;
        given.push({ customer, to });
      }
      return given;
    },

    /** @returns `null` where somebody else was first. */
    async tryGive(row: PoolRow, departmentId: number, why: string | null, now: Date) {
      try {
        return await give(row, departmentId, why, now);
      } catch (error) {
        if (error instanceof errors.ApplicationError) return null;
        throw error;
      }
    },

    /** The departments whose pool somebody hands out: their own and those below. */
    departmentsOf: async ({ departmentId }: StaffRef): Promise<number[]> =>
      departmentId === null ? [] : organisationOf(strapi).departmentTreeIds(departmentId),
  };
}

export type Pool = ReturnType<typeof createPool>;
