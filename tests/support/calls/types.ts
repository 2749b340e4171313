import type { BootedApp } from '../app';
import type { Company } from '../company';

/** Who calls: somebody with every right, or one of the company where the product asks who somebody is. */
export type CallerName =
  | 'root'
  | 'token'
  | 'user'
  | 'anonymous'
  | (keyof Company & string)
  | `api-${keyof Company & string}`
  | 'audit-lead'
  | 'audit-second';

/** A call that is in order, so that the server does what its route is there for. */
export interface WellFormedCall {
  /** As the server's own list has it: `POST /admin/roles`. */
  route: string;
  by?: CallerName;
  /** What stands in the place of the parameters of the path, in order. */
  path?: string[];
  body?: object;
  /** A file that is sent in a form instead of a body. */
  file?: string;
  /** A file that is the body. */
  content?: Buffer;
  query?: string;
  headers?: Record<string, string>;
}

export interface CallAnswer {
  status: number;
  body: Record<string, never>;
  text: string;
}

/** What the chapters of calls are made with. */
export interface Calls {
  app: BootedApp;
  company: Company;
  send(call: WellFormedCall): Promise<CallAnswer>;
}

/** What an answer is about. @throws when it is a refusal, so that nothing follows from it. */
export function dataOf(answer: CallAnswer): Record<string, never> & {
  id: number;
  documentId: string;
} {
  if (answer.status >= 400) throw new Error(answer.text);
  return (answer.body.data ?? answer.body) as never;
}

/** Calls in an order in which each finds what it is about. */
export type Chapter = () => Promise<void>;
