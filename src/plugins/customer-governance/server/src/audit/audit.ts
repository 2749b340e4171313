import { randomUUID } from 'node:crypto';
import type { Core } from '@strapi/strapi';
import { errors } from '@strapi/utils';
import { chunks } from '../database';
import { actorOf, type Actor } from '../organisation/actor';
import { policyOf } from '../policy';
import { assertEntry, type AuditAction } from './actions';
import { maskAddress } from './address';
import { canonicalJson } from './encoding';
import { insertEntries } from './insert';

export const AUDIT_ENTRY = 'plugin::customer-governance.audit-entry';
export const AUDIT_TABLE = 'governance_audit_entries';

/** What the caller says of an event. Who, when, where and in which request the log finds out by itself. */
export interface AuditEvent {
  action: AuditAction;
  outcome?: 'done' | 'refused';
  /** documentId of the staff profile in whose place the actor acts. */
  onBehalfOf?: string | null;
  recordType?: string;
  recordIds?: readonly string[];
  attributes?: readonly string[];
  /** Code of the purpose. */
  purpose?: string | null;
  requestId?: string | null;
  /** What the reveal rests on: `standing`, `grant` or `ambient`. */
  basis?: string;
  /** Counts, codes, ids, flags and moments, as the registry has them for the action; never a value of a record. */
  details?: Record<string, string | number | boolean>;
  /** Old and new values of records, by documentId: sealed under the record's own key, in base64. */
  sealed?: Record<string, string>;
}

/** An entry as it is read. */
export interface AuditRow {
  id: number;
  documentId: string;
  at: Date;
  actorKind: string;
  actorId: string;
  onBehalfOf: string | null;
  action: AuditAction;
  outcome: 'done' | 'refused';
  recordType: string | null;
  recordIds: string[] | null;
  attributes: string[] | null;
  purpose: string | null;
  requestId: string | null;
  basis: string | null;
  channel: string;
  address: string | null;
  correlationId: string | null;
  details: Record<string, unknown> | null;
}

/** Old and new values of records, by documentId, as ciphertext. */
export interface SealedValues {
  sealed: Record<string, string> | null;
}

/** Records that one entry names at most. An entry of the tree has at most 65,535 bytes (C2SP tlog-tiles); ids have 24. */
const RECORDS_PER_ENTRY = 1000;
/** Characters of an entry's lists at most, which leaves room for its other members. */
const MAX_LISTS = 60_000;
/** knex writes a multi-row insert for SQLite as a compound select, which has at most 500 terms. */
const BATCH = 400;
/** Of the id of an entry. */
const ID_DIGITS = 24;

/** The log: entries join the running transaction, and where they cannot be written the operation does not happen. */
export function auditService({ strapi }: { strapi: Core.Strapi }) {
  const query = () => strapi.db.query(AUDIT_ENTRY);
  const listeners: Array<(entries: number) => void> = [];

  return {
    /**
     * Writes entries in the running transaction, or in one of their own. An event of very many records becomes several
     * entries of one correlation.
     * @throws ApplicationError when they cannot be written; the caller's work must then not take effect.
     */
    async append(events: AuditEvent | AuditEvent[]): Promise<void> {
      const actors = actorOf(strapi);
      const actor: Actor = actors.identity() ?? { kind: 'system', id: 'unattended' };
      const at = new Date();
      const common = {
        at,
        created_at: at,
        updated_at: at,
        published_at: at,
        actor_kind: actor.kind,
        actor_id: actor.id,
        channel: actors.channel(),
        address: maskAddress(actors.address(), policyOf(strapi).get().audit.address),
        correlation_id: actors.correlationId(),
      };
      const rows = [events]
        .flat()
        .flatMap(divided)
        .map((event) => ({ ...common, ...rowOf(event) }));
      if (rows.length === 0) return;
      try {
        for (const part of chunks(rows, BATCH)) await insertEntries(strapi, AUDIT_TABLE, part);
      } catch (error) {
        strapi.log.error(
          `The audit log cannot be written: ${(error as { code?: string }).code ?? 'unknown error'}`
        );
        throw new errors.ApplicationError(
          'The audit log cannot be written, so nothing was done. Try again, and tell the administrator if it stays so.'
        );
      }
      for (const listener of listeners) listener(rows.length);
    },

    /** Has `listener` told how many entries were just written; their transaction may still be running. */
    onAppend(listener: (entries: number) => void): void {
      listeners.push(listener);
    },

    /** Writes that something was refused, outside the transaction that the refusal rolls back. */
    async refused(event: Omit<AuditEvent, 'outcome'>): Promise<void> {
      await this.append({ ...event, outcome: 'refused' });
      const request = strapi.requestContext.get() as { state: { governanceRefusal?: boolean } };
      if (request) request.state.governanceRefusal = true;
    },

    /** One entry, with the old and new values that it holds sealed. */
    find: (documentId: string): Promise<(AuditRow & SealedValues) | null> =>
      query().findOne({ where: { documentId } }),

    /** Entries by their ids, oldest first; those that were pruned are left out. */
    byIds: (ids: readonly number[]): Promise<AuditRow[]> =>
      query().findMany({ where: { id: { $in: [...ids] } }, orderBy: 'id' }),
  };
}

export type AuditService = ReturnType<typeof auditService>;

export const auditOf = (strapi: Core.Strapi) =>
  strapi.plugin('customer-governance').service('audit') as AuditService;

/** An event of many records as events of at most so many. */
function divided(event: AuditEvent): AuditEvent[] {
  const ids = event.recordIds ?? [];
  if (ids.length <= RECORDS_PER_ENTRY) return [event];
  return chunks(ids, RECORDS_PER_ENTRY).map((recordIds) => ({ ...event, recordIds }));
}

/** What an event says, as columns of its row; JSON in canonical form, which is what is hashed later. */
function rowOf(event: AuditEvent) {
  assertEntry(event);
  const row = {
    document_id: randomUUID().replaceAll('-', '').slice(0, ID_DIGITS),
    on_behalf_of: event.onBehalfOf ?? null,
    action: event.action,
    outcome: event.outcome ?? 'done',
    record_type: event.recordType ?? null,
    record_ids: JSON.stringify(event.recordIds ?? []),
    attributes: JSON.stringify(event.attributes ?? []),
    purpose: event.purpose ?? null,
    request_id: event.requestId ?? null,
    basis: event.basis ?? null,
    details: canonicalJson(event.details ?? {}),
    sealed: event.sealed ? canonicalJson(event.sealed) : null,
  };
  const { record_ids, attributes, details, sealed } = row;
  if (record_ids.length + attributes.length + details.length + (sealed?.length ?? 0) > MAX_LISTS) {
    throw new errors.ApplicationError(
      'An entry of the audit log would be too long, so nothing was done. Change fewer or shorter values at a time.'
    );
  }
  return row;
}
