import { bootApp, type BootedApp } from '../support/app';
import {
  createCompany,
  createRole,
  createUser,
  CUSTOMER,
  signIn,
  type Answer,
  type Company,
} from '../support/company';

const PANEL = '/customer-governance';
const UID = 'plugin::customer-governance.';
const DAY = 24 * 3_600_000;

interface Member {
  staffId: number;
  documentId: string;
  get(path: string): Promise<Answer>;
  post(path: string, body?: object): Promise<Answer>;
  put(path: string, body?: object): Promise<Answer>;
}
interface Finding {
  documentId: string;
  number: string;
  state: string;
  overdue: boolean;
  dueSoon: boolean;
  may: string[];
  earlier: object[];
}
interface Audit {
  documentId: string;
  number: string;
  state: string;
  may: string[];
  items: Finding[];
  findings: { total: number; unclosed: number; overdue: number };
}
interface Entry {
  action: string;
  outcome: string;
  details: Record<string, unknown>;
}
interface Schedule {
  propose(now: Date): Promise<string | null>;
  remind(now: Date): Promise<number>;
  run(now: Date): Promise<void>;
}

const dayFromNow = (days: number) =>
  // The policy's own day: the server may stand in another zone.
  new Date(Date.now() + days * DAY + 8 * 3_600_000).toISOString().slice(0, 10);
const bodyOf = <T>(answer: Answer): T => {
  if (answer.status !== 200) throw new Error(`${answer.status} ${answer.text}`);
  return answer.body as T;
};

