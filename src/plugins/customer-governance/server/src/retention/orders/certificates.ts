import type { Core } from '@strapi/strapi';
import { errors } from '@strapi/utils';
import { approvalsOf } from '../../approvals/approvals';
import { auditOf } from '../../audit/audit';
import { organisationOf } from '../../organisation/organisation';
import { transparencyOf } from '../../transparency/transparency';
import {
  CERTIFICATE_FORMAT,
  certificateFile,
  type CertificateFile,
} from '../../transparency/verifier/certificate';
import {
  certificateDigest,
  certificateText,
  recordsDigest,
  type CertificateContent,
  type CertifiedMedium,
  type DestructionSummary,
} from './certificate';
import type { ConsentProofs } from '../destruction/consent-proofs';
import type { Items } from './items';
import { certificateNumber } from './order-number';
import type { OrderRow, Orders } from './orders';
import type { TaskRow } from './task-row';
import { CERTIFICATE, CONSENT, CONTACT, CUSTOMER, DESTRUCTION_KIND, HOLD, TASK } from '../uids';

export interface CertificateRow {
  id: number;
  documentId: string;
  number: string;
  method: string;
  count: number;
  proposedBy: string;
  approvers: string[];
  executedBy: string;
  supervisedBy: string | null;
  executedAt: string;
  summary: DestructionSummary;
  digest: string;
  /** What was signed; certificates from before they were signed have none of these three. */
  content: CertificateContent | null;
  note: string | null;
  signedBy: string | null;
  order?: { documentId: string; number: string } | null;
}

/** Who stands on a certificate as proposer when the nightly job proposed. */
const SYSTEM_NAME = 'system';
/** What the application itself does with what it keeps. */
const OWN_METHODS: Record<string, string> = {
  'sealed-data': 'key-destruction',
  files: 'key-destruction',
};
const ATTACHMENT = /\.attachment$/;

const PAGE = 1000;

const isoOf = (moment: string | null): string | null =>
  moment === null ? null : new Date(moment).toISOString();

/** `plugin::customer-governance.customer` → `customer` */
const shortName = (uid: string): string => uid.slice(uid.indexOf('.') + 1);

