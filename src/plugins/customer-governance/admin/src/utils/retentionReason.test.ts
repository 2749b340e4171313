import { readRetentionReason } from './retentionReason';

describe('the reason of a due date', () => {
  it('is read from what the server writes', () => {
    expect(readRetentionReason('silent-ordinary:at-most:24:last-contact:2024-08-15')).toEqual({
      why: 'atMost',
      rule: 'silent-ordinary',
      months: 24,
      event: 'last-contact',
      day: '2024-08-15',
    });
    expect(
      readRetentionReason('contract-records:at-least:36:relation-ended:2022-11-06')
    ).toMatchObject({ why: 'atLeast', event: 'relation-ended' });
    expect(readRetentionReason('contract-records:at-least:36:relation-ended:')).toEqual({
      why: 'notYet',
      rule: 'contract-records',
      months: 36,
      event: 'relation-ended',
    });
    expect(readRetentionReason('gone:at-most:0:consent-withdrawn:2026-10-03')).toMatchObject({
      why: 'atOnce',
      day: '2026-10-03',
    });
    expect(readRetentionReason('none')).toEqual({ why: 'none' });
  });

  it('is left as it stands where it is none of these', () => {
    expect(readRetentionReason('Kept until the arbitration is over')).toBeNull();
    expect(readRetentionReason('rule:at-most:24:first-invoice:2024-08-15')).toBeNull();
  });
});
