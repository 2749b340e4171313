import type { Core } from '@strapi/strapi';
import { errors } from '@strapi/utils';
import type { Knex } from 'knex';
import { auditOf } from '../audit/audit';
import { chunks, inTransaction, type Tables } from '../database';
import { PLUGIN } from '../domain';
import { governedOperation } from '../operation';
import { policyOf, type LocalText } from '../policy';
import { resolveType } from '../policy/attribute-path';
import type { Channel } from './channels';
import { recordElectronic, type ElectronicConsent } from './electronic';
import { historyOf, type ConsentEntry } from './history';
import { consentEvent, LOGGED, type LoggedConsent } from './log';
import { NOTICES_TABLE } from './notices/models';
import { coveringScopes, type ConsentScope } from './scopes';

export const CONSENT = resolveType('consent');

/** A consent that may be relied on now. */
export interface ActiveConsent {
  documentId: string;
  purposeCode: string;
  /** What the purpose justifies: `customer.mobile`. */
  purposeAttributes: string[];
  scope: ConsentScope;
  channel: Channel;
}

/** A consent as the panel shows it. */
export interface ConsentView {
  documentId: string;
  purpose: { code: string; name: LocalText } | null;
  scope: ConsentScope;
  channel: Channel;
  state: 'given' | 'refused' | 'withdrawn';
  givenAt: string | null;
  expiresAt: string | null;
  withdrawnAt: string | null;
  evidenceKind: 'signed-paper' | 'electronic';
  guardian: boolean;
  /** Which version of which notice was shown; without a code the version alone is known. */
  notice: { code: string | null; version: string | null; hash: string | null };
  /** Until when it is relied on, since its notice was replaced by one that says something else. */
  reliedUntil: string | null;
}

/** Told of a withdrawal within its transaction; what it throws undoes the withdrawal. */
export type WithdrawalListener = (customerDocumentId: string, purposeCode: string) => Promise<void>;

interface ConsentRow extends Omit<
  ConsentView,
  'purpose' | 'channel' | 'guardian' | 'notice' | 'reliedUntil'
> {
  channel: Channel | null;
  guardian: boolean | null;
  noticeVersion: string | null;
  noticeHash: string | null;
  purpose?: { code: string; name: string; attributes: string[]; active: boolean } | null;
  customer?: { documentId: string } | null;
  notice?: { code: string; version: string; reliedUntil?: string | null } | null;
}

const IDS_PER_QUERY = 500;
const SHOWN = 100;

