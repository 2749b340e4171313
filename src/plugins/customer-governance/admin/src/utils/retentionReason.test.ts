import { readRetentionReason } from './retentionReason';

describe('the reason of a due date', () => {
  it('is read from each sentence that the server writes', () => {
    expect(
      readRetentionReason('silent-ordinary: at most 24 months after the last contact on 2024-08-15')
    ).toEqual({
      why: 'atMost',
      rule: 'silent-ordinary',
      months: 24,
      event: 'last-contact',
      day: '2024-08-15',
    });
    expect(
      readRetentionReason(
        'contract-records: at least 36 months after the end of the relation on 2022-11-06'
      )
    ).toMatchObject({ why: 'atLeast', event: 'relation-ended' });
    expect(readRetentionReason('new: at most 1 months after creation on 2024-08-15')).toMatchObject(
      { event: 'created', months: 1 }
    );
    expect(
      readRetentionReason(
        'contract-records: kept for at least 36 months after the end of the relation, which has not come'
      )
    ).toEqual({
      why: 'notYet',
      rule: 'contract-records',
      months: 36,
      event: 'relation-ended',
    });
    expect(readRetentionReason('Consent withdrawn on 2026-10-03')).toEqual({
      why: 'withdrawn',
      day: '2026-10-03',
    });
    expect(readRetentionReason('No retention rule sets a day for this record')).toEqual({
      why: 'none',
    });
  });

  it('is left as it stands where it is none of these', () => {
    expect(readRetentionReason('Kept until the arbitration is over')).toBeNull();
    expect(
      readRetentionReason('rule: at most 24 months after the first invoice on 2024-08-15')
    ).toBeNull();
  });
});