describe('internal audits', () => {
  let app: BootedApp;
  let company: Company;
  let lead: Member;
  let second: Member;
  /** Of a sales department, manages audits too. */
  let manager: Member;
  let reader: Member;
  /** Responsible for findings; without any permission of audits. */
  let rep: Member;

  const schedule = () =>
    (app.strapi.plugin('customer-governance').service('internal-audits') as { schedule: Schedule })
      .schedule;
  const entries = (action: string): Promise<Entry[]> =>
    app.strapi.db
      .query(`${UID}audit-entry`)
      .findMany({ where: { action }, orderBy: { id: 'desc' } });
  const told = (documentId: string): Promise<Array<{ event: string; staffId: number }>> =>
    app.strapi.db
      .query(`${UID}notification`)
      .findMany({ where: { subjectId: documentId }, orderBy: 'id' });

  const plan = (more: object = {}) => ({
    kind: 'scheduled',
    title: 'First half of the year',
    scope: { departments: ['SE'], types: [CUSTOMER], chapters: ['use', 'destruction'] },
    periodFrom: '2030-01-01',
    periodTo: '2030-06-30',
    plannedOn: '2030-07-05',
    lead: lead.documentId,
    auditors: [second.documentId],
    ...more,
  });
  const finding = (more: object = {}) => ({
    severity: 'major',
    chapter: 'use',
    description: 'Two grants were longer than needed.',
    responsible: rep.documentId,
    dueOn: dayFromNow(10),
    ...more,
  });
  const planned = async (more?: object) =>
    bodyOf<Audit>(await lead.post(`${PANEL}/internal-audits`, plan(more)));
  const act = (person: Member, audit: { documentId: string }, which: string, body?: object) =>
    person.post(`${PANEL}/internal-audits/${audit.documentId}/${which}`, body);
  const onFinding = (person: Member, documentId: string, which: string, body?: object) =>
    person.post(`${PANEL}/audit-findings/${documentId}/${which}`, body);
  const begun = async (more?: object) => {
    const audit = await planned(more);
    return bodyOf<Audit>(await act(lead, audit, 'start'));
  };
  const opened = async (audit: Audit, more?: object) =>
    bodyOf<Finding>(await act(lead, audit, 'findings', finding(more)));
  const read = async (audit: { documentId: string }) =>
    bodyOf<Audit>(await reader.get(`${PANEL}/internal-audits/${audit.documentId}`));
  const REMEDIATION = {
    remediation: 'Both grants were revoked.',
    evidence: [
      { kind: 'link', reference: 'https://wiki.example/grants' },
      { kind: 'request', reference: 'abc123abc123abc123abc123' },
    ],
  };
  const remediated = async (audit: Audit, by = rep) => {
    const { documentId } = await opened(audit);
    bodyOf(await onFinding(by, documentId, 'remediate', REMEDIATION));
    return documentId;
  };
  const recheck = (person: Member, documentId: string, passed: boolean) =>
    onFinding(person, documentId, 'recheck', { passed, note: 'Looked at the grants.' });

  beforeAll(async () => {
    app = await bootApp();
    company = await createCompany(app);
    const { strapi } = app;
    const plain = (...actions: string[]) => actions.map((action) => ({ action: UID + action }));
    const manages = await createRole(
      strapi,
      'Test audit manager',
      plain('internal-audits.read', 'internal-audits.manage')
    );
    const reads = await createRole(strapi, 'Test audit reader', plain('internal-audits.read'));
    const nothing = await createRole(strapi, 'Test nothing', plain('overview.read'));
    const office = await strapi.db
      .query(`${UID}department`)
      .create({ data: { name: 'Audit', code: 'A', function: 'audit' } });
    const member = async (name: string, role: number, department: number): Promise<Member> => {
      const user = await createUser(strapi, name, role);
      const staff = await strapi.db.query(`${UID}staff-profile`).create({
        data: {
          displayName: `Person ${name}`,
          level: 'staff',
          active: true,
          user: user.id,
          department,
          publishedAt: new Date(),
        },
      });
      return {
        staffId: staff.id,
        documentId: staff.documentId,
        ...(await signIn(app, user.email)),
      };
    };
    lead = await member('lead', manages, office.id);
    second = await member('second', manages, office.id);
    manager = await member('manager', manages, company.west.id);
    reader = await member('reader', reads, office.id);
    rep = await member('responsible', nothing, company.east.id);
  });
  afterAll(() => app?.close());

  describe('the plan', () => {
    it('gives each audit a number of its own, also when two are planned at once', async () => {
      const answers = await Promise.all([planned(), planned(), planned()]);
      const numbers = answers.map(({ number }) => number);
      expect(new Set(numbers).size).toBe(3);
      for (const number of numbers) expect(number).toMatch(/^A-\d{4}-\d{4}$/);
    });

    it('is read back with names, and with what the reader may do', async () => {
      const audit = await planned();
      expect(audit).toMatchObject({
        kind: 'scheduled',
        state: 'planned',
        scope: {
          departments: [{ code: 'SE', name: 'Sales East' }],
          types: [CUSTOMER],
          chapters: ['use', 'destruction'],
        },
        periodFrom: '2030-01-01',
        lead: { name: 'Person lead' },
        auditors: [{ name: 'Person second' }],
        plannedBy: { name: 'Person lead' },
        findings: { total: 0, unclosed: 0, overdue: 0 },
        may: ['start', 'cancel', 'revise', 'team'],
        items: [],
      });
      expect((await read(audit)).may).toEqual([]);
    });

    it.each([
      ['an unknown key', { colour: 'red' }, 'colour'],
      ['a day that there is not', { plannedOn: '2030-02-30' }, 'plannedOn'],
      ['a period that ends before it begins', { periodTo: '2029-01-01' }, 'periodTo'],
      ['a special audit without a reason', { kind: 'special' }, 'reason'],
      ['a lead whom there is not', { lead: 'nosuchperson' }, 'lead'],
      ['an auditor whom there is not', { auditors: ['nosuchperson'] }, 'auditors'],
      [
        'a department that there is not',
        { scope: { departments: ['NONE'], types: [], chapters: ['use'] } },
        'departments',
      ],
      [
        'a type that is not governed',
        { scope: { departments: [], types: ['admin::user'], chapters: ['use'] } },
        'types',
      ],
      ['no chapter', { scope: { departments: [], types: [], chapters: [] } }, 'chapters'],
    ])('is refused with the attribute and the reason: %s', async (_what, more, attribute) => {
      const answer = await lead.post(`${PANEL}/internal-audits`, plan(more));
      expect(answer.status).toBe(400);
      expect((answer.body.error as { message: string }).message).toContain(attribute);
    });

    it('names no lead of a department in its scope, nor of one below it', async () => {
      for (const departments of [['SW'], ['S'], ['SE', 'S']]) {
        const answer = await lead.post(
          `${PANEL}/internal-audits`,
          plan({
            lead: manager.documentId,
            scope: { departments, types: [], chapters: ['use'] },
          })
        );
        expect(answer.status).toBe(400);
        expect(answer.text).toContain('nobody audits their own');
      }
    });

    it('can be revised until the audit begins', async () => {
      const audit = await planned();
      const path = `${PANEL}/internal-audits/${audit.documentId}`;
      const changed = plan({ title: 'Another title', auditors: [] });
      expect(bodyOf(await lead.put(path, changed))).toMatchObject({
        title: 'Another title',
        auditors: [],
      });
      bodyOf(await act(lead, audit, 'start'));
      expect((await lead.put(path, changed)).status).toBe(400);
      const team = { lead: second.documentId, auditors: [lead.documentId] };
      expect(bodyOf(await act(manager, audit, 'team', team))).toMatchObject({
        lead: { name: 'Person second' },
      });
    });

    it('does not begin when its lead has moved into its scope, and the attempt is logged', async () => {
      const audit = await planned();
      const staff = app.strapi.db.query(`${UID}staff-profile`);
      const before = await staff.findOne({
        where: { id: lead.staffId },
        populate: { department: true },
      });
      const move = (department: number) =>
        staff.update({ where: { id: lead.staffId }, data: { department } });
      await move(company.east.id);
      const answer = await act(lead, audit, 'start');
      await move(before.department.id);
      expect(answer.status).toBe(403);
      const [entry] = await entries('internal-audit.start');
      expect(entry).toMatchObject({
        outcome: 'refused',
        details: { internalAudit: audit.number, reason: 'segregation-of-duties' },
      });
      expect((await read(audit)).state).toBe('planned');
    });
  });

  describe('what may be done by whom', () => {
    it('reading and managing need their permissions', async () => {
      const audit = await planned();
      expect((await rep.get(`${PANEL}/internal-audits`)).status).toBe(403);
      expect((await rep.get(`${PANEL}/internal-audits/${audit.documentId}`)).status).toBe(403);
      expect((await reader.post(`${PANEL}/internal-audits`, plan())).status).toBe(403);
      expect((await reader.post(`${PANEL}/internal-audits/people`, { text: 'a' })).status).toBe(
        403
      );
      expect((await act(reader, audit, 'start')).status).toBe(403);
      expect((await act(manager, audit, 'start')).status).toBe(403);
    });

    it('an unknown audit or finding is not found', async () => {
      expect((await reader.get(`${PANEL}/internal-audits/nosuchaudit`)).status).toBe(404);
      expect((await act(lead, { documentId: 'nosuchaudit' }, 'start')).status).toBe(404);
      expect((await reader.get(`${PANEL}/audit-findings/nosuchfinding`)).status).toBe(404);
      expect((await onFinding(lead, 'nosuchfinding', 'close')).status).toBe(404);
    });

    it('audits and findings are written by no other way', async () => {
      const { documentId } = await planned();
      const write = () =>
        app.strapi.db
          .query(`${UID}internal-audit`)
          .update({ where: { documentId }, data: { state: 'closed' } });
      await expect(write()).rejects.toThrow('not by writing rows');
      await expect(
        app.strapi.db.query(`${UID}audit-finding`).deleteMany({ where: {} })
      ).rejects.toThrow('not by writing rows');
    });

    it('people are found by a part of their name, at most a few', async () => {
      const answer = await lead.post(`${PANEL}/internal-audits/people`, { text: 'person RES' });
      expect(bodyOf(answer)).toEqual({
        items: [
          {
            documentId: rep.documentId,
            name: 'Person responsible',
            title: null,
            department: 'Sales East',
          },
        ],
      });
    });
  });

  describe('a finding', () => {
    it('goes from opening through remediation and re-check to closure, and its audit after it', async () => {
      const audit = await begun();
      const { documentId, number } = await opened(audit);
      expect(number).toBe(`${audit.number}-01`);
      expect((await told(documentId)).at(-1)).toMatchObject({
        event: 'finding-opened',
        staffId: rep.staffId,
      });
      const report = { conclusion: 'The handbook is kept but for one thing.' };
      expect(bodyOf(await act(lead, audit, 'report', report))).toMatchObject({
        state: 'reported',
        ...report,
      });
      expect((await act(lead, audit, 'close')).status).toBe(400);

      bodyOf(await onFinding(rep, documentId, 'remediate', REMEDIATION));
      expect((await told(documentId)).map(({ staffId }) => staffId)).toEqual([
        rep.staffId,
        lead.staffId,
        second.staffId,
      ]);
      expect((await onFinding(lead, documentId, 'close')).status).toBe(400);
      bodyOf(await recheck(second, documentId, true));
      expect((await act(lead, audit, 'close')).status).toBe(400);
      expect(bodyOf(await onFinding(lead, documentId, 'close'))).toMatchObject({
        state: 'closed',
        evidence: REMEDIATION.evidence,
        remediatedBy: { name: 'Person responsible' },
        recheckedBy: { name: 'Person second' },
        closedBy: { name: 'Person lead' },
      });
      expect(bodyOf(await act(lead, audit, 'close'))).toMatchObject({
        state: 'closed',
        closedBy: { name: 'Person lead' },
        may: [],
      });
    });

    it('is reopened by a re-check that failed, and keeps what was done the first time', async () => {
      const audit = await begun();
      const documentId = await remediated(audit);
      expect(bodyOf<Finding>(await recheck(lead, documentId, false)).state).toBe('reopened');
      expect((await told(documentId)).at(-1)).toMatchObject({
        event: 'finding-reopened',
        staffId: rep.staffId,
      });
      const again = { remediation: 'The term is checked at each approval.', evidence: [] };
      expect(bodyOf(await onFinding(rep, documentId, 'remediate', again))).toMatchObject({
        ...again,
        state: 'remediated',
        recheckNote: null,
        earlier: [
          {
            remediation: REMEDIATION.remediation,
            note: 'Looked at the grants.',
            remediatedBy: { name: 'Person responsible' },
            recheckedBy: { name: 'Person lead' },
          },
        ],
      });
    });

    it('is read and remediated by the person responsible without any permission, and by no stranger', async () => {
      const audit = await begun();
      const { documentId } = await opened(audit);
      const path = `${PANEL}/audit-findings/${documentId}`;
      expect(bodyOf<Finding>(await rep.get(path)).may).toEqual(['remediate']);
      expect((await company.rep.get(path)).status).toBe(404);
      expect(
        (await onFinding(company.rep as never, documentId, 'remediate', REMEDIATION)).status
      ).toBe(404);
      const mine = bodyOf<{ items: Finding[] }>(await rep.get(`${PANEL}/audit-findings/mine`));
      expect(mine.items[0]).toMatchObject({ documentId, may: ['remediate'] });
      const counts = bodyOf<{ findings: number }>(await rep.get(`${PANEL}/notifications/counts`));
      expect(counts.findings).toBeGreaterThan(0);
    });

    it('is neither re-checked nor closed by who remediated it, and the attempt is logged', async () => {
      const audit = await begun();
      const documentId = await remediated(audit, second);
      const answer = await recheck(second, documentId, true);
      expect(answer.status).toBe(403);
      expect(answer.text).toContain('You remediated this finding yourself');
      expect((await entries('finding.recheck'))[0]).toMatchObject({
        outcome: 'refused',
        details: { reason: 'segregation-of-duties', severity: 'major' },
      });
      bodyOf(await recheck(lead, documentId, true));
      expect((await onFinding(second, documentId, 'close')).status).toBe(403);
      bodyOf(await onFinding(lead, documentId, 'close'));
    });

    it('is re-checked by one of two who do it at once', async () => {
      const documentId = await remediated(await begun());
      const answers = await Promise.all([
        recheck(lead, documentId, true),
        recheck(second, documentId, false),
      ]);
      expect(answers.map(({ status }) => status).sort()).toEqual([200, 400]);
    });

    it('names nobody of the team, nobody of the department of the lead, and no date beyond the policy', async () => {
      const audit = await begun();
      const attempts: Array<[object, string]> = [
        [{ responsible: second.documentId }, 'responsible'],
        [{ responsible: reader.documentId }, 'responsible'],
        [{ responsible: 'nosuchperson' }, 'responsible'],
        [{ dueOn: dayFromNow(-1) }, 'dueOn'],
        [{ dueOn: dayFromNow(40) }, 'dueOn'],
        [{ severity: 'critical', dueOn: dayFromNow(20) }, 'dueOn'],
      ];
      for (const [more, attribute] of attempts) {
        const answer = await act(lead, audit, 'findings', finding(more));
        expect(answer.status).toBe(400);
        expect((answer.body.error as { message: string }).message).toContain(attribute);
      }
      expect((await read(audit)).findings.total).toBe(0);
    });

    it('can be given to somebody else until it is remediated', async () => {
      const audit = await begun();
      const { documentId } = await opened(audit);
      const assignment = { responsible: manager.documentId, dueOn: dayFromNow(20) };
      const assign = () => lead.put(`${PANEL}/audit-findings/${documentId}`, assignment);
      expect(bodyOf(await assign())).toMatchObject({
        responsible: { name: 'Person manager' },
        dueOn: assignment.dueOn,
      });
      expect((await rep.get(`${PANEL}/audit-findings/${documentId}`)).status).toBe(404);
      bodyOf(await onFinding(manager, documentId, 'remediate', REMEDIATION));
      expect((await assign()).status).toBe(400);
      expect((await recheck(manager, documentId, true)).status).toBe(403);
    });

    it.each([
      [{ kind: 'link', reference: 'javascript:alert(1)' }],
      [{ kind: 'link', reference: 'no address' }],
      [{ kind: 'entry', reference: "x' OR 1=1" }],
      [{ kind: 'file', reference: 'abc' }],
      [{ kind: 'entry' }],
    ])('takes no evidence such as %j', async (evidence) => {
      const { documentId } = await opened(await begun());
      const body = { remediation: 'Done.', evidence: [evidence] };
      expect((await onFinding(rep, documentId, 'remediate', body)).status).toBe(400);
    });

    it('keeps its audit from being cancelled; without any, it is', async () => {
      const audit = await begun();
      await opened(audit);
      const reason = { reason: 'Not needed any more.' };
      expect((await act(lead, audit, 'cancel', reason)).status).toBe(400);
      const other = await begun();
      expect(bodyOf(await act(manager, other, 'cancel', reason))).toMatchObject({
        state: 'cancelled',
        cancelReason: reason.reason,
      });
      expect((await act(lead, other, 'findings', finding())).status).toBe(400);
    });
  });

  describe('the lists', () => {
    it('go page by page, newest first, and by state', async () => {
      const path = `${PANEL}/internal-audits`;
      const first = bodyOf<{ items: Audit[]; nextCursor: string }>(
        await reader.get(`${path}?limit=2`)
      );
      expect(first.items).toHaveLength(2);
      const next = bodyOf<{ items: Audit[] }>(
        await reader.get(`${path}?limit=2&cursor=${first.nextCursor}`)
      );
      const numbers = [...first.items, ...next.items].map(({ number }) => number);
      expect(numbers).toEqual([...new Set(numbers)].sort().reverse());
      const closed = bodyOf<{ items: Audit[] }>(await reader.get(`${path}?state=closed`));
      expect([...new Set(closed.items.map(({ state }) => state))]).toEqual(['closed']);
    });

    it.each([
      'internal-audits?state=lost',
      'internal-audits?cursor=x',
      'internal-audits?colour=red',
      'audit-findings/mine?limit=1000',
      'internal-audits/options?x=1',
    ])('refuse %s', async (path) => {
      expect((await lead.get(`${PANEL}/${path}`)).status).toBe(400);
    });

    it('offer what a plan chooses from', async () => {
      const options = bodyOf(await lead.get(`${PANEL}/internal-audits/options`));
      expect(options).toMatchObject({
        departments: expect.arrayContaining([{ code: 'SE', name: 'Sales East' }]),
        types: expect.arrayContaining([CUSTOMER]),
        dueDays: { minor: 90, major: 30, critical: 7 },
      });
    });
  });

  describe('the log', () => {
    it('knows every act by ids, codes and numbers, and none of what people typed', async () => {
      const rows = await app.strapi.db.query(`${UID}audit-entry`).findMany({
        where: {
          $or: [
            { action: { $startsWith: 'internal-audit.' } },
            { action: { $startsWith: 'finding.' } },
          ],
        },
      });
      const actions = [...new Set((rows as Entry[]).map(({ action }) => action))].sort();
      expect(actions).toEqual([
        'finding.assign',
        'finding.close',
        'finding.open',
        'finding.recheck',
        'finding.remediate',
        'finding.reopen',
        'internal-audit.cancel',
        'internal-audit.close',
        'internal-audit.plan',
        'internal-audit.report',
        'internal-audit.revise',
        'internal-audit.start',
      ]);
      const text = JSON.stringify(rows);
      for (const typed of ['grants', 'First half', 'Person', 'needed', 'wiki.example']) {
        expect(text).not.toContain(typed);
      }
    });
  });

  describe('what happens by itself', () => {
    it('people are told once of a finding that is due soon, and once when it is overdue', async () => {
      const audit = await begun();
      const soon = await opened(audit, { dueOn: dayFromNow(10) });
      const later = await opened(audit, { dueOn: dayFromNow(30) });
      expect(await schedule().remind(new Date())).toBeGreaterThan(0);
      const events = async ({ documentId }: Finding) =>
        (await told(documentId)).map(({ event, staffId }) => [event, staffId]);
      const ofRep = (event: string) => [event, rep.staffId];
      expect(await events(soon)).toEqual([ofRep('finding-opened'), ofRep('finding-due')]);
      expect(await events(later)).toEqual([ofRep('finding-opened')]);
      expect(await schedule().remind(new Date())).toBe(0);

      await schedule().remind(new Date(Date.now() + 12 * DAY));
      expect(await events(soon)).toEqual([
        ofRep('finding-opened'),
        ofRep('finding-due'),
        ofRep('finding-overdue'),
        ['finding-overdue', lead.staffId],
      ]);
      expect(await schedule().remind(new Date(Date.now() + 12 * DAY))).toBe(0);
    });

    it('the next scheduled audit is proposed when the last is long ago and none is under way, for somebody to lead', async () => {
      const now = new Date('2031-01-10T03:00:00Z');
      expect(await schedule().propose(now)).toBeNull();
      for (const state of ['planned', 'in-progress']) {
        const { items } = bodyOf<{ items: Audit[] }>(
          await lead.get(`${PANEL}/internal-audits?state=${state}&kind=scheduled&limit=100`)
        );
        for (const audit of items) {
          const answer =
            audit.findings.total === 0
              ? await act(manager, audit, 'cancel', { reason: 'Tidied up.' })
              : await finished(audit);
          expect(answer.status).toBe(200);
        }
      }
      expect(await schedule().propose(new Date('2030-10-01T03:00:00Z'))).toBeNull();
      const documentId = (await schedule().propose(now)) ?? '';
      expect(await read({ documentId })).toMatchObject({
        kind: 'scheduled',
        title: null,
        lead: null,
        plannedBy: null,
        periodFrom: '2030-07-01',
        periodTo: '2030-12-30',
        state: 'planned',
      });
      expect(await schedule().propose(now)).toBeNull();
      const recipients = (await told(documentId)).map(({ staffId }) => staffId);
      expect(recipients.sort()).toEqual([lead.staffId, second.staffId, reader.staffId].sort());
      expect((await act(lead, { documentId }, 'start')).status).toBe(400);
    });

    /** Brings an audit with findings to its closure. */
    async function finished(audit: Audit): Promise<Answer> {
      for (const { documentId, state } of (await read(audit)).items) {
        if (state === 'open' || state === 'reopened') {
          bodyOf(await onFinding(manager, documentId, 'remediate', REMEDIATION));
        }
        if (state !== 'rechecked' && state !== 'closed') {
          bodyOf(await recheck(lead, documentId, true));
        }
        if (state !== 'closed') bodyOf(await onFinding(lead, documentId, 'close'));
      }
      bodyOf(await act(lead, audit, 'report', { conclusion: 'Done.' }));
      return act(lead, audit, 'close');
    }
  });
});
