import { bootApp, type BootedApp } from '../support/app';
import {
  createCaller,
  createCompany,
  createRole,
  CUSTOMER,
  type Answer,
  type Company,
  type Person,
} from '../support/company';

const GOVERNANCE = 'plugin::customer-governance.';
const PANEL = '/customer-governance';
const ALERT = `${GOVERNANCE}anomaly-alert`;
const AUDIT = `${GOVERNANCE}audit-entry`;
const STAFF = `${GOVERNANCE}staff-profile`;
const PURPOSE = 'identity-verification';
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** A working Wednesday of a year whose holidays nobody has announced; at eight o'clock in Shanghai. */
const WEDNESDAY = Date.parse('2031-03-12T00:00:00Z');
/** At ten. */
const WORK = WEDNESDAY + 2 * HOUR;
const LATER = new Date(WEDNESDAY + 7 * DAY);

const RULES = [
  { code: 'views', factor: 3, minimumPerHour: 12, days: 30 },
  { code: 'odd-hours', minimum: 3 },
  { code: 'missed-lookups', count: 4, minutes: 10 },
  { code: 'bulk-reveal', records: 20, minutes: 10, suspendGrants: true },
  { code: 'repeated-changes', of: 'all', changes: 3, days: 7 },
  { code: 'leaver', recordsPerDay: 5, days: 7 },
];

const BULK = { action: 'record.reveal', records: 20 };

interface Alert {
  documentId: string;
  rule: string;
  kind: string;
  severity: string;
  state: string;
  person: { kind: string; id: string; name: string | null; department: string | null };
  mine: boolean;
  from: string;
  to: string;
  observed: number;
  expected: number;
  figures: Record<string, number>;
  evidenceCount: number;
  suspendedGrants: string[];
  acknowledged: { by: string } | null;
  closed: { by: string; reason: string } | null;
}
interface Jobs {
  run(name: string, now: Date): Promise<boolean>;
}
interface Entry {
  at: number;
  who: string;
  kind?: string;
  action: string;
  records?: number;
  requestId?: string;
}

