import fc from 'fast-check';
import { certificateDigest, recordsDigest, type CertificateContent } from './certificate';

const content: CertificateContent = {
  number: 'DC-2030-00001',
  orderNumber: 'D-2030-00001',
  records: { customer: 2, contact: 3, consent: 1 },
  attributes: null,
  held: 0,
  takenOut: 0,
  consentProofs: 0,
  recordsDigest: 'ab',
  media: [
    { medium: 'sealed-data', method: 'key-destruction', confirmedBy: null, confirmedAt: null },
  ],
  proposedBy: 'Lin',
  proposedAt: '2030-06-01T08:00:00.000Z',
  submittedBy: 'Lin',
  submittedAt: '2030-06-02T08:00:00.000Z',
  approvers: ['Zhou'],
  approvedAt: '2030-06-03T08:00:00.000Z',
  executedBy: 'Qian',
  executorConfirmedAt: '2030-06-15T07:50:00.000Z',
  supervisedBy: 'Sun',
  supervisorConfirmedAt: '2030-06-15T07:55:00.000Z',
  executedAt: '2030-06-15T08:00:00.000Z',
  verification: {
    verifiedAt: '2030-06-15T08:00:00.000Z',
    searched: [{ place: 'tables', count: 6 }],
    fingerprints: 0,
    found: 0,
  },
};

describe('the digest of a certificate', () => {
  it('is a SHA-256 in hexadecimal', () => {
    expect(certificateDigest(content)).toMatch(/^[0-9a-f]{64}$/);
  });

  it('does not hang on the order in which the content is written down', () => {
    const { number, ...rest } = content;
    const { customer, ...counts } = content.records;
    expect(certificateDigest({ ...rest, records: { ...counts, customer }, number })).toBe(
      certificateDigest(content)
    );
  });

  it('changes with anything that the certificate says', () => {
    const changes: Array<Partial<CertificateContent>> = [
      { records: { ...content.records, customer: 3 } },
      { approvers: ['Zhou', 'Wu'] },
      { executedBy: 'Lin' },
      { held: 1 },
      { verification: { ...content.verification, fingerprints: 1 } },
    ];
    const digests = changes.map((change) => certificateDigest({ ...content, ...change }));
    expect(new Set([certificateDigest(content), ...digests]).size).toBe(changes.length + 1);
  });
});

describe('the digest of the destroyed records', () => {
  const record = fc.record({
    type: fc.constantFrom('customer', 'contact'),
    documentId: fc.stringMatching(/^[a-z0-9]{1,24}$/),
  });

  it('is that of the set, in whatever order the records come', () => {
    const lists = fc
      .array(record)
      .chain((records) =>
        fc.tuple(fc.constant(records), fc.shuffledSubarray(records, { minLength: records.length }))
      );
    fc.assert(
      fc.property(lists, ([records, shuffled]) => {
        expect(recordsDigest(shuffled)).toBe(recordsDigest(records));
      })
    );
  });

  it('differs when a record is missing', () => {
    const records = [
      { type: 'customer', documentId: 'a' },
      { type: 'contact', documentId: 'b' },
    ];
    expect(recordsDigest(records.slice(1))).not.toBe(recordsDigest(records));
  });
});
