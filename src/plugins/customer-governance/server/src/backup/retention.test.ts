import type { Sidecar } from './archive/manifest';
import { outdated } from './retention';

const NOW = new Date('2030-06-30T00:00:00Z');

const archive = (kind: 'full' | 'incremental', day: string): Sidecar =>
  ({
    manifest: { archive: `${kind}-${day}`, kind, createdAt: `2030-${day}T00:00:00Z` },
  }) as Sidecar;

describe('which archives may go', () => {
  it('takes a full one with those that hang on it, these first, once the youngest is old enough', () => {
    const whole = [
      archive('full', '05-01'),
      archive('incremental', '05-02'),
      archive('full', '06-20'),
    ];
    expect(outdated(whole, 30, NOW)).toEqual(['incremental-05-02', 'full-05-01']);
  });

  it('keeps an old full one on which a younger one hangs', () => {
    const whole = [
      archive('full', '05-01'),
      archive('incremental', '06-15'),
      archive('full', '06-20'),
    ];
    expect(outdated(whole, 30, NOW)).toEqual([]);
  });

  it('keeps the newest full one, however old it is', () => {
    expect(outdated([archive('full', '01-01')], 30, NOW)).toEqual([]);
  });
});
