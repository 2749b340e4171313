import fc from 'fast-check';
import { certificateDigest, recordsDigest, type CertificateContent } from './certificate';

const content: CertificateContent = {
  number: 'DC-2030-00001',
  orderNumber: 'D-2030-00001',
  method: 'sealed-data',
  count: 2,
  proposedBy: 'Lin',
  approvers: ['Zhou'],
  executedBy: 'Qian',
  executedAt: '2030-06-15T08:00:00.000Z',
  summary: { customers: 2, contacts: 3, consents: 1, holds: 0, held: 0, recordsDigest: 'ab' },
};

describe('the digest of a certificate', () => {
  it('is a SHA-256 in hexadecimal', () => {
    expect(certificateDigest(content)).toMatch(/^[0-9a-f]{64}$/);
  });

  it('does not hang on the order in which the content is written down', () => {
    const { number, ...rest } = content;
    const { customers, ...counts } = content.summary;
    expect(certificateDigest({ ...rest, summary: { ...counts, customers }, number })).toBe(
      certificateDigest(content)
    );
  });

  it('changes with anything that the certificate says', () => {
    const changes: Array<Partial<CertificateContent>> = [
      { count: 3 },
      { approvers: ['Zhou', 'Wu'] },
      { executedBy: 'Lin' },
      { summary: { ...content.summary, held: 1 } },
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