describe('anomalies', () => {
  let app: BootedApp;
  let company: Company;
  /** Manage anomalies. */
  let manager: Person;
  let second: Person;
  let minute = 0;

  /** Entries as the product writes them, at times of the test's choosing. */
  const log = async (entries: Entry[]) => {
    const rows = entries.map(
      ({ at, who, kind = 'admin', action, records = 1, requestId }, index) => ({
        document_id: `t${minute}x${index}x${at}`,
        at: app.database === 'sqlite' ? at : new Date(at),
        actor_kind: kind,
        actor_id: who,
        action,
        outcome: 'done',
        record_type: CUSTOMER,
        record_ids: JSON.stringify(Array.from({ length: records }, (_, n) => `record${n}`)),
        attributes: '[]',
        request_id: requestId ?? null,
        channel: 'panel',
        correlation_id: 'test',
        details: '{}',
      })
    );
    minute += 1;
    for (const row of rows) {
      await app.strapi.db.connection('governance_audit_entries').insert(row);
    }
    await app.strapi.plugin('customer-governance').service('transparency').sequence();
  };
  const times = (count: number, entry: Entry, apart: number): Entry[] =>
    Array.from({ length: count }, (_, n) => ({ ...entry, at: entry.at + n * apart }));
  const jobs = () => app.strapi.plugin('customer-governance').service('jobs') as Jobs;
  const detect = (now = LATER) => {
    minute += 1;
    return jobs().run('anomalies', new Date(now.getTime() + minute * MINUTE));
  };
  const list = async (query = '', person: Pick<Person, 'get'> = manager): Promise<Alert[]> => {
    const { status, body, text } = await person.get(`${PANEL}/anomalies?limit=100&${query}`);
    if (status !== 200) throw new Error(text);
    return body.items as unknown as Alert[];
  };
  const of = (who: string, rule: string) => list(`person=admin:${who}&rule=${rule}`);
  const act = (person: Person, alert: Alert, verb: string, body: object = {}): Promise<Answer> =>
    person.post(`${PANEL}/anomalies/${alert.documentId}/${verb}`, body);
  const entries = (where: object) =>
    app.strapi.db.query(AUDIT).findMany({ where, orderBy: 'id' }) as Promise<
      Array<{ id: number; details: Record<string, unknown>; outcome: string; actorId: string }>
    >;

  beforeAll(async () => {
    app = await bootApp({ policy: { anomalies: { rules: RULES } } });
    company = await createCompany(app);
    ({ proposer: manager, executor: second } = company);
    const role = await createRole(app.strapi, 'Test anomalies', [
      { action: `${GOVERNANCE}anomalies.read` },
      { action: `${GOVERNANCE}anomalies.manage` },
    ]);
    for (const { userId } of [manager, second]) {
      await app.strapi.db
        .query('admin::user')
        .update({ where: { id: userId }, data: { roles: { connect: [{ id: role }] } } });
    }
    const leaves = (person: Person, leavesOn: string) =>
      app.strapi.db.query(STAFF).update({ where: { id: person.staffId }, data: { leavesOn } });
    await leaves(company.rep, '2031-03-14');
    await leaves(company.other, '2031-04-30');
  });
  afterAll(() => app.close());

  describe('are found by every kind of rule, and not where they only nearly are', () => {
    const cases: Array<{
      rule: string;
      found: (who: string) => Entry[];
      near: (who: string) => Entry[];
      alert: object;
    }> = [
      {
        rule: 'views',
        // Three a day, then 12: more than three times the median. Four a day: not more than three times.
        found: (who) => [
          ...times(5, { at: WORK - 6 * DAY, who, action: 'record.view', records: 3 }, DAY),
          ...times(2, { at: WORK, who, action: 'record.reveal', records: 6 }, MINUTE),
        ],
        near: (who) => [
          ...times(5, { at: WORK - 6 * DAY, who, action: 'record.view', records: 4 }, DAY),
          ...times(2, { at: WORK, who, action: 'record.view', records: 6 }, MINUTE),
        ],
        alert: {
          kind: 'views-above-median',
          observed: 12,
          expected: 3,
          from: new Date(WORK).toISOString(),
          evidenceCount: 2,
          figures: { factor: 3, minimumPerHour: 12, days: 30 },
        },
      },
      {
        rule: 'odd-hours',
        // At eight and at seven in the evening; the other over lunch and at ten to six.
        found: (who) => [
          ...times(2, { at: WEDNESDAY, who, action: 'record.lookup' }, MINUTE),
          { at: WEDNESDAY + 11 * HOUR, who, action: 'record.view' },
        ],
        near: (who) => [
          ...times(2, { at: WEDNESDAY, who, action: 'record.view' }, MINUTE),
          ...times(5, { at: WEDNESDAY + 4.5 * HOUR, who, action: 'record.view' }, MINUTE),
          { at: WEDNESDAY + 10 * HOUR - 10 * MINUTE, who, action: 'record.view' },
        ],
        alert: {
          kind: 'odd-hours',
          observed: 3,
          expected: 3,
          evidenceCount: 3,
          from: '2031-03-11T16:00:00.000Z',
          to: '2031-03-12T16:00:00.000Z',
        },
      },
      {
        rule: 'missed-lookups',
        found: (who) =>
          times(4, { at: WORK, who, action: 'record.lookup', records: 0 }, 3 * MINUTE),
        // One finds something; and four that take a minute longer.
        near: (who) => [
          ...times(3, { at: WORK, who, action: 'record.lookup', records: 0 }, MINUTE),
          { at: WORK + 4 * MINUTE, who, action: 'record.lookup' },
          ...times(4, { at: WORK + HOUR, who, action: 'record.lookup', records: 0 }, 4 * MINUTE),
        ],
        alert: { kind: 'missed-lookups', observed: 4, expected: 4, evidenceCount: 4 },
      },
      {
        rule: 'bulk-reveal',
        found: (who) => [
          // Usual for this person, so that no other rule has anything to say.
          ...times(4, { at: WORK - 5 * DAY, who, action: 'record.view', records: 11 }, DAY),
          ...times(
            2,
            { at: WORK - 5 * MINUTE, who, action: 'record.reveal', records: 10 },
            9 * MINUTE
          ),
        ],
        near: (who) => [
          ...times(4, { at: WORK - 5 * DAY, who, action: 'record.view', records: 11 }, DAY),
          ...times(2, { at: WORK, who, action: 'record.reveal', records: 10 }, 11 * MINUTE),
          { at: WORK, who, action: 'record.view', records: 10 },
        ],
        alert: {
          kind: 'bulk-reveal',
          observed: 20,
          expected: 20,
          evidenceCount: 2,
          from: new Date(WORK - 5 * MINUTE).toISOString(),
        },
      },
      {
        rule: 'repeated-changes',
        // Counted for who proposed them, not for who approved them.
        found: (who) =>
          ['a', 'b', 'c'].flatMap((name, n) => [
            { at: WORK - 5 * DAY, who, action: 'request.submit', requestId: `${who}${name}` },
            {
              at: WORK - (3 - n) * DAY,
              who: 'approver',
              action: 'change.apply',
              requestId: `${who}${name}`,
            },
          ]),
        near: (who) =>
          ['a', 'b', 'c'].flatMap((name, n) => [
            { at: WORK - 6 * DAY, who, action: 'request.submit', requestId: `${who}${name}` },
            {
              at: WORK - (2 - n) * 4 * DAY,
              who: 'approver',
              action: 'change.apply',
              requestId: `${who}${name}`,
            },
          ]),
        alert: { kind: 'repeated-changes', observed: 3, expected: 3, evidenceCount: 3 },
      },
    ];

    it.each(cases)('$rule', async ({ rule, found, near, alert }) => {
      await log([...found(`${rule}-found`), ...near(`${rule}-near`)]);
      await detect();
      const [only, ...more] = await of(`${rule}-found`, rule);
      expect(more).toEqual([]);
      expect(only).toMatchObject({ state: 'open', ...alert });
      expect(await of(`${rule}-near`, rule)).toEqual([]);
      expect(await of('approver', rule)).toEqual([]);
    });

    it('leaver', async () => {
      const who = String(company.rep.userId);
      const other = String(company.other.userId);
      await log([
        // On a day before the last week, on one within it, and after the last day.
        { at: WORK - 5 * DAY, who, action: 'record.view', records: 6 },
        { at: WORK, who, action: 'record.view', records: 6 },
        { at: WORK + DAY, who, action: 'record.view', records: 5 },
        { at: WORK + 6 * DAY, who, action: 'record.reveal', records: 6 },
        { at: WORK, who: other, action: 'record.view', records: 6 },
      ]);
      await detect();
      const found = await of(who, 'leaver');
      expect(found.map(({ from }) => from)).toEqual([
        '2031-03-17T16:00:00.000Z',
        '2031-03-11T16:00:00.000Z',
      ]);
      expect(found[1]).toMatchObject({
        observed: 6,
        expected: 5,
        person: { name: 'rep', department: 'Sales East' },
      });
      expect(await of(other, 'leaver')).toEqual([]);
    });

    it('and never in what the product itself does', async () => {
      await log(times(5, { at: WORK, who: 'job', kind: 'system', ...BULK }, MINUTE));
      await log(times(5, { at: WORK, who: '77', kind: 'api-token', ...BULK }, MINUTE));
      await detect();
      expect(await list('person=api-token:77&rule=bulk-reveal')).toHaveLength(1);
      expect((await list()).filter(({ person }) => person.kind === 'system')).toEqual([]);
    });
  });

  const misses = (who: string, at: number, count = 4) =>
    times(count, { at, who, action: 'record.lookup', records: 0 }, MINUTE);

  it('are not raised twice, by whichever instance and however often the job runs', async () => {
    await log(misses('racer', WORK));
    await Promise.all([detect(), detect(), detect()]);
    await detect();
    expect(await of('racer', 'missed-lookups')).toHaveLength(1);
    const raised = await entries({ action: 'anomaly.raise' });
    expect(raised.filter(({ details }) => details.person === 'admin:racer')).toHaveLength(1);
  });

  it('grow while they are not closed', async () => {
    await log(misses('grower', WORK));
    await detect();
    const [before] = await of('grower', 'missed-lookups');
    await act(manager, before, 'acknowledge');
    await log(misses('grower', WORK + 4 * MINUTE, 3));
    await detect();
    const [after, ...more] = await of('grower', 'missed-lookups');
    expect(more).toEqual([]);
    expect(after).toMatchObject({
      documentId: before.documentId,
      from: before.from,
      observed: 7,
      evidenceCount: 7,
    });
    expect(Date.parse(after.to)).toBeGreaterThan(Date.parse(before.to));
  });

  it('are raised anew after they were closed, by what was done since and by nothing else', async () => {
    await log(misses('again', WORK));
    await detect();
    const [first] = await of('again', 'missed-lookups');
    await act(manager, first, 'acknowledge');
    await act(manager, first, 'close', { reason: 'Wrong list of numbers' });
    await log(misses('again', WORK + 4 * MINUTE, 3));
    await detect();
    expect(await of('again', 'missed-lookups')).toHaveLength(1);
    await log(misses('again', WORK + 7 * MINUTE, 1));
    await detect();
    const [next, ...others] = await of('again', 'missed-lookups');
    expect(others.map(({ documentId }) => documentId)).toEqual([first.documentId]);
    expect(next).toMatchObject({ state: 'open', observed: 4, evidenceCount: 4 });
  });

  it('are looked for again from where it was, when a run breaks off', async () => {
    await log(misses('broken', WORK));
    const audit = app.strapi.plugin('customer-governance').service('audit');
    const append = jest.spyOn(audit, 'append').mockRejectedValueOnce(new Error('the power is off'));
    await expect(detect()).rejects.toThrow('the power is off');
    append.mockRestore();
    expect(await of('broken', 'missed-lookups')).toEqual([]);
    await detect();
    expect(await of('broken', 'missed-lookups')).toHaveLength(1);
  });

  it('wait for entries that may not be committed yet', async () => {
    const now = LATER.getTime() + DAY;
    await log(misses('recent', now));
    await jobs().run('anomalies', new Date(now + 3.5 * MINUTE));
    expect(await of('recent', 'missed-lookups')).toEqual([]);
    await detect(new Date(now + HOUR));
    expect(await of('recent', 'missed-lookups')).toHaveLength(1);
  });

  describe('are decided', () => {
    const raise = async (who: string): Promise<Alert> => {
      await log(misses(who, WORK + 3 * DAY));
      await detect(new Date(LATER.getTime() + 2 * DAY));
      return (await of(who, 'missed-lookups'))[0];
    };

    it('first by taking them up, then by closing them with a reason, each once', async () => {
      const alert = await raise('decided');
      expect((await act(manager, alert, 'close', { reason: 'Too early' })).status).toBe(400);
      const both = await Promise.all([
        act(manager, alert, 'acknowledge'),
        act(second, alert, 'acknowledge'),
      ]);
      expect(both.map(({ status }) => status).sort()).toEqual([200, 400]);
      for (const reason of ['', '   ', 'x'.repeat(1001)]) {
        expect((await act(manager, alert, 'close', { reason })).status).toBe(400);
      }
      const answer = await act(second, alert, 'close', { reason: 'A list that marketing checked' });
      expect(answer.status).toBe(200);
      expect((await act(manager, alert, 'close', { reason: 'Again' })).status).toBe(400);
      const [closed] = await of('decided', 'missed-lookups');
      expect(closed).toMatchObject({
        state: 'closed',
        closed: { by: 'executor', reason: 'A list that marketing checked' },
      });
      const decisions = await entries({
        action: { $in: ['anomaly.acknowledge', 'anomaly.close'] },
      });
      const own = decisions.filter(({ details }) => details.alert === alert.documentId);
      expect(own.map(({ outcome }) => outcome)).toEqual(['done', 'done']);
      expect(JSON.stringify(own)).not.toContain('marketing');
    });

    it('by somebody else than the person concerned', async () => {
      const alert = await raise(String(manager.userId));
      expect(
        (await list('', manager)).find((one) => one.documentId === alert.documentId)?.mine
      ).toBe(true);
      const refused = await act(manager, alert, 'acknowledge');
      expect(refused.status).toBe(403);
      expect(refused.text).toContain('yourself');
      expect((await act(second, alert, 'acknowledge')).status).toBe(200);
      expect((await act(manager, alert, 'close', { reason: 'It was nothing' })).status).toBe(403);
      const attempts = await entries({ action: 'anomaly.close', outcome: 'refused' });
      expect(attempts.at(-1)).toMatchObject({ actorId: String(manager.userId) });
    });

    it('by whoever may; others who may read them only read them', async () => {
      const alert = await raise('guarded');
      const reader = await createCaller(app, 'reader', [{ action: `${GOVERNANCE}anomalies.read` }]);
      const stranger = await createCaller(app, 'stranger', [{ action: `${GOVERNANCE}audit.read` }]);
      const path = `${PANEL}/anomalies/${alert.documentId}`;
      expect((await reader.get(path)).status).toBe(200);
      expect((await reader.post(`${path}/acknowledge`, {})).status).toBe(403);
      for (const address of [path, `${PANEL}/anomalies`, `${PANEL}/anomalies/report`]) {
        expect((await stranger.get(address)).status).toBe(403);
      }
    });

    it('and written by no other way', async () => {
      await raise('written');
      const alerts = app.strapi.db.query(ALERT);
      await expect(
        alerts.update({ where: { actorId: 'written' }, data: { state: 'closed' } })
      ).rejects.toThrow('raised by the rules');
      await expect(alerts.delete({ where: { actorId: 'written' } })).rejects.toThrow(
        'raised by the rules'
      );
    });
  });

  it('show the entries that they rest on', async () => {
    await log(misses('shown', WORK));
    await detect();
    const [alert] = await of('shown', 'missed-lookups');
    const { body } = await manager.get(`${PANEL}/anomalies/${alert.documentId}`);
    const evidence = body.evidence as unknown as Array<{ action: string; actor: { id: string } }>;
    expect(evidence).toHaveLength(4);
    expect(evidence[0]).toMatchObject({ action: 'record.lookup', actor: { id: 'shown' } });
  });

  it('suspend the grants of the person where the rule says so, until somebody resumes them', async () => {
    const customer = await company.customer(company.rep);
    await company.consent(customer.id, PURPOSE, 'sensitive');
    const asked = await company.rep.post(`${PANEL}/access-requests`, {
      type: CUSTOMER,
      records: [customer.documentId],
      purpose: PURPOSE,
      attributes: ['residentId'],
      termDays: 7,
      reason: 'Signing the contract',
    });
    const steps = asked.body.steps as unknown as Array<{ id: number }>;
    for (const [index, person] of [company.head, company.leader].entries()) {
      await person.post(`${PANEL}/approvals/${steps[index].id}/decide`, { decision: 'approve' });
    }
    const reveal = async () =>
      (
        await company.rep.post(`${PANEL}/reveal`, {
          type: CUSTOMER,
          documentIds: [customer.documentId],
          attributes: ['residentId'],
          purpose: PURPOSE,
        })
      ).status;
    expect(await reveal()).toBe(200);
    const who = String(company.rep.userId);
    const now = Date.now();
    await log([{ at: now - 5 * MINUTE, who, action: 'record.reveal', records: 25 }]);
    await jobs().run('anomalies', new Date(now + 2 * MINUTE));

    const [alert] = await of(who, 'bulk-reveal');
    expect(alert.suspendedGrants).toHaveLength(1);
    expect(await reveal()).toBe(403);
    const [grant] = alert.suspendedGrants;
    const [entry] = await entries({ action: 'grant.suspend' });
    expect(entry.details).toEqual({ grant, reason: 'anomaly' });

    await act(manager, alert, 'acknowledge');
    await act(manager, alert, 'close', { reason: 'A list for the auditors' });
    expect(await reveal()).toBe(403);
    expect((await company.head.post(`${PANEL}/access-grants/${grant}/resume`)).status).toBe(200);
    expect(await reveal()).toBe(200);
  });

  it('are told to those who manage them, except for the person concerned', async () => {
    const told = async (person: Person) =>
      (
        (await person.get(`${PANEL}/notifications?limit=100`)).body.items as unknown as Array<{
          event: string;
          requestId: string;
        }>
      ).filter(({ event }) => event === 'anomaly-raised');
    const [own] = await of(String(manager.userId), 'missed-lookups');
    expect((await told(manager)).some(({ requestId }) => requestId === own.documentId)).toBe(false);
    expect((await told(second)).some(({ requestId }) => requestId === own.documentId)).toBe(true);
    expect(await told(company.head)).toEqual([]);
  });

  it('leave no personal data in the log', async () => {
    const [alert] = await of(String(company.rep.userId), 'leaver');
    const raised = await entries({ action: 'anomaly.raise' });
    const entry = raised.find(({ details }) => details.alert === alert.documentId);
    expect(entry?.details).toEqual({
      alert: alert.documentId,
      rule: 'leaver',
      kind: 'leaver',
      severity: 'high',
      person: `admin:${company.rep.userId}`,
      observed: alert.observed,
      expected: 5,
      entries: alert.evidenceCount,
      suspended: 0,
    });
  });

  describe('of a week', () => {
    interface Report {
      counts: Record<string, number>;
      before: Record<string, number>;
      byRule: Array<{ rule: string; raised: number; before: number }>;
      byDepartment: Array<{ department: string | null; raised: number }>;
      byDay: Array<{ raised: number }>;
      top: Alert[];
    }
    const report = async (week: string) => {
      const { status, body, text } = await manager.get(`${PANEL}/anomalies/report?week=${week}`);
      if (status !== 200) throw new Error(text);
      return body as unknown as Report;
    };

    it('are reported: by rule, department and day, and beside those of the week before', async () => {
      // Week 13 begins on 24 March; the rep's are of Sales East.
      const monday = Date.parse('2031-03-24T02:00:00Z');
      const rep = String(company.rep.userId);
      await log([
        ...misses(rep, monday),
        ...misses('nobody', monday + DAY),
        ...misses('nobody', monday + 7 * DAY),
      ]);
      await detect(new Date(monday + 14 * DAY));
      const [alert] = await list(`person=admin:${rep}&rule=missed-lookups`);
      await act(second, alert, 'acknowledge');
      const one = await report('2031-W13');
      expect(one.counts).toEqual({ raised: 2, open: 1, acknowledged: 1, closed: 0 });
      expect(one.byRule[0]).toMatchObject({ rule: 'missed-lookups', raised: 2 });
      expect(one.byDepartment).toEqual(
        expect.arrayContaining([
          expect.objectContaining({ department: 'Sales East', raised: 1 }),
          expect.objectContaining({ department: null, raised: 1 }),
        ])
      );
      expect(one.byDay.map(({ raised }) => raised)).toEqual([1, 1, 0, 0, 0, 0, 0]);
      expect(one.top).toHaveLength(2);
      const next = await report('2031-W14');
      expect(next.counts.raised).toBe(1);
      expect(next.before).toMatchObject({ week: '2031-W13', raised: 2 });
    });

    it('are announced on Monday to those who manage them', async () => {
      await jobs().run('anomaly-report', new Date('2031-03-31T08:00:00Z'));
      const { body } = await manager.get(`${PANEL}/notifications?limit=100`);
      const items = body.items as unknown as Array<{ event: string; requestId: string }>;
      expect(items.find(({ event }) => event === 'anomaly-report')?.requestId).toBe('2031-W13');
    });

    it.each(['2031-W54', '2031-W00', '2031-13', 'x'])('%s is no week', async (week) => {
      const answer = await manager.get(`${PANEL}/anomalies/report?week=${week}`);
      expect(answer.status).toBe(400);
    });
  });
});

it('nothing is looked for where the policy has no rules', async () => {
  const rules = RULES.map(({ code }) => ({ code, omit: true }));
  const app = await bootApp({ policy: { anomalies: { rules } } });
  try {
    await app.strapi.db.connection('governance_audit_entries').insert({
      document_id: 'bulk',
      at: app.database === 'sqlite' ? WORK : new Date(WORK),
      actor_kind: 'admin',
      actor_id: '1',
      action: 'record.reveal',
      outcome: 'done',
      record_ids: JSON.stringify(Array.from({ length: 1000 }, (_, n) => `record${n}`)),
      channel: 'panel',
    });
    const service = app.strapi.plugin('customer-governance').service('jobs') as Jobs;
    await service.run('anomalies', LATER);
    expect(await app.strapi.db.query(ALERT).count()).toBe(0);
  } finally {
    await app.close();
  }
});
