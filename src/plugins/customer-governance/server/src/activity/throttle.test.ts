import { createThrottle } from './throttle';

describe('what comes again and again', () => {
  let time = 0;
  let written: Array<[string, number]>;
  let throttle: ReturnType<typeof createThrottle>;
  const knock = (key: string) =>
    throttle.note(key, async (attempts) => void written.push([key, attempts]));

  beforeEach(() => {
    time = 0;
    written = [];
    throttle = createThrottle(() => time);
  });

  it('is written once at once, and then counted for a minute', async () => {
    for (let at = 0; at < 5; at += 1) await knock('a');
    expect(written).toEqual([['a', 1]]);
    time = 59_999;
    await throttle.flush();
    expect(written).toEqual([['a', 1]]);
    time = 60_000;
    await throttle.flush();
    expect(written).toEqual([
      ['a', 1],
      ['a', 4],
    ]);
  });

  it('loses no count when the next comes before the minute was looked at', async () => {
    await knock('a');
    await knock('a');
    time = 90_000;
    await knock('a');
    expect(written.reduce((sum, [, attempts]) => sum + attempts, 0)).toBe(3);
  });

  it('writes what it has counted when the application stops, and nothing that did not happen', async () => {
    await knock('a');
    await knock('b');
    await knock('b');
    await throttle.flush(true);
    expect(written).toEqual([
      ['a', 1],
      ['b', 1],
      ['b', 1],
    ]);
  });

  it('is bounded, however many different ones there are, and counts every one', async () => {
    for (let at = 0; at < 5000; at += 1) await knock(`key ${at}`);
    expect(written).toHaveLength(1001);
    await throttle.flush(true);
    expect(written.reduce((sum, [, attempts]) => sum + attempts, 0)).toBe(5000);
  });

  it('is counted until it is written: a log that fails is told to the caller', async () => {
    const fails = () => throttle.note('a', () => Promise.reject(new Error('full')));
    await expect(fails()).rejects.toThrow('full');
  });
});
