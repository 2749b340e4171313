import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { bootApp, type BootedApp } from '../support/app';
import {
  createCaller,
  createCompany,
  CUSTOMER,
  type Company,
  type Person,
} from '../support/company';
import { createRetention, ORDER, TASK, type Row } from '../support/retention';

const PANEL = '/customer-governance';
const ORDERS = `${PANEL}/destruction-orders`;
const TASKS = `${PANEL}/destruction-tasks`;
const VERIFIER = path.resolve('src/plugins/customer-governance/dist/verifier/verify.mjs');
const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;

type Governed = ReturnType<typeof createRetention>;
interface TaskView {
  documentId: string;
  state: string;
  mine: boolean;
}
interface OrderView {
  state: string;
  count: number;
  tasks: TaskView[];
  certificate: { documentId: string } | null;
  confirmation: { name: string; until: string } | null;
  mayConfirm: boolean;
  maySupervise: boolean;
  mayResume: boolean;
}

describe('a destruction order', () => {
  let app: BootedApp;
  let company: Company;
  let governed: Governed;

  const raw = () => app.strapi.db.connection('governance_destruction_orders');
  const viewOf = async (order: string, person = company.executor): Promise<OrderView> =>
    (await person.get(`${ORDERS}/${order}`)).body as unknown as OrderView;
  const status = async (answer: Promise<{ status: number }>) => (await answer).status;
  const staffId = async (staff: number): Promise<string> =>
    (
      await app.strapi.db
        .query('plugin::customer-governance.staff-profile')
        .findOne({ where: { id: staff } })
    ).documentId;
  const proposed = async (customers: Row[]): Promise<string> =>
    (await governed.propose(customers)).body.documentId;
  const addTask = async (order: string, body: object = {}) =>
    governed.act(company.proposer, order, 'tasks', {
      medium: 'paper',
      method: 'shredding',
      place: 'Archive 2',
      responsible: await staffId(company.rep.staffId),
      ...body,
    });

  beforeAll(async () => {
    app = await bootApp();
    company = await createCompany(app);
    governed = createRetention(app, company);
  });
  afterAll(() => app?.close());

  describe('in review', () => {
    it('lists its customers by their masks, page by page', async () => {
      const order = await proposed(await governed.dueCustomers(3));
      const first = await company.proposer.get(`${ORDERS}/${order}/items?limit=2`);
      expect(first.body.items).toMatchObject([
        { label: '王**', state: 'listed', hold: false },
        { label: '王**', state: 'listed', hold: false },
      ]);
      const cursor = first.body.nextCursor as string;
      const second = await company.proposer.get(
        `${ORDERS}/${order}/items?limit=2&cursor=${cursor}`
      );
      expect(second.body.items).toHaveLength(1);
      expect(await status(company.rep.get(`${ORDERS}/${order}/items`))).toBe(403);
      expect(await status(company.proposer.get(`${ORDERS}/nosuch/items`))).toBe(404);
    });

    it('lets go of customers with a reason, and takes them again', async () => {
      const [kept, gone] = await governed.dueCustomers(2);
      const order = await proposed([kept!, gone!]);
      const body = { customers: [kept!.documentId], reason: 'A dispute began' };
      expect((await governed.act(company.proposer, order, 'take-out', body)).body).toMatchObject({
        count: 1,
        progress: { takenOut: 1 },
      });
      const items = await company.proposer.get(`${ORDERS}/${order}/items?state=taken-out`);
      expect(items.body.items).toMatchObject([
        { documentId: kept!.documentId, note: 'A dispute began' },
      ]);
      expect(await status(governed.act(company.proposer, order, 'take-out', body))).toBe(400);
      expect(await governed.retention.proposeDue(new Date())).toEqual([]);
      const again = { customers: [kept!.documentId] };
      expect((await governed.act(company.proposer, order, 'add', again)).body).toMatchObject({
        count: 2,
      });
      expect(await status(governed.act(company.proposer, order, 'add', again))).toBe(400);
      const logged = await governed.entries({ action: 'destruction.review', requestId: order });
      expect(logged.map(({ details }) => (details as { kind: string }).kind)).toEqual([
        'add',
        'take-out',
      ]);
      expect(JSON.stringify(logged)).not.toContain('A dispute began');
    });

    it('is changed by nobody once it is before leadership, until that sends it back', async () => {
      const [customer] = await governed.dueCustomers(1);
      const order = await governed.submittedOrder([customer!]);
      const body = { customers: [customer!.documentId], reason: 'x' };
      expect(await status(governed.act(company.proposer, order, 'take-out', body))).toBe(400);
      expect(await status(addTask(order))).toBe(400);
      expect(await status(governed.act(company.proposer, order, 'submit'))).toBe(400);
      expect(await status(governed.decide(company.leader, 'return'))).toBe(200);
      expect((await viewOf(order)).state).toBe('in-review');
      expect(await status(governed.act(company.proposer, order, 'take-out', body))).toBe(200);
      expect(await status(governed.act(company.proposer, order, 'submit'))).toBe(400);
      expect(await status(governed.act(company.proposer, order, 'cancel'))).toBe(200);
    });

    it('is made of all who are due until a day', async () => {
      const customers = await governed.dueCustomers(2, { lastContactOn: '1999-01-01' });
      const body = { dueUntil: '2001-06-01', reason: 'over' };
      const made = await company.proposer.post(ORDERS, body);
      expect(made.body).toMatchObject({ state: 'in-review', count: customers.length });
      expect(await status(company.proposer.post(ORDERS, body))).toBe(400);
      const tomorrow = new Date(Date.now() + 2 * DAY_MS).toISOString().slice(0, 10);
      expect(await status(company.proposer.post(ORDERS, { dueUntil: tomorrow, reason: 'x' }))).toBe(
        400
      );
      await governed.act(company.proposer, made.body.documentId, 'cancel');
    });

    it.each([
      ['take-out', { customers: [], reason: 'x' }],
      ['take-out', { customers: ['a'] }],
      ['add', { customers: ['a'], reason: 'x' }],
      ['tasks', { medium: 'paper', method: 'return', place: 'x', responsible: 'a' }],
      ['tasks', { medium: 'stone', method: 'shredding', place: 'x', responsible: 'a' }],
      ['schedule', { scheduledAt: 'soon' }],
      ['schedule', {}],
      ['submit', { force: true }],
    ])('refuses %s with %j', async (what, body) => {
      const order = await proposed(await governed.dueCustomers(1));
      expect(await status(governed.act(company.proposer, order, what, body))).toBe(400);
      await governed.act(company.proposer, order, 'cancel');
    });
  });

  describe('is confirmed', () => {
    it('by nobody who proposed it, put it forward or decided on it, and not by one person twice', async () => {
      const order = await governed.approvedOrder(await governed.dueCustomers(1));
      const own = await governed.act(company.proposer, order, 'confirm');
      expect(own.status).toBe(403);
      expect(own.text).toContain('You proposed this order');
      const leader = await governed.staff(company.leader);
      await expect(governed.retention.confirm(order, leader)).rejects.toThrow(/You decided on/);
      expect(await status(governed.act(company.supervisor, order, 'confirm'))).toBe(403);

      expect((await viewOf(order)).mayConfirm).toBe(true);
      expect(await status(governed.act(company.supervisor, order, 'supervise'))).toBe(400);
      expect(await status(governed.act(company.executor, order, 'confirm'))).toBe(200);
      const twice = await governed.act(company.executor, order, 'supervise');
      expect(twice.status).toBe(403);
      expect(twice.text).toContain('another person');
      await expect(governed.retention.supervise(order, leader)).rejects.toThrow(/You decided on/);
      expect(
        await governed.entries({ action: 'destruction.confirm', outcome: 'refused' })
      ).toHaveLength(4);

      expect(await viewOf(order, company.supervisor)).toMatchObject({
        state: 'approved',
        confirmation: { name: 'executor', until: expect.any(String) },
        maySupervise: true,
      });
      await governed.act(company.supervisor, order, 'supervise');
      await governed.retention.running.idle();
      expect((await viewOf(order)).state).toBe('executed');
    });

    it('within the hour: to the minute before its end, and not at it', async () => {
      const at = new Date('2031-03-03T08:00:00Z');
      const after = (minutes: number) => new Date(at.getTime() + minutes * MINUTE_MS);
      const supervisor = await governed.staff(company.supervisor);
      const executor = await governed.staff(company.executor);
      const order = await governed.approvedOrder(await governed.dueCustomers(1));
      await governed.retention.confirm(order, executor, at);
      await expect(governed.retention.confirm(order, executor, after(59))).rejects.toThrow(
        /just confirmed/
      );
      await expect(governed.retention.supervise(order, supervisor, after(60))).rejects.toThrow(
        /too long ago/
      );
      await governed.retention.confirm(order, executor, after(60));
      await governed.retention.supervise(order, supervisor, after(119));
      await governed.retention.run(order);
      expect((await viewOf(order)).state).toBe('executed');
    });

    it('by one of two supervisors who come at once', async () => {
      const order = await governed.approvedOrder(await governed.dueCustomers(1));
      await governed.retention.confirm(order, await governed.staff(company.executor));
      const people = await Promise.all(
        [company.supervisor, company.head, company.westHead].map(governed.staff)
      );
      const outcomes = await Promise.allSettled(
        people.map((person) => governed.retention.supervise(order, person))
      );
      expect(outcomes.filter(({ status: outcome }) => outcome === 'fulfilled')).toHaveLength(1);
      await governed.retention.run(order);
      expect((await viewOf(order)).state).toBe('executed');
    });

    it('not before its time', async () => {
      const order = await governed.approvedOrder(await governed.dueCustomers(1));
      const scheduledAt = '2032-01-05T01:00:00.000Z';
      expect(
        (await governed.act(company.proposer, order, 'schedule', { scheduledAt })).body
      ).toMatchObject({ scheduledAt });
      const executor = await governed.staff(company.executor);
      await expect(governed.retention.confirm(order, executor)).rejects.toThrow(/scheduled for/);
      await governed.retention.confirm(order, executor, new Date(scheduledAt));
      // Another time lets the confirmation lapse.
      await governed.act(company.proposer, order, 'schedule', { scheduledAt: null });
      expect((await viewOf(order)).confirmation).toBeNull();
      await governed.act(company.proposer, order, 'cancel');
      await expect(governed.retention.confirm(order, executor)).rejects.toThrow(/not approved/);
    });
  });

  describe('is carried out', () => {
    it('to the end of its batch when it is paused, and on from there', async () => {
      const customers = await governed.dueCustomers(2);
      const order = await governed.confirmedOrder(customers);
      const run = governed.retention.run(order, new Date(), async (step) => {
        if (step === 'keys-destroyed') await governed.act(company.executor, order, 'pause');
      });
      await run.catch(() => undefined);
      expect(await viewOf(order)).toMatchObject({
        state: 'paused',
        certificate: null,
        mayResume: true,
      });
      expect(await status(governed.act(company.executor, order, 'pause'))).toBe(400);
      expect(await status(governed.act(company.proposer, order, 'resume'))).toBe(403);
      expect(await status(governed.act(company.executor, order, 'resume'))).toBe(200);
      await governed.retention.running.idle();
      expect(await viewOf(order)).toMatchObject({ state: 'executed', progress: { done: 2 } });
      expect(await governed.traces(customers)).toEqual({});
    });

    it('by another instance once the first one is dead, and by no second one while it lives', async () => {
      const customers = await governed.dueCustomers(1);
      const order = await governed.confirmedOrder(customers);
      const dead = governed.retention.run(order, new Date(), (step) => {
        if (step === 'marked') throw new Error('killed');
      });
      await expect(dead).rejects.toThrow('killed');
      await raw().where({ document_id: order }).update({ lease_by: 'another-instance' });
      expect(await governed.retention.running.takeUp(new Date())).toBe(0);
      expect((await viewOf(order)).state).toBe('executing');
      const later = new Date(Date.now() + 5 * MINUTE_MS);
      expect(await governed.retention.running.takeUp(later)).toBe(1);
      expect((await viewOf(order)).state).toBe('executed');
      expect(await governed.traces(customers)).toEqual({});
    });
  });

  describe('with something to be destroyed by hand', () => {
    /** An order with tasks for the representative and the head, confirmed by two people and carried out. */
    const carriedOut = async () => {
      const order = await proposed(await governed.dueCustomers(1));
      await addTask(order);
      await addTask(order, {
        medium: 'external',
        method: 'written-confirmation',
        place: 'Partner',
        responsible: await staffId(company.head.staffId),
      });
      await governed.act(company.proposer, order, 'submit');
      await governed.decide(company.leader);
      await governed.confirmBy(order);
      await governed.retention.run(order);
      const { tasks } = await viewOf(order);
      return { order, tasks: tasks.map(({ documentId }) => documentId) };
    };
    const confirm = (person: Company['rep'], task: string, note = 'Shredded, protocol 7') =>
      person.post(`${TASKS}/${task}/confirm`, { note });

    it('waits for those who are responsible, and has its certificate then', async () => {
      const { order, tasks } = await carriedOut();
      expect(await viewOf(order)).toMatchObject({ state: 'confirming', certificate: null });
      const mine = await company.rep.get(TASKS);
      expect(mine.body.items).toMatchObject([{ documentId: tasks[0], mine: true }]);
      expect((await company.rep.get(`${PANEL}/notifications/counts`)).body).toMatchObject({
        tasks: 1,
      });
      expect(await status(confirm(company.head, tasks[0]!))).toBe(404);
      expect(await status(confirm(company.rep, tasks[0]!, ' '))).toBe(400);
      expect(await status(confirm(company.rep, tasks[0]!))).toBe(200);
      expect(await status(confirm(company.rep, tasks[0]!))).toBe(400);
      expect((await viewOf(order)).state).toBe('confirming');
      expect(await status(confirm(company.head, tasks[1]!))).toBe(200);
      const { state, certificate } = await viewOf(order);
      expect(state).toBe('executed');
      const { body } = await company.executor.get(
        `${PANEL}/destruction-certificates/${certificate?.documentId}`
      );
      expect(body.content).toMatchObject({
        media: [
          { medium: 'sealed-data', confirmedBy: null },
          { medium: 'paper', method: 'shredding', confirmedBy: 'rep' },
          { medium: 'external', method: 'written-confirmation', confirmedBy: 'head' },
        ],
      });
      expect(JSON.stringify(body)).not.toContain('protocol 7');
    });

    it('has one certificate when the last two confirm at once', async () => {
      const { order, tasks } = await carriedOut();
      const answers = await Promise.all([
        confirm(company.rep, tasks[0]!),
        confirm(company.head, tasks[1]!),
      ]);
      expect(answers.map((answer) => answer.status)).toEqual([200, 200]);
      expect((await viewOf(order)).state).toBe('executed');
    });

    it('reminds them after the working days of the policy, until they confirm', async () => {
      const { tasks } = await carriedOut();
      const told = await app.strapi.db.query(TASK).findOne({ where: { documentId: tasks[0] } });
      const after = (days: number) => new Date(new Date(told.toldAt).getTime() + days * DAY_MS);
      expect(await governed.retention.tasks.remind(after(1))).toBe(0);
      expect(await governed.retention.tasks.remind(after(30))).toBe(2);
      expect(await governed.retention.tasks.remind(after(30))).toBe(0);
      await confirm(company.rep, tasks[0]!);
      expect(await governed.retention.tasks.remind(after(60))).toBe(1);
      await confirm(company.head, tasks[1]!);
      expect(await governed.retention.tasks.remind(after(90))).toBe(0);
    });

    it('gives a task to another person when the first one cannot see to it', async () => {
      const { order, tasks } = await carriedOut();
      const responsible = await staffId(company.other.staffId);
      const path = `${TASKS}/${tasks[0]}/reassign`;
      expect(await status(company.rep.post(path, { responsible }))).toBe(403);
      expect(await status(company.proposer.post(path, { responsible }))).toBe(200);
      expect(await status(confirm(company.rep, tasks[0]!))).toBe(404);
      expect(await status(confirm(company.other, tasks[0]!))).toBe(200);
      expect(await status(company.proposer.post(path, { responsible }))).toBe(404);
      await confirm(company.head, tasks[1]!);
      expect((await viewOf(order)).state).toBe('executed');
    });

    it('gives a task another day, of which only the log is told', async () => {
      const { tasks } = await carriedOut();
      const path = `${TASKS}/${tasks[0]}/reassign`;
      const find = () =>
        app.strapi.db
          .query(TASK)
          .findOne({ where: { documentId: tasks[0] }, populate: { responsible: true } });
      const before = await find();
      const responsible = before.responsible.documentId as string;
      const dueOn = '2040-02-29';
      expect(await status(company.proposer.post(path, { responsible, dueOn: 'soon' }))).toBe(400);
      const answer = await company.proposer.post(path, { responsible, dueOn });
      expect(answer.status).toBe(200);
      expect(answer.body.tasks).toContainEqual(
        expect.objectContaining({
          documentId: tasks[0],
          dueOn,
          responsible: { documentId: responsible, name: before.responsible.displayName },
        })
      );
      expect(await find()).toMatchObject({ dueOn, toldAt: before.toldAt });
      // Left out, the day stays; null takes it away.
      await company.proposer.post(path, { responsible });
      expect((await find()).dueOn).toBe(dueOn);
      await company.proposer.post(path, { responsible, dueOn: null });
      expect((await find()).dueOn).toBeNull();
      const logged = await governed.entries({ action: 'destruction.task' }, tasks[0]);
      for (const { details } of logged.slice(0, 3)) {
        expect(details).toMatchObject({ kind: 'reschedule', task: tasks[0] });
      }
    });
  });

  it('that is overdue is told to the information department once a day, and shown to it', async () => {
    const { overdue } = governed.retention;
    const due = '2041-03-01T04:00:00Z';
    const later = (days: number) => new Date(Date.parse(due) + days * DAY_MS);
    const told = async () => {
      const { body } = await company.proposer.get(`${PANEL}/notifications`);
      return (body.items as unknown as Array<{ event: string; requestId: string }>)
        .filter(({ event }) => event === 'destruction-overdue')
        .map(({ requestId }) => requestId);
    };
    // Whoever else is due by then is put out of the way.
    const others = (await overdue.tell(later(30))).customers;
    const [late, held] = await governed.dueCustomers(2, { lastContactOn: '2039-03-01' });
    await governed.hold(held!);
    expect((await overdue.tell(later(30))).customers).toBe(others);
    expect((await overdue.tell(later(31))).customers).toBe(others + 1);
    expect((await overdue.tell(later(31))).customers).toBe(others + 1);
    expect((await told()).filter((day) => day === '2041-04-01')).toHaveLength(1);
    await overdue.tell(later(32));
    expect((await told()).filter((day) => day === '2041-04-02')).toHaveLength(1);
    await app.strapi.db.query(CUSTOMER).update({
      where: { id: late!.id },
      data: { lastContactOn: '2040-03-01' },
    });
    expect((await overdue.tell(later(33))).customers).toBe(others);

    const shown = async (person: Person) =>
      (await person.get(`${PANEL}/overview`)).body.destructionOverdue as unknown;
    await governed.dueCustomer();
    expect(await shown(company.leader)).toBeNull();
    const reader = await createCaller(
      app,
      'overviewer',
      ['overview.read', 'retention.read'].map((what) => ({
        action: `plugin::customer-governance.${what}`,
      }))
    );
    expect((await reader.get(`${PANEL}/overview`)).body.destructionOverdue).toBeGreaterThan(0);
  });

  it('has a certificate that the stand-alone script verifies, and finds altered', async () => {
    const order = await governed.destroy(await governed.dueCustomers(1));
    const { certificate } = await viewOf(order);
    const address = `${PANEL}/destruction-certificates/${certificate?.documentId}/file`;
    const file = await company.executor.get(address);
    expect(file.status).toBe(200);
    expect(await status(company.rep.get(address))).toBe(403);
    const [key] = await app.strapi
      .plugin('customer-governance')
      .service<{ signer(): { keys(): Promise<Array<{ verifierKey: string }>> } }>('transparency')
      .signer()
      .keys();
    const folder = await mkdtemp(path.join(tmpdir(), 'certificate-'));
    try {
      const place = path.join(folder, 'certificate.json');
      const verify = () =>
        promisify(execFile)('node', [VERIFIER, 'certificate', place, '--key', key!.verifierKey]);
      await writeFile(place, file.text);
      const { stdout } = await verify();
      expect(stdout).toContain('Everything is as it was signed.');
      expect(stdout).toContain('executor, watched over by supervisor');
      await writeFile(place, file.text.replace('"customer": 1', '"customer": 2'));
      await expect(verify()).rejects.toMatchObject({
        code: 1,
        stdout: expect.stringContaining('ALTERED'),
      });
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  it('keeps the order of its states, whatever is asked of it', async () => {
    const order = await governed.destroy(await governed.dueCustomers(1));
    for (const [person, what] of [
      [company.proposer, 'submit'],
      [company.proposer, 'cancel'],
      [company.executor, 'confirm'],
      [company.supervisor, 'supervise'],
      [company.executor, 'pause'],
      [company.executor, 'resume'],
    ] as const) {
      expect([what, await status(governed.act(person, order, what))]).toEqual([what, 400]);
    }
    const row = await app.strapi.db.query(ORDER).findOne({ where: { documentId: order } });
    expect(row.state).toBe('executed');
  });
});
