import type { Readable } from 'node:stream';
import type { Core } from '@strapi/strapi';
import { errors } from '@strapi/utils';
import { filterFor, READ_ACTION } from '../access/abilities';
import { accessOf } from '../access/access';
import { basesFor, type Bases } from '../access/bases';
import { adminAbility, visibleToAsker } from '../access/visibility';
import { auditOf } from '../audit/audit';
import { PLUGIN } from '../domain';
import { policyOf } from '../policy';
import { CUSTOMER } from '../policy/attribute-path';
import {
  ATTACHMENT,
  attributeFor,
  attributeOf,
  type AttachmentRow,
  type ContentAttribute,
} from './attachment';
import { backedUpFiles } from './backup';
import { clamdAddress, clamdScan } from './clamd';
import { extensionOf } from './file-type';
import { createLooseFiles } from './loose-files';
import { createRemoval } from './removal';
import type { Scan } from './scanner';
import { FileMissing, filesConfig, storageOf, type FileStorage } from './storage';
import { createUpload, type NewAttachment, type UploadStep } from './upload';

/** A file that is on its way out. */
export interface Download {
  content: Readable;
  name: string;
  mime: string;
  size: number;
}

const NOT_HERE = 'No such record, or not one that you may read.';

/** Files of customers: sealed outside the database, taken in by upload and given out for a purpose alone. */
export function attachmentsService({ strapi }: { strapi: Core.Strapi }) {
  let opened: FileStorage | undefined;
  let scan: Scan | null = null;

  const storage = (): FileStorage => (opened ??= storageOf(strapi));
  const loose = createLooseFiles(strapi, storage);
  const upload = createUpload(strapi, { storage, loose, scan: () => scan });
  const removal = createRemoval(strapi, { storage, loose });

  const viewOf = (row: AttachmentRow, bases: ReadonlyMap<ContentAttribute, Bases>) => {
    const attribute = attributeOf(row);
    return {
      documentId: row.documentId,
      name: row.displayName,
      kind: row.kind,
      kindName: kindName(row.kind),
      date: row.date,
      mime: row.mime,
      extension: extensionOf(row.mime),
      size: row.size,
      state: row.state,
      attribute,
      uploadedAt: row.createdAt,
      uploadedBy: row.uploadedBy ? { name: row.uploadedBy.displayName } : null,
      removedAt: row.removedAt,
      removedBy: row.removedBy ? { name: row.removedBy.displayName } : null,
      removalReason: row.removalReason,
      ...(bases.get(attribute)?.get(row.documentId) ?? { reveal: null, purposes: null }),
    };
  };

  const kindName = (code: string) =>
    policyOf(strapi)
      .get()
      .attachments.kinds.find((kind) => kind.code === code)?.name ?? code;

  const rowOf = (documentId: string): Promise<AttachmentRow | null> =>
    strapi.db.query(ATTACHMENT).findOne({ where: { documentId } });

  /** The sealed file; one that the storage has lost is told apart from one that does not open. */
  const sealedFile = async (row: AttachmentRow): Promise<Readable> => {
    try {
      return await storage().get({ key: row.documentId, location: row.location });
    } catch (error) {
      if (!(error instanceof FileMissing)) throw error;
      throw new errors.ApplicationError(
        'The file of this attachment is not in the storage. Tell the administrator, who may have a backup.'
      );
    }
  };

  return {
    /** Opens storage and scanner as they are configured. @throws when they cannot be used so. */
    start(): void {
      opened = storageOf(strapi);
      const { scanner } = filesConfig(strapi);
      if (scanner) scan = clamdScan(clamdAddress(scanner));
    },

    /** Has every file looked at by `scanner` before it is taken in; what it throws refuses the file. */
    useScanner(scanner: Scan | null): void {
      scan = scanner;
    },

    subscribe: () => removal.subscribe(),

    /** The sealed files, as backups take them. */
    backedUpFiles: () => backedUpFiles(strapi, filesConfig(strapi), storage),

    /** Takes a file in for a customer. @returns the documentId of the attachment. */
    upload: (
      asked: NewAttachment,
      content: Readable,
      now: Date = new Date(),
      onStep?: (step: UploadStep) => void
    ): Promise<string> => upload.take(asked, content, now, onStep),

    /**
     * Gives a file out for a purpose, as a reveal of its content: by permission or grant, with its entry in the log before
     * the first byte. Should a later part not open, the stream fails there.
     * @throws NotFoundError, ForbiddenError, or ApplicationError when it was removed or does not open.
     */
    async download(documentId: string, purpose: string, now: Date = new Date()): Promise<Download> {
      if (!(await visibleToAsker(strapi, ATTACHMENT, [documentId])).has(documentId)) {
        throw new errors.NotFoundError(NOT_HERE);
      }
      const row = await rowOf(documentId);
      if (!row) throw new errors.NotFoundError(NOT_HERE);
      if (row.state === 'removed') {
        throw new errors.ApplicationError('This file was removed. Reload the page to see why.');
      }
      const content = await accessOf(strapi).revealFile(
        { type: ATTACHMENT, documentId, attribute: attributeOf(row), purpose },
        () => sealedFile(row),
        now
      );
      return {
        content,
        name: `${row.displayName}.${extensionOf(row.mime)}`,
        mime: row.mime,
        size: row.size,
      };
    },

    /** Removes the file of an attachment; its row stays and says so. */
    remove: (documentId: string, reason: string, now: Date = new Date()): Promise<void> =>
      removal.remove(documentId, reason, now),

    /** Removes files and keys that a crash left behind. @returns how many. */
    async sweep(now: Date): Promise<number> {
      const count = await loose.sweep(now);
      if (count > 0) {
        await auditOf(strapi).append({ action: 'attachment.sweep', details: { count } });
      }
      return count;
    },

    /**
     * A page of a customer's attachments that an admin user may read, newest first, each with the right to open it.
     * @throws NotFoundError for a customer whom the asker may not read.
     */
    async ofCustomer(customer: string, cursor: number | null, limit: number) {
      if (!(await visibleToAsker(strapi, CUSTOMER, [customer])).has(customer)) {
        throw new errors.NotFoundError(NOT_HERE);
      }
      const ability = adminAbility(strapi);
      const filter = ability ? filterFor(ability, READ_ACTION, ATTACHMENT) : null;
      if (!filter) return [];
      const before = cursor === null ? {} : { id: { $lt: cursor } };
      return (await strapi.db.query(ATTACHMENT).findMany({
        where: { $and: [{ customer: { documentId: customer } }, before, filter] },
        populate: {
          uploadedBy: { select: ['displayName'] },
          removedBy: { select: ['displayName'] },
        },
        orderBy: { id: 'desc' },
        limit,
      })) as AttachmentRow[];
    },

    /** What the panel shows of attachments. */
    async views(rows: readonly AttachmentRow[], now: Date = new Date()) {
      const bases = new Map<ContentAttribute, Bases>();
      for (const attribute of [attributeFor(false), attributeFor(true)]) {
        const ids = rows
          .filter((row) => row.state === 'stored' && attributeOf(row) === attribute)
          .map(({ documentId }) => documentId);
        bases.set(attribute, await basesFor(strapi, ATTACHMENT, ids, attribute, now));
      }
      return rows.map((row) => viewOf(row, bases));
    },

    /** One attachment as the panel shows it. */
    async view(documentId: string) {
      const row: AttachmentRow = await strapi.db.query(ATTACHMENT).findOne({
        where: { documentId },
        populate: {
          uploadedBy: { select: ['displayName'] },
          removedBy: { select: ['displayName'] },
        },
      });
      return (await this.views([row]))[0];
    },

    /** What the policy takes in. */
    options() {
      const { maxBytes, types, kinds } = policyOf(strapi).get().attachments;
      return {
        maxBytes,
        extensions: types.map(extensionOf),
        kinds: kinds.map(({ code, name, sensitive }) => ({
          code,
          name,
          attribute: attributeFor(sensitive),
        })),
      };
    },
  };
}

export type AttachmentsService = ReturnType<typeof attachmentsService>;

export const attachmentsOf = (strapi: Core.Strapi) =>
  strapi.plugin(PLUGIN).service('attachments') as AttachmentsService;
