import type { Core } from '@strapi/strapi';
import { CONSENT } from '../consents/consents';
import { entryOf } from '../customers/entry/entry';
import { ATTACHMENT, type AttachmentRow } from './attachment';

/** The file that proves a consent is one of the same customer, and is there. */
export function addEvidenceRule(strapi: Core.Strapi): void {
  entryOf(strapi).addRule(CONSENT, async ({ data, stored, related, report }) => {
    const file = related.evidenceFile?.[0];
    if (!file || !data.evidenceFile) return;
    const row: AttachmentRow | null = await strapi.db.query(ATTACHMENT).findOne({
      where: { id: file.id },
      populate: { customer: { select: ['id'] } },
    });
    const before = stored?.customer as { id: number } | null | undefined;
    const customer = (data.customer ?? before?.id) as number | undefined;
    if (row?.customer?.id !== customer) {
      report('evidenceFile', 'is no file of this customer. Upload the evidence for the customer');
    } else if (row?.state !== 'stored') {
      report('evidenceFile', 'was removed. Upload the evidence again and choose that');
    }
  });
}
