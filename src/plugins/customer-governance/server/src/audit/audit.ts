import type { Core } from '@strapi/strapi';
import { errors } from '@strapi/utils';
import { isPostgres, tablesOf } from '../database';
import { governedOperation } from '../operation';
import { actorOf, type Actor } from '../organisation/actor';
import { AUDIT_ACTIONS, type AuditAction } from './actions';

export const AUDIT_ENTRY = 'plugin::customer-governance.audit-entry';
export const AUDIT_TABLE = 'governance_audit_entries';

/** What the caller says of an event. Who, when, where and in which request the log finds out by itself. */
export interface AuditEvent {
  action: AuditAction;
  outcome?: 'done' | 'refused';
  recordType?: string;
  recordIds?: readonly string[];
  attributes?: readonly string[];
  /** Code of the purpose. */
  purpose?: string | null;
  requestId?: string | null;
  /** What the reveal rests on: `standing`, `grant` or `ambient`. */
  basis?: string;
  /** Figures and codes only; never a value of a record. */
  details?: Record<string, string | number | boolean | null>;
}

/** An entry as it is read. */
export interface AuditRow {
  id: number;
  at: Date;
  actorKind: string;
  actorId: string;
  action: AuditAction;
  outcome: 'done' | 'refused';
  recordType: string | null;
  recordIds: string[] | null;
  attributes: string[] | null;
  purpose: string | null;
  requestId: string | null;
  basis: string | null;
  channel: string;
  details: Record<string, unknown> | null;
}

export interface AuditFilter {
  actor?: string;
  action?: string;
  recordId?: string;
  purpose?: string;
  outcome?: string;
  from?: Date;
  to?: Date;
}

/** The log: entries join the running transaction, and where they cannot be written the operation does not happen. */
export function auditService({ strapi }: { strapi: Core.Strapi }) {
  const query = () => strapi.db.query(AUDIT_ENTRY);

  return {
    /**
     * Writes entries in the running transaction, or in one of their own.
     * @throws ApplicationError when they cannot be written; the caller's work must then not take effect.
     */
    async append(events: AuditEvent | AuditEvent[]): Promise<void> {
      const actor: Actor = actorOf(strapi).identity() ?? { kind: 'system', id: 'unattended' };
      const at = new Date();
      const channel = actorOf(strapi).channel();
      const correlationId = actorOf(strapi).correlationId();
      const data = [events].flat().map((event) => {
        if (!(event.action in AUDIT_ACTIONS)) {
          throw new Error(
            `"${event.action}" is not an action of the audit log; add it to audit/actions.ts.`
          );
        }
        return {
          at,
          actorKind: actor.kind,
          actorId: actor.id,
          action: event.action,
          outcome: event.outcome ?? 'done',
          recordType: event.recordType ?? null,
          recordIds: event.recordIds ?? [],
          attributes: event.attributes ?? [],
          purpose: event.purpose ?? null,
          requestId: event.requestId ?? null,
          basis: event.basis ?? null,
          channel,
          correlationId,
          details: event.details ?? {},
          publishedAt: at,
        };
      });
      if (data.length === 0) return;
      try {
        await governedOperation('audit', () => query().createMany({ data }));
      } catch (error) {
        strapi.log.error(
          `The audit log cannot be written: ${(error as { code?: string }).code ?? 'unknown error'}`
        );
        throw new errors.ApplicationError(
          'The audit log cannot be written, so nothing was done. Try again, and tell the administrator if it stays so.'
        );
      }
    },

    /** Writes that something was refused, outside the transaction that the refusal rolls back. */
    async refused(event: Omit<AuditEvent, 'outcome'>): Promise<void> {
      await this.append({ ...event, outcome: 'refused' });
    },

    /** A page of what was done with these actions on one request, newest first. @param cursor as of `page`. */
    ofRequest: (
      requestId: string,
      actions: readonly AuditAction[],
      cursor: number | null,
      limit: number
    ): Promise<AuditRow[]> =>
      query().findMany({
        where: {
          requestId,
          action: { $in: [...actions] },
          outcome: 'done',
          ...(cursor === null ? {} : { id: { $lt: cursor } }),
        },
        orderBy: { id: 'desc' },
        limit,
      }),

    /** A page of entries, newest first. @param cursor the id of the last entry of the page before. */
    async page(filter: AuditFilter, cursor: number | null, limit: number): Promise<AuditRow[]> {
      const ids = (await tablesOf(strapi))(AUDIT_TABLE)
        .select('id')
        .orderBy('id', 'desc')
        .limit(limit);
      if (cursor !== null) ids.where('id', '<', cursor);
      if (filter.actor) ids.where('actor_id', filter.actor);
      if (filter.action) ids.where('action', filter.action);
      if (filter.purpose) ids.where('purpose', filter.purpose);
      if (filter.outcome) ids.where('outcome', filter.outcome);
      // SQLite holds Strapi's datetimes as milliseconds, PostgreSQL as timestamps.
      const moment = (date: Date) => (isPostgres(strapi) ? date : date.getTime());
      if (filter.from) ids.where('at', '>=', moment(filter.from));
      if (filter.to) ids.where('at', '<=', moment(filter.to));
      // Ids stand in quotes in the JSON text, so that one id does not match within another.
      if (filter.recordId) {
        ids.whereRaw('CAST(record_ids AS TEXT) LIKE ?', [`%"${filter.recordId}"%`]);
      }
      const found = ((await ids) as Array<{ id: number }>).map(({ id }) => id);
      return query().findMany({ where: { id: { $in: found } }, orderBy: { id: 'desc' } });
    },
  };
}

export type AuditService = ReturnType<typeof auditService>;

export const auditOf = (strapi: Core.Strapi) =>
  strapi.plugin('customer-governance').service('audit') as AuditService;
