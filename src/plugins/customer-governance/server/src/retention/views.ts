import type { Core } from '@strapi/strapi';
import { approvalsOf } from '../approvals/approvals';
import type { StepView } from '../approvals/step-views';
import { PLUGIN } from '../domain';
import { actorOf } from '../organisation/actor';
import { organisationOf, type StaffRef } from '../organisation/organisation';
import { translatorOfRequest } from '../translations';
import type { CertificateContent } from './orders/certificate';
import type { CertificateRow, Certificates } from './orders/certificates';
import type { Confirmation } from './orders/confirmation';
import type { Items, StateCounts } from './orders/items';
import type { Named, OrderRow, OrderState } from './orders/order-row';
import type { Orders } from './orders/orders';
import type { TaskRow } from './orders/task-row';
import type { Tasks } from './orders/tasks';
import { DESTRUCTION_KIND } from './uids';

/** Who proposed an order that nobody did. */
const NIGHTLY_JOB = 'the nightly job';

interface PersonView {
  name: string;
}

export interface TaskView {
  documentId: string;
  medium: string;
  method: string;
  place: string;
  /** With the id by which the task can be given to the same person again. */
  responsible: (PersonView & { documentId: string }) | null;
  dueOn: string | null;
  state: 'open' | 'confirmed';
  confirmedBy: PersonView | null;
  confirmedAt: string | null;
  note: string | null;
  order: { documentId: string; number: string; state: OrderState };
  /** Whether it waits for whoever asks. */
  mine: boolean;
}

/** How far an order is; customers, not records. */
export interface OrderProgress {
  total: number;
  done: number;
  held: number;
  takenOut: number;
  /** Customers a second since it was last begun; `null` while it stands still. */
  perSecond: number | null;
}

/** What the panel shows of an order. */
export interface DestructionOrderView {
  documentId: string;
  number: string;
  reason: string;
  method: string;
  state: OrderState;
  count: number;
  attributes: string[] | null;
  proposer: PersonView;
  submitter: PersonView | null;
  executor: PersonView | null;
  supervisor: PersonView | null;
  proposedAt: string | null;
  submittedAt: string | null;
  approvedAt: string | null;
  scheduledAt: string | null;
  executedAt: string | null;
  pausedAt: string | null;
  /** When the last attempt to carry it out failed. */
  stalledAt: string | null;
  /** The executor's confirmation while a second person may follow it. */
  confirmation: { name: string; until: string; mine: boolean } | null;
  progress: OrderProgress;
  tasks: TaskView[];
  steps: StepView[];
  certificate: { documentId: string; number: string } | null;
  /** Whether whoever asks may confirm now: that they carry it out, or that they watch over it. */
  mayConfirm: boolean;
  maySupervise: boolean;
  /** Whether whoever asks may go on with it. */
  mayResume: boolean;
}

interface AbilityLike {
  can(action: string): boolean;
}

interface Parts {
  orders: Orders;
  items: Items;
  tasks: Tasks;
  certificates: Certificates;
  confirmation: Confirmation;
}

/** Whoever asks, and what their role lets them do. */
interface Asker {
  person: StaffRef | null;
  may(action: string): boolean;
}

const nameOf = (person?: Named | null): PersonView | null =>
  person ? { name: person.displayName } : null;

