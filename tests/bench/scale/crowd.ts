import type { Core } from '@strapi/strapi';
import { below, pick, type Random } from '../random';
import { UIDS } from '../types';

/** What there is of other people's, besides what the measured ones have themselves. */
export interface Crowd {
  grants: number;
  requests: number;
}

/** Whom and what the rows name. */
export interface Named {
  asker: number;
  approver: number;
  /** Other staff: they hold the grants, have asked for them, and decide. */
  others: number[];
  purpose: number;
  /** The customers that are revealed. */
  measured: string[];
  /** All customers. */
  records: string[];
}

type Row = Record<string, unknown>;
interface Request {
  holder: number;
  state: 'approved' | 'pending';
  records: string[];
  /** Who may fill each of the steps; the last one that is open is `at`. */
  steps: number[];
  at: number;
}

const BATCH = 400;
const DAY = 86_400_000;
/** Open requests that wait for the measured approver on either side. */
const OWN_REQUESTS = 30;
/** Staff who decide first. */
const HEADS = 50;
/** One grant in so many covers a customer that is revealed: they are popular. */
const POPULAR = 4;
/** One open request in so many waits for the measured approver, the others for somebody before. */
const UPSTAIRS = 5;

const ATTRIBUTES = JSON.stringify(['email', 'landline']);
const ACTIONS = JSON.stringify(['reveal']);

/**
 * What the measured have themselves, one grant and thirty requests that wait, and the crowd before and after it. Rows are
 * written straight into the tables: a hundred thousand walks through the approvals would take hours.
 */
export async function fillApprovals(
  strapi: Core.Strapi,
  random: Random,
  named: Named,
  crowd: Crowd
): Promise<void> {
  const heads = named.others.slice(0, HEADS);
  const two = () => [pick(random, heads), named.approver];
  const own = (index: number): Request => ({
    holder: pick(random, named.others),
    state: 'pending',
    records: [named.records[index] as string],
    steps: two(),
    at: 1,
  });
  const grant = (index: number): Request => ({
    holder: pick(random, named.others),
    state: 'approved',
    records: [pick(random, index % POPULAR === 0 ? named.measured : named.records)],
    steps: [pick(random, heads)],
    at: 1,
  });
  const open = (index: number): Request => ({
    holder: pick(random, named.others),
    state: 'pending',
    records: Array.from({ length: 1 + below(random, 5) }, () => pick(random, named.records)),
    steps: two(),
    at: index % UPSTAIRS === 0 ? 1 : 0,
  });
  const mine: Request = {
    holder: named.asker,
    state: 'approved',
    records: named.measured,
    steps: [named.approver],
    at: 1,
  };
  const many = (count: number, make: (index: number) => Request) =>
    Array.from({ length: count }, (_, index) => make(index));
  await write(strapi, named, many(crowd.grants, grant));
  await write(strapi, named, many(crowd.requests, open));
  await write(strapi, named, [mine, ...many(OWN_REQUESTS, own)]);
  const postgres = strapi.db.dialect.client === 'postgres';
  await strapi.db.connection.raw(postgres ? 'VACUUM ANALYZE' : 'PRAGMA wal_checkpoint(TRUNCATE)');
}

async function write(strapi: Core.Strapi, named: Named, requests: Request[]): Promise<void> {
  const table = (name: string) => strapi.db.connection(`governance_${name}`);
  const now = new Date();
  const common = { published_at: now, created_at: now, updated_at: now };
  const insert = async (name: string, rows: Row[]): Promise<void> => {
    for (let start = 0; start < rows.length; start += BATCH) {
      await table(name).insert(rows.slice(start, start + BATCH));
    }
  };
  const next = async (name: string): Promise<number> =>
    Number((await table(name).max({ last: 'id' }))[0]?.last ?? 0) + 1;
  const [firstRequest, firstGrant, firstStep] = [
    await next('access_requests'),
    await next('access_grants'),
    await next('approval_steps'),
  ];
  const idOf = (kind: string, id: number) => `${kind}${String(id).padStart(23, '0')}`;
  const asked: Row[] = [];
  const grants: Row[] = [];
  const scopes: Row[] = [];
  const steps: Row[] = [];
  const candidates: Row[] = [];
  for (const [index, request] of requests.entries()) {
    const id = firstRequest + index;
    const shared = {
      ...common,
      purpose_id: named.purpose,
      record_type: UIDS.governed,
      attributes: ATTRIBUTES,
      actions: ACTIONS,
    };
    asked.push({
      ...shared,
      document_id: idOf('r', id),
      records: JSON.stringify(request.records),
      term_days: 30,
      reason: 'Benchmark',
      state: request.state === 'pending' ? 'submitted' : request.state,
      recipient: 'self',
      requester_id: request.holder,
      submitted_at: now,
    });
    if (request.state === 'approved') {
      const grantId = firstGrant + grants.length;
      grants.push({
        ...shared,
        document_id: idOf('g', grantId),
        request_id: id,
        holder_id: request.holder,
        starts_at: new Date(now.getTime() - DAY),
        ends_at: new Date(now.getTime() + 30 * DAY),
        reveals: 0,
        state: 'active',
      });
      for (const record of request.records) {
        scopes.push({
          grant_id: grantId,
          holder_id: request.holder,
          record_type: UIDS.governed,
          document_id: record,
        });
      }
    }
    for (const [position, staff] of request.steps.entries()) {
      const decided = position < request.at || request.state === 'approved';
      candidates.push({ step_id: firstStep + steps.length, staff_id: staff });
      steps.push({
        kind: 'use',
        subject_id: idOf('r', id),
        round: 1,
        stage: position,
        position,
        role: position === 0 ? 'department-head' : 'leadership',
        state: decided ? 'approved' : position === request.at ? 'pending' : 'waiting',
        requester_id: request.holder,
        decided_by: decided ? staff : null,
        decided_at: decided ? now : null,
        due_at: position === request.at ? new Date(now.getTime() + DAY) : null,
      });
    }
  }
  await insert('access_requests', asked);
  await insert('access_grants', grants);
  await insert('grant_records', scopes);
  await insert('approval_steps', steps);
  await insert('approval_candidates', candidates);
}
