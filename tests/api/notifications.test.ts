import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { bootApp, type BootedApp } from '../support/app';
import {
  createCaller,
  createCompany,
  CUSTOMER,
  type Answer,
  type Company,
  type Person,
} from '../support/company';
import { createHome, type Home } from '../support/home';

const PANEL = '/customer-governance';
const STAFF = 'plugin::customer-governance.staff-profile';
const GRANT = 'plugin::customer-governance.access-grant';
const NOTIFICATION = 'plugin::customer-governance.notification';
const REASON = 'Signing the contract with Mr Wang';
const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** Longer than any deadline of the presets, public holidays included. */
const LATER = 30 * DAY;

interface Told {
  id: number;
  event: string;
  kind: string;
  requestId: string;
  requester: { name: string } | null;
  mine: boolean;
  readAt: string | null;
}
interface Step {
  id: number;
  dueAt: string;
}
interface Request {
  documentId: string;
  steps: Step[];
}
interface Heard {
  event: string;
  payload: Record<string, unknown>;
}
interface Mail {
  to: string;
  subject: string;
  text: string;
}

const service = <Service>(app: BootedApp, name: string) =>
  app.strapi.plugin('customer-governance').service(name) as Service;
const approvals = (app: BootedApp) =>
  service<{
    remind(now: Date): Promise<number>;
    enforceDeadlines(now: Date): Promise<unknown>;
  }>(app, 'approvals');
const mails = (app: BootedApp) =>
  service<{ send(now: Date): Promise<number> }>(app, 'notification-mails');
const notifications = (app: BootedApp) =>
  service<{ prune(now: Date): Promise<number> }>(app, 'notifications');

/** A wish for a sensitive attribute: the head decides, then leadership. */
const wish = (record: { documentId: string }) => ({
  type: CUSTOMER,
  records: [record.documentId],
  purpose: 'identity-verification',
  attributes: ['residentId'],
  termDays: 7,
  reason: REASON,
});
/** Each with another scope: the same is asked for once. */
const OTHERS = [[], ['passport'], ['birthDate'], ['passport', 'birthDate'], ['address']];
let submitted = 0;

async function submit(
  person: Person,
  record: { documentId: string },
  more: object = {}
): Promise<Request> {
  const { status, body, text } = await person.post(`${PANEL}/access-requests`, {
    ...wish(record),
    attributes: ['residentId', ...(OTHERS[(submitted += 1) % OTHERS.length] ?? [])],
    ...more,
  });
  if (status !== 201) throw new Error(text);
  return body as unknown as Request;
}
const told = async (person: Person, query = ''): Promise<Told[]> =>
  (await person.get(`${PANEL}/notifications${query}`)).body.items;
/** What a person is told of a request and has not read, oldest first. */
const unread = async (person: Person, { documentId }: Request): Promise<string[]> =>
  (await told(person, '?unread=true&limit=100'))
    .filter(({ requestId }) => requestId === documentId)
    .map(({ event }) => event)
    .reverse();
const counts = async (person: Person) => (await person.get(`${PANEL}/notifications/counts`)).body;
const decide = (person: Person, { id }: Step, decision = 'approve'): Promise<Answer> =>
  person.post(`${PANEL}/approvals/${id}/decide`, { decision, comment: 'Seen' });

/** Takes the place of the mail provider, which stands outside of the application. */
function postBox(app: BootedApp): { sent: Mail[]; refuse: Error | null } {
  const box: { sent: Mail[]; refuse: Error | null } = { sent: [], refuse: null };
  (app.strapi.plugin('email') as unknown as { provider: unknown }).provider = {
    send: (mail: Mail) => {
      if (box.refuse) return Promise.reject(box.refuse);
      box.sent.push(mail);
      return Promise.resolve();
    },
  };
  return box;
}

