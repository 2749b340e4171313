import { randomUUID } from 'node:crypto';
import type { Core } from '@strapi/strapi';
import { errors } from '@strapi/utils';
import { approvalsOf } from '../approvals/approvals';
import type { AuditAction } from '../audit/actions';
import { auditOf, type AuditRow } from '../audit/audit';
import { inTransaction } from '../database';
import { explorerOf } from '../explorer/explorer';
import { organisationOf, type StaffRef } from '../organisation/organisation';
import { REQUEST, USE, USE_NOTES } from './models';

const ACTIONS: readonly AuditAction[] = ['record.reveal', 'use.note'];
const NO_REQUEST = 'There is no such request, or not one whose use you may see.';

/** One entry of the use log: a reveal, or what the requester has noted. */
export interface UseView {
  id: number;
  at: Date;
  kind: 'reveal' | 'note';
  actor: { kind: string; id: string; name: string | null };
  attributes: string[];
  recordCount: number;
  note: string | null;
}

/** What the records of an approved request were used for [USE-4]: the log's own reveals, and the requester's notes. */
export function usesService({ strapi }: { strapi: Core.Strapi }) {
  const find = (
    documentId: string
  ): Promise<{ state: string; requester?: { id: number } | null } | null> =>
    strapi.db.query(REQUEST).findOne({
      select: ['id', 'state'],
      where: { documentId },
      populate: { requester: { select: ['id'] } },
    });

  const maySee = async (person: StaffRef | null, documentId: string): Promise<boolean> =>
    person !== null &&
    person.active &&
    ((await find(documentId))?.requester?.id === person.id ||
      (await approvalsOf(strapi).deciders(USE, documentId)).includes(person.id));

  return {
    /**
     * Throws unless the person asked for the request or decided a step of it, or may read the log anyway.
     * @throws NotFoundError the same for a request that does not exist.
     */
    async assertMaySee(person: StaffRef | null, readsLog: boolean, documentId: string) {
      const found = readsLog ? await find(documentId) : await maySee(person, documentId);
      if (!found) throw new errors.NotFoundError(NO_REQUEST);
    },

    /** A page of the uses of a request, newest first. @param cursor the id of the last one of the page before. */
    page: (documentId: string, cursor: number | null, limit: number): Promise<AuditRow[]> =>
      explorerOf(strapi).ofRequest(documentId, ACTIONS, cursor, limit),

    /** Entries of the log as the use log shows them, with names and notes. */
    async views(rows: readonly AuditRow[]): Promise<UseView[]> {
      const nameOf = await organisationOf(strapi).namesOfActors(rows);
      const noteIds = rows.flatMap(({ details }) =>
        typeof details?.note === 'string' ? details.note : []
      );
      const notes = (await strapi.db
        .query(USE_NOTES)
        .findMany({ where: { noteId: { $in: noteIds } } })) as Array<{
        noteId: string;
        text: string;
      }>;
      const texts = new Map(notes.map(({ noteId, text }) => [noteId, text]));
      return rows.map((row) => ({
        id: row.id,
        at: row.at,
        kind: row.action === 'use.note' ? 'note' : 'reveal',
        actor: {
          kind: row.actorKind,
          id: row.actorId,
          name: nameOf(row),
        },
        attributes: row.attributes ?? [],
        recordCount: row.recordIds?.length ?? 0,
        note: texts.get(String(row.details?.note)) ?? null,
      }));
    },

    /**
     * Adds what the request's records were used for. Only its requester may.
     * @throws NotFoundError for a request of somebody else, as for one that does not exist.
     */
    async note(documentId: string, text: string, now: Date = new Date()): Promise<void> {
      const person = await organisationOf(strapi).requireStaff();
      await inTransaction(strapi, async () => {
        const request = await find(documentId);
        if (request?.requester?.id !== person.id) {
          throw new errors.NotFoundError('There is no such request of yours.');
        }
        if (request.state !== 'approved') {
          throw new errors.ApplicationError(
            'Nothing could be used under this request, as it was not approved.'
          );
        }
        const noteId = randomUUID();
        await strapi.db.query(USE_NOTES).create({
          data: { noteId, requestId: documentId, staffId: person.id, text, at: now },
        });
        // The log names the note; its words are the requester's own and stay out of it.
        await auditOf(strapi).append({
          action: 'use.note',
          requestId: documentId,
          details: { note: noteId },
        });
      });
    },
  };
}

export type UsesService = ReturnType<typeof usesService>;

export const usesOf = (strapi: Core.Strapi) =>
  strapi.plugin('customer-governance').service('uses') as UsesService;
