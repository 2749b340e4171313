import type { Core } from '@strapi/strapi';
import { onceTransactionEnds } from './transaction';

function database(running: boolean) {
  const commits: Array<() => void> = [];
  const rollbacks: Array<() => void> = [];
  const strapi = {
    db: {
      inTransaction: () => running,
      transaction: (work: (callbacks: object) => Promise<void>) =>
        work({
          onCommit: (call: () => void) => commits.push(call),
          onRollback: (call: () => void) => rollbacks.push(call),
        }),
    },
    log: { error: jest.fn() },
  };
  return { strapi: strapi as unknown as Core.Strapi, commits, rollbacks, log: strapi.log };
}

describe('what is to outlive a refusal', () => {
  it('is written at once where no transaction runs', async () => {
    const work = jest.fn().mockResolvedValue(undefined);
    await onceTransactionEnds(database(false).strapi, work);
    expect(work).toHaveBeenCalledTimes(1);
  });

  it.each(['commits', 'rollbacks'] as const)(
    'waits in a transaction for its end: %s',
    async (end) => {
      const work = jest.fn().mockResolvedValue(undefined);
      const running = database(true);
      await onceTransactionEnds(running.strapi, work);
      expect(work).not.toHaveBeenCalled();
      running[end].forEach((call) => call());
      expect(work).toHaveBeenCalledTimes(1);
    }
  );

  it('tells the log when it could not be written', async () => {
    const running = database(true);
    await onceTransactionEnds(running.strapi, () => Promise.reject(new Error('full')));
    running.rollbacks.forEach((call) => call());
    await Promise.resolve();
    await Promise.resolve();
    expect(running.log.error).toHaveBeenCalledTimes(1);
  });
});