describe('notifications', () => {
  let app: BootedApp;
  let company: Company;
  let mine: { id: number; documentId: string };

  beforeEach(async () => {
    mine = await company.customer(company.rep);
  });
  let heard: Heard[];
  let box: ReturnType<typeof postBox>;

  const events = ({ documentId }: Request) =>
    heard
      .filter(({ payload }) => payload.requestId === documentId)
      .map(({ event }) => event.replace('governance.request.', ''));

  /** A request that was approved. */
  const granted = async (record = mine, more: object = {}): Promise<Request> => {
    const request = await submit(company.rep, record, more);
    await decide(company.head, request.steps[0]);
    await decide(company.secondLeader, request.steps[1]);
    return request;
  };

  beforeAll(async () => {
    app = await bootApp();
    company = await createCompany(app);
    await app.strapi.db
      .query(STAFF)
      .update({ where: { id: company.head.staffId }, data: { superior: company.leader.staffId } });
    box = postBox(app);
    heard = [];
    app.strapi.eventHub.subscribe((event: string, payload: Record<string, unknown>) => {
      if (event.startsWith('governance.')) heard.push({ event, payload });
      return Promise.resolve();
    });
  });
  afterAll(() => app.close());

  it('tell those who may decide the open step, and nobody else', async () => {
    const request = await submit(company.rep, mine);
    expect(await unread(company.head, request)).toEqual(['step-pending']);
    expect(await unread(company.leader, request)).toEqual([]);
    expect(await unread(company.rep, request)).toEqual([]);
    const [first] = await told(company.head);
    expect(first).toMatchObject({ kind: 'use', requester: { name: 'rep' }, mine: false });
  });

  it('follow a request from step to step, and tell the requester of its end', async () => {
    const request = await submit(company.rep, mine);
    const [head, leadership] = request.steps;
    expect((await decide(company.head, head)).status).toBe(200);
    expect(await unread(company.head, request)).toEqual([]);
    expect(await unread(company.leader, request)).toEqual(['step-pending']);
    expect(await unread(company.secondLeader, request)).toEqual(['step-pending']);
    expect((await decide(company.leader, leadership)).status).toBe(200);
    expect(await unread(company.secondLeader, request)).toEqual([]);
    expect(await unread(company.rep, request)).toEqual(['approved']);
    const [last] = await told(company.rep);
    expect(last).toMatchObject({ event: 'approved', mine: true });
    expect(events(request)).toEqual(['submitted', 'step-pending', 'step-pending', 'approved']);
  });

  it('tell the requester of a rejection', async () => {
    const request = await submit(company.rep, mine);
    await decide(company.head, request.steps[0], 'reject');
    expect(await unread(company.rep, request)).toEqual(['rejected']);
    expect(events(request)).toEqual(['submitted', 'step-pending', 'rejected']);
  });

  it('tell the requester of what was sent back, and those who decide when it comes again', async () => {
    const request = await submit(company.rep, mine);
    await decide(company.head, request.steps[0], 'return');
    expect(await unread(company.rep, request)).toEqual(['returned']);
    expect(await unread(company.head, request)).toEqual([]);
    await company.rep.put(`${PANEL}/access-requests/${request.documentId}`, wish(mine));
    expect(await unread(company.head, request)).toEqual(['step-pending']);
    expect(events(request)).toEqual([
      'submitted',
      'step-pending',
      'returned',
      'submitted',
      'step-pending',
    ]);
  });

  it('say nothing of a draft', async () => {
    const draft = await submit(company.rep, mine, { draft: true });
    await company.rep.post(`${PANEL}/access-requests/${draft.documentId}/withdraw`);
    expect(events(draft)).toEqual([]);
    expect(await unread(company.head, draft)).toEqual([]);
  });

  it('call nobody to a request that was taken back', async () => {
    const request = await submit(company.rep, mine);
    await company.rep.post(`${PANEL}/access-requests/${request.documentId}/withdraw`);
    expect(await unread(company.head, request)).toEqual([]);
    expect(events(request)).toEqual(['submitted', 'step-pending', 'withdrawn']);
  });

  it('tell the holder what becomes of a grant', async () => {
    const request = await granted();
    const { documentId } = await app.strapi.db
      .query(GRANT)
      .findOne({ where: { request: { documentId: request.documentId } } });
    for (const change of ['suspend', 'resume', 'revoke']) {
      const path = `${PANEL}/access-grants/${documentId}/${change}`;
      const body = change === 'resume' ? {} : { reason: 'No need for now' };
      expect((await company.head.post(path, body)).status).toBe(200);
    }
    const changes = ['grant-suspended', 'grant-resumed', 'grant-revoked'];
    expect(await unread(company.rep, request)).toEqual(['approved', ...changes]);
    expect(events(request).slice(-3)).toEqual(changes);
  });

  it('tell the holder that a grant was used up', async () => {
    const record = await company.customer(company.rep, { mobile: '13800138001' });
    await company.consent(record.id, 'identity-verification', 'sensitive');
    const request = await granted(record, { revealLimit: 1 });
    const { status } = await company.rep.post(`${PANEL}/reveal`, {
      type: CUSTOMER,
      documentIds: [record.documentId],
      attributes: ['residentId'],
      purpose: 'identity-verification',
    });
    expect(status).toBe(200);
    expect(await unread(company.rep, request)).toEqual(['approved', 'grant-ended']);
  });

  it('remind of a step that is due soon: once, and not before the time', async () => {
    const request = await submit(company.rep, mine);
    const anHourBefore = new Date(Date.parse(request.steps[0].dueAt) - HOUR);
    await approvals(app).remind(new Date());
    expect(await unread(company.head, request)).toEqual(['step-pending']);
    await Promise.all([approvals(app).remind(anHourBefore), approvals(app).remind(anHourBefore)]);
    await approvals(app).remind(anHourBefore);
    expect(await unread(company.head, request)).toEqual(['step-pending', 'reminder']);
    const entries = await app.strapi.db.query('plugin::customer-governance.audit-entry').count({
      where: { action: 'request.remind', requestId: request.documentId },
    });
    expect(entries).toBe(1);
    await decide(company.head, request.steps[0], 'reject');
    expect(await unread(company.head, request)).toEqual([]);
  });

  it('tell the next superior of what was escalated, and the requester when it expired', async () => {
    const request = await submit(company.rep, mine);
    await approvals(app).enforceDeadlines(new Date(Date.now() + LATER));
    expect(await unread(company.leader, request)).toEqual(['escalated']);
    await approvals(app).enforceDeadlines(new Date(Date.now() + 2 * LATER));
    expect(await unread(company.leader, request)).toEqual([]);
    expect(await unread(company.rep, request)).toEqual(['expired']);
    expect(events(request)).toEqual(['submitted', 'step-pending', 'escalated', 'expired']);
  });

  it('tell nothing of a decision that was rolled back', async () => {
    const request = await submit(company.rep, mine);
    await decide(company.head, request.steps[0]);
    const before = events(request);
    const log = jest.spyOn(app.strapi.log, 'error').mockReturnValue(app.strapi.log);
    const off = app.strapi.db.lifecycles.subscribe({
      models: [GRANT],
      beforeCreate: () => {
        throw new Error('The disk is full');
      },
    });
    expect((await decide(company.leader, request.steps[1])).status).toBe(500);
    off();
    log.mockRestore();
    expect(events(request)).toEqual(before);
    expect(await unread(company.rep, request)).toEqual([]);
    expect(await unread(company.secondLeader, request)).toEqual(['step-pending']);
  });

  it('do not let a listener that fails undo what it is told of', async () => {
    const log = jest.spyOn(app.strapi.log, 'error').mockReturnValue(app.strapi.log);
    const off = app.strapi.eventHub.on('governance.request.submitted', () =>
      Promise.reject(new TypeError(REASON))
    );
    const request = await submit(company.rep, mine);
    off();
    expect(await unread(company.head, request)).toEqual(['step-pending']);
    expect(log.mock.calls.join()).toContain('governance.request.submitted failed: TypeError');
    expect(log.mock.calls.join()).not.toContain(REASON);
    log.mockRestore();
  });

  it('carry ids and kinds to listeners, and nothing of the record, the reason or any person', async () => {
    const request = await submit(company.rep, mine);
    const [submitted, pending] = heard.slice(-2).map(({ payload }) => payload);
    const head = await app.strapi.db.query(STAFF).findOne({ where: { id: company.head.staffId } });
    expect(submitted).toEqual({ requestId: request.documentId, kind: 'use', staff: [] });
    expect(pending).toEqual({
      requestId: request.documentId,
      kind: 'use',
      stepId: request.steps[0].id,
      staff: [head.documentId],
    });
    const keys = new Set(heard.flatMap(({ payload }) => Object.keys(payload)));
    expect([...keys].sort()).toEqual(['kind', 'requestId', 'staff', 'stepId']);
  });

  it('reach a webhook that is set on them', async () => {
    const received: Array<{ event: string; header: unknown; body: Record<string, unknown> }> = [];
    let arrived: () => void = () => undefined;
    const both = new Promise<void>((resolve) => {
      arrived = () => received.length === 2 && resolve();
    });
    const server = http.createServer((incoming, response) => {
      let text = '';
      incoming.on('data', (part) => (text += part));
      incoming.on('end', () => {
        const body = JSON.parse(text) as Record<string, unknown> & { event: string };
        received.push({ event: body.event, header: incoming.headers['x-strapi-event'], body });
        response.end();
        arrived();
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const keeper = await createCaller(app, 'webhooks', [
      { action: 'admin::webhooks.create' },
      { action: 'admin::webhooks.delete' },
    ]);
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`;
    const hook = (events: string[]) =>
      keeper.post('/admin/webhooks', { name: 'requests', url, headers: {}, events });
    expect((await hook(['governance.request.unheard-of'])).status).toBe(400);
    const made = await hook(['governance.request.submitted', 'governance.request.step-pending']);
    expect(made.status).toBe(201);
    const request = await submit(company.rep, mine);
    await both;
    await keeper.delete(`/admin/webhooks/${(made.body.data as { id: string }).id}`);
    server.close();
    expect(received.map(({ event }) => event).sort()).toEqual([
      'governance.request.step-pending',
      'governance.request.submitted',
    ]);
    for (const { event, header, body } of received) {
      expect(header).toBe(event);
      expect(body.requestId).toBe(request.documentId);
      const known = ['createdAt', 'event', 'kind', 'requestId', 'staff', 'stepId'];
      expect(Object.keys(body).filter((key) => !known.includes(key))).toEqual([]);
    }
  });

  it('are read one by one or all together, each by the one who is told', async () => {
    const { rep, head } = company;
    await submit(rep, mine);
    await submit(rep, mine);
    const [newest, older] = await told(head, '?unread=true');
    const before = (await counts(head)).unread as unknown as number;
    expect(before).toBeGreaterThanOrEqual(2);
    expect((await rep.post(`${PANEL}/notifications/${newest.id}/read`)).body).toEqual({ read: 0 });
    expect((await head.post(`${PANEL}/notifications/${newest.id}/read`)).body).toEqual({ read: 1 });
    expect((await head.post(`${PANEL}/notifications/${newest.id}/read`)).body).toEqual({ read: 0 });
    expect((await counts(head)).unread).toBe(before - 1);
    await submit(rep, mine);
    const all = await head.post(`${PANEL}/notifications/read`, { upTo: older.id });
    expect(all.body).toEqual({ read: before - 1 });
    expect((await counts(head)).unread).toBe(1);
  });

  it('come in pages, newest first', async () => {
    const first = (await company.head.get(`${PANEL}/notifications?limit=2`)).body;
    const items = first.items as unknown as Told[];
    const rest = await told(company.head, `?limit=2&cursor=${first.nextCursor as string}`);
    const ids = [...items, ...rest].map(({ id }) => id);
    expect(ids).toHaveLength(4);
    expect(ids).toEqual([...ids].sort((a, b) => b - a));
  });

  it('count what waits for a person, for the badge', async () => {
    const before = (await counts(company.head)).waiting as unknown as number;
    const request = await submit(company.rep, mine);
    expect((await counts(company.head)).waiting).toBe(before + 1);
    expect((await counts(company.rep)).waiting).toBe(0);
    await company.rep.post(`${PANEL}/access-requests/${request.documentId}/withdraw`);
    expect((await counts(company.head)).waiting).toBe(before);
    const stranger = await createCaller(app, 'stranger', []);
    expect((await stranger.get(`${PANEL}/notifications/counts`)).body).toEqual({
      unread: 0,
      waiting: 0,
      findings: 0,
      tasks: 0,
    });
    expect((await stranger.get(`${PANEL}/notifications`)).status).toBe(403);
    expect((await app.request.get(`${PANEL}/notifications`)).status).toBe(401);
  });

  it.each([
    ['/notifications?limit=0', undefined],
    ['/notifications?cursor=x', undefined],
    ['/notifications?other=1', undefined],
    ['/notifications/read', {}],
    ['/notifications/read', { upTo: 1, other: 1 }],
    ['/notifications/x/read', {}],
    ['/notifications/9999999999/read', {}],
  ])('refuse %s with %j', async (path, body) => {
    const { status } = body
      ? await company.head.post(PANEL + path, body)
      : await company.head.get(PANEL + path);
    expect(status).toBe(400);
  });

  it('go when they were read longer ago than the policy keeps them', async () => {
    const table = app.strapi.db.query(NOTIFICATION);
    const all = await table.count();
    const open = await table.count({ where: { readAt: { $null: true } } });
    expect(all).toBeGreaterThan(open);
    expect(await notifications(app).prune(new Date(Date.now() + 89 * DAY))).toBe(0);
    expect(await notifications(app).prune(new Date(Date.now() + 91 * DAY))).toBe(all - open);
    expect(await table.count()).toBe(open);
  });

  it('are not mailed unless the policy says so', async () => {
    await submit(company.rep, mine);
    expect(await mails(app).send(new Date())).toBe(0);
    expect(box.sent).toEqual([]);
  });
});

describe('mails of notifications', () => {
  let home: Home;
  let app: BootedApp;
  let company: Company;
  let mine: { id: number; documentId: string };

  beforeEach(async () => {
    mine = await company.customer(company.rep);
  });
  let box: ReturnType<typeof postBox>;

  const boot = async () => {
    app = await bootApp({ home, policy: { notifications: { email: true } } });
    // The test runs the job itself.
    app.strapi.cron.stop();
    box = postBox(app);
  };
  const addresses = () => box.sent.map(({ to }) => to).sort();

  beforeAll(async () => {
    home = await createHome();
    await boot();
    company = await createCompany(app);
  });
  afterAll(async () => {
    await app.close();
    await home.remove();
  });
  beforeEach(() => {
    box.sent = [];
    box.refuse = null;
  });

  it('go to each person once a run, with numbers and a link alone', async () => {
    await submit(company.rep, mine);
    const { steps } = await submit(company.rep, mine);
    await decide(company.head, steps[0]);
    const { waiting } = await counts(company.head);
    expect(await mails(app).send(new Date())).toBe(3);
    expect(addresses()).toEqual([
      company.head.email,
      company.leader.email,
      company.secondLeader.email,
    ]);
    const { subject, text } = box.sent.find(({ to }) => to === company.head.email) as Mail;
    expect(subject).toBe(`Customer governance: decisions that wait for you: ${waiting as number}`);
    expect(text).toBe(
      [
        `Decisions that wait for you now: ${waiting as number}`,
        '',
        'Since the last mail:',
        '- New requests for your decision: 1',
        '',
        'Open the notifications:',
        `${app.strapi.config.get('admin.absoluteUrl')}/plugins/customer-governance/notifications`,
        '',
      ].join('\n')
    );
    expect(await mails(app).send(new Date())).toBe(0);
  });

  it('are in the language of the panel of the one who gets them', async () => {
    await app.strapi.db
      .query('admin::user')
      .update({ where: { id: company.head.userId }, data: { preferedLanguage: 'zh-Hans' } });
    await submit(company.rep, mine);
    await mails(app).send(new Date());
    expect(box.sent).toHaveLength(1);
    const { waiting } = await counts(company.head);
    expect(box.sent[0].subject).toBe(`客户信息治理：${waiting as number} 项待您审批`);
  });

  it('are not sent of what was read in the panel, nor to an account that is blocked', async () => {
    await submit(company.rep, mine);
    const [{ id }] = await told(company.head);
    await company.head.post(`${PANEL}/notifications/read`, { upTo: id });
    expect(await mails(app).send(new Date())).toBe(0);
    const users = app.strapi.db.query('admin::user');
    const block = (blocked: boolean) =>
      users.update({ where: { id: company.head.userId }, data: { blocked } });
    await submit(company.rep, mine);
    await block(true);
    expect(await mails(app).send(new Date())).toBe(0);
    await block(false);
    expect(await mails(app).send(new Date())).toBe(1);
  });

  it('that cannot be sent break nothing, name no address in the log, and are tried again for a day', async () => {
    const log = jest.spyOn(app.strapi.log, 'error').mockReturnValue(app.strapi.log);
    box.refuse = new RangeError(`550 unknown user ${company.head.email}`);
    const request = await submit(company.rep, mine);
    expect(await mails(app).send(new Date())).toBe(0);
    expect(log.mock.calls.join()).toContain('1 notification mails could not be sent (RangeError)');
    expect(log.mock.calls.join()).not.toContain(company.head.email);
    log.mockRestore();
    expect(await unread(company.head, request)).toEqual(['step-pending']);
    box.refuse = null;
    expect(await mails(app).send(new Date(Date.now() + DAY + HOUR))).toBe(0);
    expect(await mails(app).send(new Date())).toBe(1);
  });

  it('are sent after a restart of what was told before it', async () => {
    await submit(company.rep, mine);
    await app.close();
    await boot();
    expect(await mails(app).send(new Date())).toBe(1);
    expect(addresses()).toEqual([company.head.email]);
  });
});