/** Orders, tasks and certificates as the panel reads them. */
export function createViews(
  strapi: Core.Strapi,
  { orders, items, tasks, certificates, confirmation }: Parts
) {
  const asker = async (): Promise<Asker> => {
    const request = strapi.requestContext.get() as unknown as
      { state: { userAbility?: AbilityLike } } | undefined;
    const person = await organisationOf(strapi).staffOf(actorOf(strapi).identity());
    return {
      person: person?.active ? person : null,
      may: (action) => request?.state.userAbility?.can(`plugin::${PLUGIN}.${action}`) === true,
    };
  };

  const progressOf = (order: OrderRow, counts: StateCounts, now: Date): OrderProgress => {
    const done = counts.destroyed ?? 0;
    const seconds = order.runSince
      ? (now.getTime() - new Date(order.runSince).getTime()) / 1000
      : 0;
    return {
      total: order.count,
      done,
      held: counts.held ?? 0,
      takenOut: counts['taken-out'] ?? 0,
      perSecond:
        order.state === 'executing' && seconds > 0
          ? Math.round(((done - (order.runFrom ?? 0)) / seconds) * 10) / 10
          : null,
    };
  };

  const viewOfTask = (task: TaskRow, person: StaffRef | null): TaskView => ({
    documentId: task.documentId,
    medium: task.medium,
    method: task.method,
    place: task.place,
    responsible: task.responsible
      ? { documentId: task.responsible.documentId, name: task.responsible.displayName }
      : null,
    dueOn: task.dueOn,
    state: task.state,
    confirmedBy: nameOf(task.confirmedBy),
    confirmedAt: task.confirmedAt,
    note: task.note,
    order: {
      documentId: task.order.documentId,
      number: task.order.number,
      state: task.order.state,
    },
    mine:
      task.state === 'open' &&
      person !== null &&
      task.responsible?.id === person.id &&
      ['executing', 'paused', 'confirming'].includes(task.order.state),
  });

  /** What whoever asks may do about an order now; the deciders are asked for only where it matters. */
  const permitted = async (order: OrderRow, { person, may }: Asker, now: Date) => {
    const nothing = { mayConfirm: false, maySupervise: false, mayResume: false };
    const executes = may('retention.execute');
    const supervises = may('retention.supervise');
    const waits = order.state === 'approved';
    const stands =
      order.state === 'paused' || (order.state === 'executing' && order.stalledAt !== null);
    if (!person || !(waits || stands) || !(executes || supervises)) return nothing;
    const deciders = await confirmation.decidersOf(order);
    if (confirmation.objection(order, person, deciders) !== null) return nothing;
    const confirmed = confirmation.openUntil(order, now) !== null;
    const timeHasCome = !order.scheduledAt || new Date(order.scheduledAt) <= now;
    return {
      mayConfirm: executes && waits && !confirmed && timeHasCome,
      maySupervise: supervises && waits && confirmed && order.executor?.id !== person.id,
      mayResume: executes && stands,
    };
  };

  const viewsOf = async (
    rows: OrderRow[],
    now = new Date()
  ): Promise<Map<string, DestructionOrderView>> => {
    const ids = rows.map(({ id }) => id);
    const steps = await approvalsOf(strapi).steps(
      DESTRUCTION_KIND,
      rows.map(({ documentId }) => documentId)
    );
    const certified = await certificates.ofOrders(ids);
    const counts = await items.customersByState(ids);
    const byHand = await tasks.ofOrders(ids);
    const who = await asker();
    const translate = translatorOfRequest(strapi);
    const views = new Map<string, DestructionOrderView>();
    for (const row of rows) {
      const until = confirmation.openUntil(row, now);
      views.set(row.documentId, {
        documentId: row.documentId,
        number: row.number,
        // People's own words stay as they are.
        reason: row.proposer ? row.reason : translate(row.reason),
        method: row.method,
        state: row.state,
        count: row.count,
        attributes: row.attributes,
        proposer: { name: row.proposer?.displayName ?? translate(NIGHTLY_JOB) },
        submitter: nameOf(row.submitter),
        // Before the execution it is but a confirmation, which may lapse.
        executor: row.supervisorConfirmedAt ? nameOf(row.executor) : null,
        supervisor: nameOf(row.supervisor),
        proposedAt: row.proposedAt,
        submittedAt: row.submittedAt,
        approvedAt: row.approvedAt,
        scheduledAt: row.scheduledAt,
        executedAt: row.executedAt,
        pausedAt: row.pausedAt,
        stalledAt: row.state === 'executing' ? row.stalledAt : null,
        confirmation: until && {
          name: row.executor?.displayName ?? '',
          until: until.toISOString(),
          mine: who.person !== null && row.executor?.id === who.person.id,
        },
        progress: progressOf(row, counts.get(row.id) ?? {}, now),
        tasks: (byHand.get(row.id) ?? []).map((task) => viewOfTask(task, who.person)),
        steps: steps.get(row.documentId) ?? [],
        certificate: certified.get(row.id) ?? null,
        ...(await permitted(row, who, now)),
      });
    }
    return views;
  };

  return {
    ofRows: viewsOf,
    async ofOrders(documentIds: string[]): Promise<Map<string, DestructionOrderView>> {
      return documentIds.length === 0 ? new Map() : viewsOf(await orders.findMany(documentIds));
    },
    ofTasks: (rows: TaskRow[], person: StaffRef): TaskView[] =>
      rows.map((row) => viewOfTask(row, person)),
    ofCertificate: (row: CertificateRow) => ({
      documentId: row.documentId,
      number: row.number,
      orderNumber: row.order?.number ?? '',
      count: row.count,
      method: row.method,
      proposer: { name: row.proposedBy },
      approvers: row.approvers.map((name) => ({ name })),
      executor: { name: row.executedBy },
      supervisor: row.supervisedBy ? { name: row.supervisedBy } : null,
      executedAt: row.executedAt,
      digest: row.digest,
      summary: row.summary,
      content: row.content satisfies CertificateContent | null,
      note: row.note,
      signedBy: row.signedBy,
    }),
  };
}

export type Views = ReturnType<typeof createViews>;
