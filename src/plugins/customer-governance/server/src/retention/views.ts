import type { Core } from '@strapi/strapi';
import { approvalsOf } from '../approvals/approvals';
import type { StepView } from '../approvals/step-views';
import { actorOf } from '../organisation/actor';
import { organisationOf, type StaffRef } from '../organisation/organisation';
import { SYSTEM_NAME, type CertificateRow, type Certificates } from './certificates';
import type { Execution } from './execution';
import type { OrderRow, Orders, OrderState } from './orders';
import { DESTRUCTION_KIND } from './uids';

/** What the panel shows of an order. */
export interface DestructionOrderView {
  documentId: string;
  number: string;
  reason: string;
  method: string;
  state: OrderState;
  count: number;
  proposer: { name: string };
  proposedAt: string | null;
  approvedAt: string | null;
  executedAt: string | null;
  executor: { name: string } | null;
  steps: StepView[];
  certificate: { documentId: string; number: string } | null;
  /** Whether whoever asks may carry it out now. */
  mayExecute: boolean;
}

interface AbilityLike {
  can(action: string): boolean;
}

/** Orders and certificates as the panel reads them. */
export function createViews(
  strapi: Core.Strapi,
  {
    orders,
    certificates,
    execution,
  }: { orders: Orders; certificates: Certificates; execution: Execution }
) {
  /** Whoever asks, if their role lets them carry orders out. */
  const possibleExecutor = async (): Promise<StaffRef | null> => {
    const request = strapi.requestContext.get() as unknown as
      { state: { userAbility?: AbilityLike } } | undefined;
    if (!request?.state.userAbility?.can('plugin::customer-governance.retention.execute'))
      return null;
    const staff = await organisationOf(strapi).staffOf(actorOf(strapi).identity());
    return staff?.active ? staff : null;
  };

  const mayExecute = async (order: OrderRow, person: StaffRef | null): Promise<boolean> => {
    if (!person || (order.state !== 'approved' && order.state !== 'executing')) return false;
    return (await execution.objection(order, person)) === null;
  };

  const viewsOf = async (rows: OrderRow[]): Promise<Map<string, DestructionOrderView>> => {
    const steps = await approvalsOf(strapi).steps(
      DESTRUCTION_KIND,
      rows.map(({ documentId }) => documentId)
    );
    const certified = await certificates.ofOrders(rows.map(({ id }) => id));
    const person = await possibleExecutor();
    const views = new Map<string, DestructionOrderView>();
    for (const row of rows) {
      const {
        documentId,
        number,
        reason,
        method,
        state,
        count,
        proposedAt,
        approvedAt,
        executedAt,
      } = row;
      views.set(documentId, {
        documentId,
        number,
        reason,
        method,
        state,
        count,
        proposer: { name: row.proposer?.displayName ?? SYSTEM_NAME },
        proposedAt,
        approvedAt,
        executedAt,
        executor: row.executor ? { name: row.executor.displayName } : null,
        steps: steps.get(documentId) ?? [],
        certificate: certified.get(row.id) ?? null,
        mayExecute: await mayExecute(row, person),
      });
    }
    return views;
  };

  return {
    ofRows: viewsOf,
    async ofOrders(documentIds: string[]): Promise<Map<string, DestructionOrderView>> {
      return documentIds.length === 0 ? new Map() : viewsOf(await orders.findMany(documentIds));
    },
    ofCertificate: (row: CertificateRow) => ({
      documentId: row.documentId,
      number: row.number,
      orderNumber: row.order?.number ?? '',
      count: row.count,
      method: row.method,
      proposer: { name: row.proposedBy },
      approvers: row.approvers.map((name) => ({ name })),
      executor: { name: row.executedBy },
      executedAt: row.executedAt,
      digest: row.digest,
      summary: row.summary,
    }),
  };
}

export type Views = ReturnType<typeof createViews>;
