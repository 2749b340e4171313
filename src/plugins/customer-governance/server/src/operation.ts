import { AsyncLocalStorage } from 'node:async_hooks';

const storage = new AsyncLocalStorage<string>();

/**
 * Runs `work` as a governed operation: one of the product's own procedures, whose bulk writes and writes to managed
 * types (grants, orders, certificates, the log) are let through. Everything outside one is refused those.
 */
export function governedOperation<T>(name: string, work: () => Promise<T>): Promise<T> {
  return storage.run(name, work);
}

/** The name of the running governed operation, or `undefined` outside one. */
export function currentOperation(): string | undefined {
  return storage.getStore();
}
