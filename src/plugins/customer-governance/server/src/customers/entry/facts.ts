import { AsyncLocalStorage } from 'node:async_hooks';

const shared = new AsyncLocalStorage<Map<string, Promise<unknown>>>();

/**
 * Has the rules that run in `work` share what they look up: many entries that name the same plan read it once. Only for as
 * long as one batch takes, so that a plan which closes meanwhile is seen by the next one.
 */
export const sharingFacts = <T>(work: () => Promise<T>): Promise<T> => shared.run(new Map(), work);

/** What a rule has to know, looked up anew for an entry alone and once for a batch. @param key what it is about. */
export function fact<T>(key: string, load: () => Promise<T>): Promise<T> {
  const facts = shared.getStore();
  if (!facts) return load();
  let known = facts.get(key) as Promise<T> | undefined;
  if (!known) {
    known = load();
    facts.set(key, known);
  }
  return known;
}
