import { readCommand } from './commands.mjs';

describe('the governance commands', () => {
  it('tell all that there are when none is called that exists', () => {
    for (const name of [undefined, 'audit', 'toString']) {
      expect(() => readCommand([name])).toThrow(/audit:verify \[--witness DIR\] \[--bundle DIR\]/);
    }
  });

  it('tell how one is called that was called otherwise', () => {
    expect(() => readCommand(['audit:export'])).toThrow('audit:export DIR');
    expect(() => readCommand(['audit:keys', 'more'])).toThrow('audit:keys');
    expect(() => readCommand(['audit:prune', '--after', '2026-01-01'])).toThrow('[--before DATE]');
  });

  it('need no application to verify an export', () => {
    expect(readCommand(['audit:verify', '--bundle', 'export']).alone).toBe(true);
    expect(readCommand(['audit:verify']).alone).toBe(false);
  });

  it('get what they were given', async () => {
    const pruned: Date[] = [];
    const log = {
      keptSince: () => new Date('2026-01-01'),
      prune: async (before: Date) => pruned.push(before) - 1,
    };
    const say = jest.spyOn(console, 'log').mockReturnValue(undefined);
    await readCommand(['audit:prune', '--before', '2025-06-30']).run(() => log);
    expect(pruned).toEqual([new Date('2025-06-30')]);
    await expect(
      readCommand(['audit:prune', '--before', '2026-02-01']).run(() => log)
    ).rejects.toThrow('audit.keepMonths');
    await expect(readCommand(['audit:prune', '--before', 'soon']).run(() => log)).rejects.toThrow(
      '--before takes a day'
    );
    say.mockRestore();
  });
});
