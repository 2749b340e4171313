import { clearanceGap, type Cleared } from './clearance';

const strict = { ndaRequired: true, trainingValidMonths: 6 };
const cleared: Cleared = {
  accessSuspended: false,
  ndaValidUntil: '2026-12-31',
  trainedOn: '2026-01-31',
};

describe('the clearance of a person', () => {
  it.each([
    ['has no gap while agreement and training stand', cleared, '2026-07-30', null],
    ['ends with the agreement, the last day with it', cleared, '2027-01-01', 'nda'],
    ['needs an agreement', { ...cleared, ndaValidUntil: null }, '2026-02-01', 'nda'],
    ['ends when the training is as old as its term', cleared, '2026-07-31', 'training'],
    ['needs a training', { ...cleared, trainedOn: null }, '2026-02-01', 'training'],
    [
      'takes no training in the future',
      { ...cleared, trainedOn: '2026-03-01' },
      '2026-02-01',
      'training',
    ],
    [
      'ends by hand before all else',
      { ...cleared, accessSuspended: true },
      '2026-02-01',
      'suspended',
    ],
    ['is nobody’s without a staff profile', null, '2026-02-01', 'nda'],
  ])('%s', (_what, person, today, gap) => {
    expect(clearanceGap(person, strict, today)).toBe(gap);
  });

  it('is asked of nobody where the policy does not ask it, but for a suspension', () => {
    const lax = { ndaRequired: false, trainingValidMonths: 0 };
    expect(clearanceGap(null, lax, '2026-02-01')).toBeNull();
    expect(clearanceGap({ ...cleared, accessSuspended: true }, lax, '2026-02-01')).toBe(
      'suspended'
    );
  });
});