/** What data subjects agreed to, and what follows when they take it back. */
export function consentsService({ strapi }: { strapi: Core.Strapi }) {
  const listeners: WithdrawalListener[] = [];
  const query = () => strapi.db.query(CONSENT);

  /** The consents of the customers that may be relied on: one query for each batch of customers. */
  const active = async (customerIds: readonly string[], now: Date): Promise<ConsentRow[]> => {
    const rows: ConsentRow[] = [];
    for (const ids of chunks(customerIds, IDS_PER_QUERY)) {
      const found = await query().findMany({
        where: {
          state: 'given',
          customer: { documentId: { $in: ids } },
          purpose: { active: true },
          $and: [
            { $or: [{ expiresAt: null }, { expiresAt: { $gt: now.toISOString() } }] },
            // Also where there is no notice: its column is empty then.
            {
              $or: [
                { notice: { reliedUntil: { $null: true } } },
                { notice: { reliedUntil: { $gt: now.toISOString() } } },
              ],
            },
          ],
        },
        populate: {
          customer: { select: ['documentId'] },
          purpose: { select: ['code', 'attributes'] },
        },
      });
      rows.push(...found);
    }
    return rows;
  };

  const viewOf = (row: ConsentRow): ConsentView => ({
    documentId: row.documentId,
    purpose: policyOf(strapi).purposeView(row.purpose),
    scope: row.scope,
    channel: row.channel ?? 'any',
    state: row.state,
    givenAt: row.givenAt,
    expiresAt: row.expiresAt,
    withdrawnAt: row.withdrawnAt,
    evidenceKind: row.evidenceKind,
    guardian: row.guardian === true,
    notice: {
      code: row.notice?.code ?? null,
      version: row.noticeVersion,
      hash: row.noticeHash,
    },
    reliedUntil: row.notice?.reliedUntil ?? null,
  });

  return {
    /** The consents in force, by customer; a customer without any is left out. */
    async activeFor(
      customerDocumentIds: readonly string[],
      now: Date = new Date()
    ): Promise<Map<string, ActiveConsent[]>> {
      const byCustomer = new Map<string, ActiveConsent[]>();
      for (const row of await active(customerDocumentIds, now)) {
        const { customer, purpose } = row;
        if (!customer || !purpose) continue;
        const consent = {
          documentId: row.documentId,
          purposeCode: purpose.code,
          purposeAttributes: purpose.attributes,
          scope: row.scope,
          channel: row.channel ?? 'any',
        };
        byCustomer.set(customer.documentId, [
          ...(byCustomer.get(customer.documentId) ?? []),
          consent,
        ]);
      }
      return byCustomer;
    },

    /** Whether the customer agreed to the purpose; for sensitive attributes as the policy asks it. */
    async covers(
      customerDocumentId: string,
      purposeCode: string,
      { sensitive }: { sensitive: boolean },
      now: Date = new Date()
    ): Promise<boolean> {
      const consents =
        (await this.activeFor([customerDocumentId], now)).get(customerDocumentId) ?? [];
      const scopes = coveringScopes(sensitive, policyOf(strapi).get().collection.sensitiveConsent);
      return consents.some(
        (consent) => consent.purposeCode === purposeCode && scopes.has(consent.scope)
      );
    },

    /**
     * Of the customers, those who withdrew a consent and have none to our own use in force: it ends altogether. A query of
     * their row ids, to stand within another.
     * @param customers row ids, or a query of them.
     */
    stoppedWithin(
      tables: Tables,
      customers: readonly number[] | Knex.QueryBuilder,
      now: Date = new Date()
    ): Knex.QueryBuilder {
      const ownUse = coveringScopes(false, policyOf(strapi).get().collection.sensitiveConsent);
      const inForce = tables('governance_consents as other')
        .join('governance_purposes as purpose', 'purpose.id', 'other.purpose_id')
        .leftJoin(`${NOTICES_TABLE} as notice`, 'notice.id', 'other.notice_id')
        .select('other.id')
        .whereRaw('other.customer_id = withdrawn.customer_id')
        .where({ 'other.state': 'given', 'purpose.active': true })
        .whereIn('other.scope', [...ownUse])
        .where((term: Knex.QueryBuilder) =>
          term.whereNull('other.expires_at').orWhere('other.expires_at', '>', now)
        )
        .where((relied: Knex.QueryBuilder) =>
          relied.whereNull('notice.relied_until').orWhere('notice.relied_until', '>', now)
        );
      return tables('governance_consents as withdrawn')
        .select('withdrawn.customer_id')
        .where({ 'withdrawn.state': 'withdrawn' })
        .whereIn('withdrawn.customer_id', customers as number[])
        .whereNotExists(inForce);
    },

    /** The consents of a customer as the panel shows them, newest first. */
    async forCustomer(customerDocumentId: string): Promise<ConsentView[]> {
      const rows: ConsentRow[] = await query().findMany({
        where: { customer: { documentId: customerDocumentId } },
        populate: {
          purpose: { select: ['code', 'name'] },
          notice: { select: ['code', 'version', 'reliedUntil'] },
        },
        orderBy: { id: 'desc' },
        limit: SHOWN,
      });
      return rows.map((row) => viewOf(row));
    },

    /** The customer that a consent belongs to; `null` when there is no such consent or its customer is gone. */
    async customerOf(documentId: string): Promise<string | null> {
      const row: ConsentRow | null = await query().findOne({
        where: { documentId },
        populate: { customer: { select: ['documentId'] } },
      });
      return row?.customer?.documentId ?? null;
    },

    /**
     * Takes a consent back, once: of two withdrawals at the same moment, the database lets one through. Whatever follows
     * from it happens in the same transaction [COL-4].
     * @throws NotFoundError, or ApplicationError when there is nothing to withdraw.
     */
    async withdraw(documentId: string, now: Date = new Date()): Promise<ConsentView> {
      return inTransaction(strapi, async () => {
        const { count } = await governedOperation('consent-withdrawal', () =>
          query().updateMany({
            where: { documentId, state: 'given' },
            data: { state: 'withdrawn', withdrawnAt: now, updatedAt: now },
          })
        );
        const row: (ConsentRow & LoggedConsent) | null = await query().findOne({
          where: { documentId },
          populate: LOGGED,
        });
        if (!row) throw new errors.NotFoundError('There is no such consent.');
        if (count === 0) {
          throw new errors.ApplicationError(
            row.state === 'withdrawn'
              ? 'This consent is already withdrawn. Reload the page to see since when.'
              : 'This consent was refused, so there is nothing to withdraw.'
          );
        }
        await auditOf(strapi).append(consentEvent('consent.withdraw', row));
        if (row.customer && row.purpose) {
          for (const told of listeners) await told(row.customer.documentId, row.purpose.code);
        }
        return viewOf(row);
      });
    },

    /** Takes back whatever a customer has agreed to, in one transaction. @returns how many consents. */
    async withdrawAll(customerDocumentId: string, now: Date = new Date()): Promise<number> {
      return inTransaction(strapi, async () => {
        const given: Array<{ documentId: string }> = await query().findMany({
          select: ['documentId'],
          where: { customer: { documentId: customerDocumentId }, state: 'given' },
          orderBy: 'id',
        });
        for (const { documentId } of given) await this.withdraw(documentId, now);
        return given.length;
      });
    },

    /** What became of a consent, as the log has it. */
    history: (documentId: string): Promise<ConsentEntry[]> => historyOf(strapi, documentId),

    /** Records what a data subject confirmed on a screen, in the running transaction. @returns documentIds of the consents. */
    recordElectronic: (confirmed: ElectronicConsent, now: Date = new Date()): Promise<string[]> =>
      recordElectronic(strapi, confirmed, now),

    /** Registers what is to follow from a withdrawal, such as the end of grants and an earlier due date. */
    onWithdrawn(listener: WithdrawalListener): void {
      listeners.push(listener);
    },
  };
}

export type ConsentsService = ReturnType<typeof consentsService>;

export const consentsOf = (strapi: Core.Strapi) =>
  strapi.plugin(PLUGIN).service('consents') as ConsentsService;
