import type { Core } from '@strapi/strapi';
import { currentOperation } from '../../operation';
import { sameFacts, type CustomerFacts } from './due-date';
import type { Dormancy } from './dormancy';
import type { DueDates } from './due-dates';
import type { Holder } from '../holds/held';
import { targetOf } from '../relation';
import { CONSENT, CUSTOMER, isRemoval } from '../uids';

type Data = Record<string, unknown>;
interface WriteEvent {
  params: { data: Data; where?: Data };
}
interface ManyEvent {
  params: { data: Data[] };
}
interface ConsentEvent {
  params: { data?: Data; where?: Data };
  state: { customers?: number[] };
}

/** What a due date hangs on, and what it is written to: whoever writes that, it comes out as the rules have it. */
const RELEVANT = [
  'createdAt',
  'lastContactOn',
  'relationEndedOn',
  'erasureRequestedOn',
  'keyCustomer',
  'inDispute',
  'plan',
  'retentionDueOn',
  'retentionReason',
];

const newCustomer = (data: Data): CustomerFacts & Holder => ({
  ...(data as object),
  createdAt: (data.createdAt as string | undefined) ?? new Date(),
  id: null,
  planId: targetOf(data.plan),
});

/** The customer as it is once the write is done. */
function afterWrite(before: CustomerFacts & Holder, data: Data): CustomerFacts & Holder {
  const written = (name: keyof CustomerFacts) =>
    data[name] === undefined ? before[name] : data[name];
  return {
    id: before.id,
    planId: targetOf(data.plan, before.planId),
    createdAt: (data.createdAt ?? before.createdAt) as string,
    lastContactOn: written('lastContactOn') as string | null,
    relationEndedOn: written('relationEndedOn') as string | null,
    erasureRequestedOn: written('erasureRequestedOn') as string | null,
    keyCustomer: written('keyCustomer') as boolean | null,
    inDispute: written('inDispute') as boolean | null,
  };
}

/** Keeps due dates current with the customers themselves and with their consents, whatever path writes them. */
export function subscribeDueDates(
  strapi: Core.Strapi,
  { dueDates, dormancy }: { dueDates: DueDates; dormancy: Dormancy }
): void {
  strapi.db.lifecycles.subscribe({
    models: [CUSTOMER],

    async beforeCreate(event: unknown) {
      const { params } = event as WriteEvent;
      const [verdict] = await dueDates.verdictsFor([newCustomer(params.data)], new Date());
      params.data = { ...params.data, ...verdict };
    },

    async beforeCreateMany(event: unknown) {
      const { params } = event as ManyEvent;
      const verdicts = await dueDates.verdictsFor(params.data.map(newCustomer), new Date());
      params.data = params.data.map((data, index) => ({ ...data, ...verdicts[index] }));
    },

    async beforeUpdate(event: unknown) {
      const { params } = event as WriteEvent;
      if (!RELEVANT.some((attribute) => params.data[attribute] !== undefined)) return;
      const [row] = await dueDates.load(params.where ?? {}, 1);
      if (!row) return;
      const before = { ...row, planId: row.plan?.id ?? null };
      const after = afterWrite(before, params.data);
      // A form sends everything back: where nothing changes, what stands there stands.
      const { retentionDueOn, retentionReason } = row;
      const [verdict] = sameFacts(before, after, dueDates.dayAt)
        ? [{ retentionDueOn, retentionReason }]
        : await dueDates.verdictsFor([after], new Date());
      const stage = dormancy.stageAfter(row, params.data);
      params.data = { ...params.data, ...verdict, ...(stage ? { stage } : {}) };
    },
  });

  const customersOf = async (where: Data | undefined): Promise<number[]> => {
    const row = await strapi.db
      .query(CONSENT)
      .findOne({ select: ['id'], where: where ?? {}, populate: { customer: { select: ['id'] } } });
    return row?.customer ? [row.customer.id] : [];
  };
  const remember = async (event: unknown) => {
    if (isRemoval(currentOperation())) return;
    const { params, state } = event as ConsentEvent;
    const before = await customersOf(params.where);
    const target = targetOf(params.data?.customer, before[0] ?? null);
    state.customers = [...new Set([...before, ...(target === null ? [] : [target])])];
  };
  const recompute = async (event: unknown) => {
    const { customers } = (event as ConsentEvent).state;
    if (customers && customers.length > 0) await dueDates.recompute({ ids: customers });
  };

  strapi.db.lifecycles.subscribe({
    models: [CONSENT],
    async afterCreate(event: unknown) {
      const customer = targetOf((event as WriteEvent).params.data.customer);
      if (customer !== null) await dueDates.recompute({ ids: [customer] });
    },
    async afterCreateMany(event: unknown) {
      const ids = (event as ManyEvent).params.data.flatMap(
        ({ customer }) => targetOf(customer) ?? []
      );
      await dueDates.recompute({ ids: [...new Set(ids)] });
    },
    beforeUpdate: remember,
    afterUpdate: recompute,
    beforeDelete: remember,
    afterDelete: recompute,
  });
}
