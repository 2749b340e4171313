import type { Readable } from 'node:stream';
import type { Core } from '@strapi/strapi';
import { PLUGIN } from './uids';

/** What the seed uses of the plugin's services. */
interface Actors {
  asSystem<T>(name: string, work: () => Promise<T>): Promise<T>;
}
interface Staff {
  id: number;
}
interface Organisation {
  requireStaff(): Promise<Staff>;
}
interface Requests {
  submit(request: {
    type: string;
    records: string[];
    purpose: string;
    attributes: string[];
    termDays: number;
    reason: string;
  }): Promise<string>;
}
interface Changes {
  submit(
    proposal: {
      type: string;
      documentId: string;
      values: Record<string, string>;
      reason: string;
    },
    requester: Staff
  ): Promise<string>;
}
interface Approvals {
  inbox(
    person: Staff,
    state: 'pending' | 'decided',
    cursor: number | null,
    limit: number
  ): Promise<Array<{ id: number; subjectId: string }>>;
  decide(stepId: number, decision: 'approve' | 'reject', comment: string | null): Promise<unknown>;
}
interface Consents {
  withdraw(documentId: string, now: Date): Promise<unknown>;
}
interface Notices {
  publish(documentId: string, now: Date): Promise<boolean>;
}
interface Retention {
  propose(proposal: { customers: string[]; reason: string }, proposer: Staff): Promise<string>;
  review: { submit(orderDocumentId: string, submitter: Staff): Promise<void> };
  confirm(orderDocumentId: string, executor: Staff): Promise<void>;
  supervise(orderDocumentId: string, supervisor: Staff): Promise<void>;
  run(orderDocumentId: string): Promise<void>;
}

interface Acting {
  id: number;
  manages: boolean;
}
export interface NewFinding {
  severity: 'minor' | 'major' | 'critical';
  chapter: string;
  description: string;
  responsible: string;
  dueOn: string;
}
interface InternalAudits {
  audits: {
    plan(
      plan: {
        kind: 'scheduled' | 'special';
        title: string;
        reason: string | null;
        scope: { departments: string[]; types: string[]; chapters: string[] };
        periodFrom: string;
        periodTo: string;
        plannedOn: string;
        lead: string;
        auditors: string[];
      },
      plannedBy: Staff,
      now: Date
    ): Promise<string>;
    start(documentId: string, person: Acting, now: Date): Promise<void>;
    report(documentId: string, person: Acting, conclusion: string, now: Date): Promise<void>;
    close(documentId: string, person: Acting, now: Date): Promise<void>;
  };
  findings: {
    open(audit: string, finding: NewFinding, person: Acting, now: Date): Promise<string>;
    remediate(
      documentId: string,
      remediation: {
        remediation: string;
        evidence: Array<{ kind: string; reference: string }>;
      },
      person: Acting,
      now: Date
    ): Promise<void>;
    recheck(
      documentId: string,
      outcome: { passed: boolean; note: string },
      person: Acting,
      now: Date
    ): Promise<void>;
    close(documentId: string, person: Acting, now: Date): Promise<void>;
  };
}

interface Access {
  reveal(request: {
    type: string;
    documentIds: string[];
    attributes: string[];
    purpose: string;
  }): Promise<unknown>;
  lookup(request: { type: string; attribute: string; value: string }): Promise<string[]>;
}
interface Transparency {
  sequence(): Promise<unknown>;
}
interface Jobs {
  run(name: string, now: Date): Promise<boolean>;
}

interface Attachments {
  upload(
    file: { customer: string; kind: string; date: string },
    content: Readable,
    now: Date
  ): Promise<string>;
}

interface Filing {
  submit(customers: string[], submitter: Staff | null, now: Date): Promise<string[]>;
  decide(
    customer: string,
    decision: {
      decision: 'file' | 'return';
      checklist: Record<string, boolean>;
      reasons?: string;
    },
    reviewer: Staff,
    now: Date
  ): Promise<{ filingNumber: string | null }>;
}
export type VerificationOutcome = 'confirmed' | 'wrong' | 'unreachable';
interface Verified {
  customer: string;
  method: 'call' | 'e-mail' | 'document';
  results: Array<{ attribute: string; outcome: VerificationOutcome }>;
}
type StoredCustomer = Record<string, unknown> & { documentId: string };
interface Verification {
  facts: { filled(row: StoredCustomer): string[] };
  recording: {
    record(verified: Verified, by: Staff, now: Date): Promise<void>;
    callBack(verified: Verified, by: Staff, now: Date): Promise<void>;
  };
  tasks: {
    run(now: Date): Promise<number>;
    page(
      sight: object,
      owner: Staff | null,
      cursor: number | null,
      limit: number
    ): Promise<StoredCustomer[]>;
  };
  sampling: {
    draw(now: Date, lots: () => number): Promise<number>;
    page(
      sight: object,
      state: string,
      cursor: number | null,
      limit: number
    ): Promise<StoredCustomer[]>;
  };
}

interface Duplicates {
  acceptingDuplicates<T>(work: () => Promise<T>): Promise<T>;
}

interface Visit {
  customerId: string | null;
}
interface Register {
  visits: {
    register(
      entry: Record<string, unknown>,
      clerk: Staff,
      clientKey: string | null,
      body: unknown,
      now: Date
    ): Promise<Visit>;
    settle(visit: Visit, decision: { decision: 'accept' }, now: Date): Promise<void>;
  };
  leads: { lapse(now: Date): Promise<number> };
  disputes: { raise(customer: string, reason: string, by: Staff, now: Date): Promise<string> };
}

interface Services {
  verification: Verification;
  attachments: Attachments;
  access: Access;
  transparency: Transparency;
  jobs: Jobs;
  actor: Actors;
  organisation: Organisation;
  requests: Requests;
  changes: Changes;
  approvals: Approvals;
  consents: Consents;
  notices: Notices;
  retention: Retention;
  'internal-audits': InternalAudits;
  filing: Filing;
  register: Register;
  duplicates: Duplicates;
}

export const serviceOf = <Name extends keyof Services>(strapi: Core.Strapi, name: Name) =>
  strapi.plugin(PLUGIN).service(name) as Services[Name];

/** Runs `work` as the demo's own system actor, whose name then stands in the log. */
export const asSeed = <T>(strapi: Core.Strapi, work: () => Promise<T>): Promise<T> =>
  serviceOf(strapi, 'actor').asSystem('demo-seed', work);

/**
 * Runs `work` as a panel user: in a request with this user and the permissions of their roles, so that the services ask
 * the same of the demo as of a person in the panel.
 */
export async function asUser<T>(
  strapi: Core.Strapi,
  email: string,
  work: () => Promise<T>
): Promise<T> {
  const user = await strapi.db
    .query('admin::user')
    .findOne({ where: { email }, populate: ['roles'] });
  const ability = await strapi.service('admin::permission').engine.generateUserAbility(user);
  const state = {
    user,
    userAbility: ability,
    isAuthenticatedAdmin: true,
    auth: { strategy: { name: 'admin' }, credentials: user, ability },
  };
  const request = { state, path: '/', method: 'POST', params: {}, query: {}, request: {} };
  return strapi.requestContext.run(request as never, work as never) as unknown as Promise<T>;
}
