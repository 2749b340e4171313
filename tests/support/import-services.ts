import type { Readable } from 'node:stream';

/** The services of imports as programs use them that have no request. @typeParam Run what they look at of a run. */
export interface ImportServices<Run> {
  upload(content: Readable, person: object): Promise<string>;
  runs: { require(documentId: string): Promise<Run> };
  map(run: Run, mapping: object, person: object, ability: object): Promise<void>;
  check(run: Run): Promise<void>;
  start(run: Run, ability: object): Promise<void>;
  running: { settled(): Promise<void> };
}

export interface Actors {
  asAccount<T>(account: object, work: () => Promise<T>): Promise<T>;
}

/** The abilities of somebody who may do everything. */
export const EVERYTHING = { can: () => true };
