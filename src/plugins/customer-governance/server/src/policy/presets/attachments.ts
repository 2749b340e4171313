import type { AttachmentPolicy } from '../policy';

/** What customers hand in: papers, scans and photographs; no archives and no old office files, which may hold macros. */
export const attachments: AttachmentPolicy = {
  maxBytes: 20 * 1024 * 1024,
  types: [
    'application/pdf',
    'image/jpeg',
    'image/png',
    'image/heic',
    'image/tiff',
    'application/ofd',
    'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
    'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  ],
  kinds: [
    { code: 'contract', name: { en: 'Contract', zh: '合同' }, sensitive: false },
    {
      code: 'consent-evidence',
      name: { en: 'Evidence of consent', zh: '同意凭证' },
      sensitive: false,
    },
    { code: 'correspondence', name: { en: 'Correspondence', zh: '往来函件' }, sensitive: false },
    { code: 'id-document', name: { en: 'Identity document', zh: '身份证件' }, sensitive: true },
    // Nobody knows what it is, and so it is handled with the greater care.
    { code: 'other', name: { en: 'Other', zh: '其他' }, sensitive: true },
  ],
};
