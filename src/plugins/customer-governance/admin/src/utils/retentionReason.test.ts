import { readRetentionReason } from './retentionReason';

describe('the reason of a due date', () => {
  it('is read from what the server writes', () => {
    expect(readRetentionReason('silent-ordinary:at-most:24:last-contact:2024-08-15')).toEqual({
      rule: 'silent-ordinary',
      bound: 'at-most',
      months: 24,
      event: 'last-contact',
      eventOn: '2024-08-15',
    });
    expect(
      readRetentionReason('contract-records:at-least:36:relation-ended:2022-11-06')
    ).toMatchObject({ bound: 'at-least', event: 'relation-ended' });
  });

  it('may wait for an event that has not come', () => {
    expect(readRetentionReason('contract-records:at-least:36:relation-ended:')).toMatchObject({
      rule: 'contract-records',
      eventOn: null,
    });
  });

  it('is left as it stands where it is none of these', () => {
    expect(readRetentionReason('none')).toBeNull();
    expect(readRetentionReason('Kept until the arbitration is over')).toBeNull();
    expect(readRetentionReason('rule:at-most:24:first-invoice:2024-08-15')).toBeNull();
  });
});
