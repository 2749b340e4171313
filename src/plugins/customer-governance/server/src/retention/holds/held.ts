import type { Core } from '@strapi/strapi';
import { chunks } from '../../database';
import {
  earlierEnd,
  heldFor,
  type ConsentFacts,
  type DayAt,
  type Held,
  type PlanFacts,
} from '../due/due-date';
import { CONSENT, PLAN, PURPOSE } from '../uids';

/** A customer as far as its purposes are asked for; a new one has no id yet, and so no consent. */
export interface Holder {
  id: number | null;
  planId: number | null;
}

interface ConsentRow {
  state: ConsentFacts['state'];
  expiresAt: string | null;
  withdrawnAt: string | null;
  purpose?: { code: string } | null;
  notice?: { reliedUntil: string | null } | null;
  customer?: { id: number } | null;
}
interface PlanRow {
  id: number;
  endsOn: string | null;
  state: string;
  updatedAt: string | null;
  purposes?: Array<{ code: string; legalBasis: string }>;
}

const IDS_PER_QUERY = 500;
/** Another instance may change the plans; so what is remembered of them is soon asked for again. */
const REMEMBERED_MS = 60_000;

/** For which purposes customers are held. */
export function createHeld(strapi: Core.Strapi) {
  const remembered = new Map<number, { plan: PlanFacts; until: number }>();

  const consentsOfCustomers = async (ids: number[]) => {
    const found = new Map<number, ConsentFacts[]>(ids.map((id) => [id, []]));
    for (const part of chunks(ids, IDS_PER_QUERY)) {
      const rows = (await strapi.db.query(CONSENT).findMany({
        select: ['id', 'state', 'expiresAt', 'withdrawnAt'],
        where: { customer: { id: { $in: part } }, state: { $in: ['given', 'withdrawn'] } },
        populate: {
          purpose: { select: ['id', 'code'] },
          customer: { select: ['id'] },
          notice: { select: ['id', 'reliedUntil'] },
        },
      })) as ConsentRow[];
      for (const { state, expiresAt, withdrawnAt, purpose, customer, notice } of rows) {
        const facts = {
          state,
          expiresAt: earlierEnd(expiresAt, notice?.reliedUntil),
          withdrawnAt,
          purpose: purpose?.code ?? null,
        };
        found.get(customer?.id ?? 0)?.push(facts);
      }
    }
    return found;
  };

  /** Plans are few and entries many, so a plan is asked for once a minute, not at each entry. */
  const plansOf = async (ids: readonly number[], dayAt: DayAt) => {
    const time = Date.now();
    const known = (id: number) => (remembered.get(id)?.until ?? 0) > time;
    const unknown = [...new Set(ids)].filter((id) => !known(id));
    for (const part of chunks(unknown, IDS_PER_QUERY)) {
      const rows = (await strapi.db.query(PLAN).findMany({
        select: ['id', 'endsOn', 'state', 'updatedAt'],
        where: { id: { $in: part } },
        populate: { purposes: { select: ['id', 'code', 'legalBasis'] } },
      })) as PlanRow[];
      const until = time + REMEMBERED_MS;
      for (const row of rows) remembered.set(row.id, { plan: planOf(row, dayAt), until });
    }
    return (id: number | null): PlanFacts | null =>
      id === null ? null : (remembered.get(id)?.plan ?? null);
  };

  return {
    plansOf,

    /** In a few queries for all of them together. */
    async of(holders: readonly Holder[], now: Date, dayAt: DayAt): Promise<Held[]> {
      const consents = await consentsOfCustomers(holders.flatMap(({ id }) => id ?? []));
      const planWith = await plansOf(
        holders.flatMap(({ planId }) => planId ?? []),
        dayAt
      );
      // Of many new customers of one plan the answer is the same.
      const unconsented = new Map<number | null | undefined, ReturnType<typeof heldFor>>();
      return holders.map(({ id, planId }) => {
        const own = consents.get(id ?? 0) ?? [];
        const known = own.length === 0 ? unconsented.get(planId) : undefined;
        const held = known ?? heldFor(own, planWith(planId), now, dayAt);
        if (own.length === 0) unconsented.set(planId, held);
        return held;
      });
    },

    forget: () => remembered.clear(),

    /** Forgets what is remembered of plans when plans or purposes change. */
    subscribe(): void {
      const forget = () => remembered.clear();
      strapi.db.lifecycles.subscribe({
        models: [PLAN, PURPOSE],
        afterCreate: forget,
        afterUpdate: forget,
        afterUpdateMany: forget,
        afterDelete: forget,
      });
    },
  };
}

export type HeldReader = ReturnType<typeof createHeld>;

/** A plan that was closed before its last day, or has none, ended on the day of its last change. */
function planOf({ endsOn, state, updatedAt, purposes }: PlanRow, dayAt: DayAt): PlanFacts {
  const closed = state === 'closed';
  const changedOn = updatedAt ? dayAt(new Date(updatedAt)) : null;
  const closedOn = closed && changedOn && (!endsOn || changedOn < endsOn) ? changedOn : endsOn;
  return { purposes: purposes ?? [], endsOn: closedOn, closed };
}
