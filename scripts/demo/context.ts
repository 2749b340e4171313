import type { Core } from '@strapi/strapi';

/** Tells how far a step is: `progress('Customers', 40, 200)`. */
export type Progress = (step: string, done: number, total: number) => void;

/** What every step of the seed is given. */
export interface Demo {
  strapi: Core.Strapi;
  now: Date;
  progress: Progress;
}

export interface Row {
  id: number;
  documentId: string;
}

type Data = Record<string, unknown>;

interface Documents {
  create(params: { data: Data }): Promise<Row>;
  update(params: { documentId: string; data: Data }): Promise<Row>;
}

/** The document service of a type: the way in on which all rules apply. */
export const documentsOf = (strapi: Core.Strapi, uid: string): Documents =>
  strapi.documents(uid as never) as unknown as Documents;

/** Does something with each item in turn, and tells of the progress now and then. */
export async function eachOf<T>(
  { progress }: Demo,
  step: string,
  items: readonly T[],
  work: (item: T) => Promise<unknown>
): Promise<void> {
  const every = 40;
  for (const [index, item] of items.entries()) {
    await work(item);
    const done = index + 1;
    if (done % every === 0 || done === items.length) progress(step, done, items.length);
  }
}