/** Destruction certificates: one an order, made once everything that it certifies was looked for in vain. */
export function createCertificates(
  strapi: Core.Strapi,
  { orders, items, proofs }: { orders: Orders; items: Items; proofs: ConsentProofs }
) {
  const destroyedDigest = async (orderId: number): Promise<string> => {
    const records: Array<{ type: string; documentId: string }> = [];
    for (let after = 0; ;) {
      const page = await items.destroyedAfter(orderId, after, PAGE);
      const last = page.at(-1);
      if (!last) return recordsDigest(records);
      records.push(
        ...page.map((item) => ({ type: item.record_type, documentId: item.document_id }))
      );
      after = last.id;
    }
  };

  const approversOf = async (order: OrderRow): Promise<string[]> => {
    const ids = await approvalsOf(strapi).deciders(DESTRUCTION_KIND, order.documentId);
    const people = await organisationOf(strapi).byIds(ids);
    return ids.flatMap((id) => people.get(id)?.displayName ?? []);
  };

  const mediaOf = async (order: OrderRow, types: readonly string[]): Promise<CertifiedMedium[]> => {
    const own = ['sealed-data', ...(types.some((type) => ATTACHMENT.test(type)) ? ['files'] : [])];
    const tasks = (await strapi.db.query(TASK).findMany({
      where: { order: { id: order.id } },
      populate: { confirmedBy: { select: ['displayName'] } },
      orderBy: 'id',
    })) as TaskRow[];
    return [
      ...own.map((medium) => ({
        medium,
        method: OWN_METHODS[medium] ?? '',
        confirmedBy: null,
        confirmedAt: order.verification?.verifiedAt ?? null,
      })),
      ...tasks.map(({ medium, method, confirmedBy, confirmedAt }) => ({
        medium,
        method,
        confirmedBy: confirmedBy?.displayName ?? null,
        confirmedAt: isoOf(confirmedAt),
      })),
    ];
  };

  const contentOf = async (order: OrderRow): Promise<CertificateContent> => {
    const { verification, executedAt } = order;
    if (verification?.found !== 0 || !executedAt) {
      throw new Error('Nothing is certified that was not looked for in vain.');
    }
    const counts = await items.counts(order.id);
    const destroyed = counts.filter(({ state }) => state === 'destroyed');
    const customers = (wanted: string) =>
      counts.find(({ recordType, state }) => recordType === CUSTOMER && state === wanted)?.count ??
      0;
    return {
      number: certificateNumber(order.number),
      orderNumber: order.number,
      records: Object.fromEntries(
        destroyed.map(({ recordType, count }) => [shortName(recordType), count])
      ),
      attributes: order.attributes,
      held: customers('held'),
      takenOut: customers('taken-out'),
      consentProofs: await proofs.countOf(order.number),
      recordsDigest: await destroyedDigest(order.id),
      media: await mediaOf(
        order,
        destroyed.map(({ recordType }) => recordType)
      ),
      proposedBy: order.proposer?.displayName ?? SYSTEM_NAME,
      proposedAt: isoOf(order.proposedAt),
      submittedBy: order.submitter?.displayName ?? null,
      submittedAt: isoOf(order.submittedAt),
      approvers: await approversOf(order),
      approvedAt: isoOf(order.approvedAt),
      executedBy: order.executor?.displayName ?? '',
      executorConfirmedAt: isoOf(order.executorConfirmedAt),
      supervisedBy: order.supervisor?.displayName ?? '',
      supervisorConfirmedAt: isoOf(order.supervisorConfirmedAt),
      executedAt: new Date(executedAt).toISOString(),
      verification,
    };
  };

  /** The counts as certificates had them before they were signed, for whoever reads them by the API. */
  const summaryOf = ({ records, held, recordsDigest: digest }: CertificateContent) => ({
    customers: records[shortName(CUSTOMER)] ?? 0,
    contacts: records[shortName(CONTACT)] ?? 0,
    consents: records[shortName(CONSENT)] ?? 0,
    holds: records[shortName(HOLD)] ?? 0,
    held,
    recordsDigest: digest,
  });

  return {
    /** Certifies an order that has just been executed, in the running transaction. */
    async issue(orderDocumentId: string): Promise<void> {
      const order = await orders.require(orderDocumentId);
      const content = await contentOf(order);
      const digest = certificateDigest(content);
      const { note, key } = await transparencyOf(strapi).signText(
        certificateText(content.number, digest)
      );
      const summary = summaryOf(content);
      await strapi.db.query(CERTIFICATE).create({
        data: {
          number: content.number,
          order: order.id,
          count: summary.customers,
          method: order.method,
          proposedBy: content.proposedBy,
          approvers: content.approvers,
          executedBy: content.executedBy,
          supervisedBy: content.supervisedBy,
          executedAt: order.executedAt,
          summary,
          content,
          digest,
          note,
          signedBy: keyName(key.verifierKey),
          publishedAt: order.executedAt,
        },
      });
      await auditOf(strapi).append({
        action: 'destruction.certificate',
        requestId: orderDocumentId,
        details: {
          order: content.orderNumber,
          certificate: content.number,
          digest,
          count: summary.customers,
          contacts: summary.contacts,
          held: summary.held,
        },
      });
    },

    /** @throws NotFoundError */
    async require(documentId: string): Promise<CertificateRow> {
      const row = await strapi.db.query(CERTIFICATE).findOne({
        where: { documentId },
        populate: { order: { select: ['documentId', 'number'] } },
      });
      if (!row) throw new errors.NotFoundError('There is no such destruction certificate.');
      return row;
    },

    /**
     * A signed certificate as a file that can be verified offline.
     * @throws NotFoundError where there is none, or it is from before certificates were signed.
     */
    async file(documentId: string): Promise<{ name: string; text: string }> {
      const { number, content, digest, note, signedBy } = await this.require(documentId);
      if (!content || !note) {
        throw new errors.NotFoundError(
          'This certificate was issued before certificates were signed. Print it instead.'
        );
      }
      const keys = await transparencyOf(strapi).signer().keys();
      const key = keys.find(({ verifierKey }) => keyName(verifierKey) === signedBy);
      const file: CertificateFile = {
        format: CERTIFICATE_FORMAT,
        certificate: { ...content },
        digest,
        key: key?.verifierKey ?? '',
        note,
      };
      return { name: `${number}.json`, text: certificateFile(file) };
    },

    /** The certificates of orders, by the order's id. */
    async ofOrders(
      orderIds: readonly number[]
    ): Promise<Map<number, { documentId: string; number: string }>> {
      const rows = (await strapi.db.query(CERTIFICATE).findMany({
        select: ['documentId', 'number'],
        where: { order: { id: { $in: [...orderIds] } } },
        populate: { order: { select: ['id'] } },
      })) as Array<{ documentId: string; number: string; order: { id: number } }>;
      return new Map(
        rows.map(({ documentId, number, order }) => [order.id, { documentId, number }])
      );
    },
  };
}

export type Certificates = ReturnType<typeof createCertificates>;

/** `name+id` of a verifier key, as it stands in signed notes. */
const keyName = (verifierKey: string): string => verifierKey.split('+').slice(0, 2).join('+');
