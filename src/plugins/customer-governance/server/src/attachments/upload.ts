import { pipeline, type Readable } from 'node:stream';
import type { Core } from '@strapi/strapi';
import { errors } from '@strapi/utils';
import { visibleToAsker } from '../access/visibility';
import { auditOf } from '../audit/audit';
import { zoneOf } from '../calendar/zone';
import { inTransaction, lockRow } from '../database';
import { governedOperation } from '../operation';
import { actorOf } from '../organisation/actor';
import { organisationOf } from '../organisation/organisation';
import { policyOf } from '../policy';
import { CUSTOMER } from '../policy/attribute-path';
import { invalid } from '../refusal';
import { vaultOf } from '../vault/vault';
import { ATTACHMENT, attributeFor, nameOf, type ContentAttribute } from './attachment';
import { digesting, measuring, type Measured } from './intake';
import type { LooseFiles } from './loose-files';
import { Refused } from './refused';
import { scanning, type Scan } from './scanner';
import type { FileStorage } from './storage';

export interface NewAttachment {
  /** documentId. */
  customer: string;
  kind: string;
  /** Of the paper, not of the upload; today when left out. */
  date?: string;
}

/** Where an upload stands. Each step is done for good before the next begins. */
export type UploadStep = 'noted' | 'key-made' | 'file-stored' | 'row-written';

interface Parts {
  storage: () => FileStorage;
  loose: LooseFiles;
  scan: () => Scan | null;
}

interface Customer {
  id: number;
  documentId: string;
  filingNumber?: string | null;
}

interface Sealed extends Measured {
  sealedDigest: string;
  location: string | null;
}

/**
 * Taking files in. Content flows from the request through measuring, scanning and sealing into the storage: nothing of it
 * is kept in clear, neither in memory beyond a chunk nor on disk. The key comes first, then the file, then the row.
 */
export function createUpload(strapi: Core.Strapi, { storage, loose, scan }: Parts) {
  const newDocumentId = (): string =>
    (
      strapi.db.metadata.get(ATTACHMENT).attributes.documentId as { default: () => string }
    ).default();

  const customerInSight = async (documentId: string): Promise<Customer> => {
    const visible = await visibleToAsker(strapi, CUSTOMER, [documentId]);
    if (!visible.has(documentId)) {
      throw new errors.NotFoundError('No such record, or not one that you may read.');
    }
    return strapi.db.query(CUSTOMER).findOne({
      select: ['id', 'documentId', 'filingNumber'],
      where: { documentId },
    });
  };

  const store = async (
    documentId: string,
    attribute: ContentAttribute,
    content: Readable
  ): Promise<Sealed> => {
    const { through, measured } = measuring(policyOf(strapi).get().attachments);
    const sealing = await vaultOf(strapi).files.seal(ATTACHMENT, documentId, attribute);
    const digest = digesting();
    const looked = scan();
    const stages = [through, ...(looked ? [scanning(looked)] : []), sealing, digest.through];
    let failure: unknown;
    pipeline([content, ...stages], (error) => (failure = error));
    try {
      const location = await storage().put(documentId, digest.through);
      return { ...measured(), sealedDigest: digest.digest(), location };
    } catch (error) {
      // A storage may say only that what it was given broke off.
      throw failure instanceof Refused ? failure : error;
    }
  };

  const write = (
    documentId: string,
    customer: Customer,
    { kind, date }: Required<NewAttachment>,
    attribute: ContentAttribute,
    sealed: Sealed
  ) =>
    governedOperation('attachment.upload', () =>
      inTransaction(strapi, async () => {
        // Whoever destroys the customer waits for this, or is through already.
        await lockRow(strapi, CUSTOMER, customer.id);
        if ((await strapi.db.query(CUSTOMER).count({ where: { id: customer.id } })) === 0) {
          throw new errors.NotFoundError('The customer is gone meanwhile.');
        }
        const staff = await organisationOf(strapi).staffOf(actorOf(strapi).identity());
        await strapi.db.query(ATTACHMENT).create({
          data: {
            documentId,
            customer: customer.id,
            displayName: nameOf(date, customer, kind),
            kind,
            date,
            // What the vault keeps of it: by this the opened file can be told to be the one that came in.
            [attribute]: sealed.digest,
            mime: sealed.type,
            size: sealed.bytes,
            digest: sealed.sealedDigest,
            location: sealed.location,
            state: 'stored',
            uploadedBy: staff?.id ?? null,
          },
        });
        await loose.forget(documentId);
        await auditOf(strapi).append({
          action: 'attachment.upload',
          recordType: CUSTOMER,
          recordIds: [customer.documentId],
          details: { attachment: documentId, kind, bytes: sealed.bytes },
        });
      })
    );

  const refused = async (customer: Customer, { reason, told }: Refused): Promise<never> => {
    await auditOf(strapi).refused({
      action: 'attachment.upload',
      recordType: CUSTOMER,
      recordIds: [customer.documentId],
      details: { reason },
    });
    throw told;
  };

  return {
    /**
     * Takes a file in for a customer in sight of whoever asks.
     * @param content read to its end, or let go where the file is refused.
     * @param onStep told of each step; what it throws stops the upload there, as a crash would.
     * @returns the documentId of the attachment.
     * @throws ValidationError, PayloadTooLargeError or ApplicationError when the file is refused; nothing of it is left.
     */
    async take(
      asked: NewAttachment,
      content: Readable,
      now: Date,
      onStep: (step: UploadStep) => void = () => undefined
    ): Promise<string> {
      const customer = await customerInSight(asked.customer);
      const { attachments, calendar } = policyOf(strapi).get();
      const kind = attachments.kinds.find(({ code }) => code === asked.kind);
      if (!kind) {
        const codes = attachments.kinds.map(({ code }) => code).join(', ');
        throw invalid('kind', `must be one of ${codes}`);
      }
      const date = asked.date ?? zoneOf(calendar.timezone).dayAt(now);
      const attribute = attributeFor(kind.sensitive);
      const documentId = newDocumentId();
      let crashed = false;
      const step = (done: UploadStep) => {
        crashed = true;
        onStep(done);
        crashed = false;
      };
      await loose.note(documentId, now);
      try {
        step('noted');
        await vaultOf(strapi).files.prepare(ATTACHMENT, documentId);
        step('key-made');
        const sealed = await store(documentId, attribute, content);
        step('file-stored');
        await write(documentId, customer, { ...asked, date }, attribute, sealed);
        step('row-written');
        return documentId;
      } catch (error) {
        if (crashed) throw error;
        await loose.remove(documentId);
        return error instanceof Refused ? await refused(customer, error) : Promise.reject(error);
      } finally {
        vaultOf(strapi).files.release(ATTACHMENT, documentId);
      }
    },
  };
}

export type Upload = ReturnType<typeof createUpload>;
