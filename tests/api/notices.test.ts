import { createHash } from 'node:crypto';
import { bootApp, type BootedApp } from '../support/app';
import {
  CONSENT,
  createCaller,
  createCompany,
  CUSTOMER,
  fieldsOf,
  messageOf,
  named,
  type Company,
} from '../support/company';
import { refusalOf } from '../support/refusal';

const GOVERNANCE = 'plugin::customer-governance.';
const NOTICE = `${GOVERNANCE}notice`;
const PATH = `/content-manager/collection-types/${NOTICE}`;
const PANEL = '/customer-governance/notices';
const DAY_MS = 24 * 60 * 60 * 1000;
const MONDAY = new Date('2026-03-02T01:00:00Z');

type Caller = Awaited<ReturnType<typeof createCaller>>;
interface Row extends Record<string, unknown> {
  id: number;
  documentId: string;
  state: string;
}
interface Shown {
  id: number;
  documentId: string;
  code: string;
  version: string;
  hash: string;
}

const textOf = (purposes: string) => ({
  purposes,
  method: 'In talks and on forms.',
  kinds: 'Name and mobile.',
  term: 'Two years after the last contact.',
  rights: 'To see, correct, copy, delete, and to withdraw at any time.',
  contact: 'privacy@company.example',
});

describe('notices', () => {
  let app: BootedApp;
  let company: Company;
  /** Writes and publishes notices, and records consents. */
  let legal: Caller;

  const service = (name: string) => app.strapi.plugin('customer-governance').service(name);
  const notices = () =>
    service('notices') as {
      publish(documentId: string, now?: Date): Promise<boolean>;
      published(code: string): Promise<Shown | null>;
    };
  const consents = () =>
    service('consents') as {
      covers(
        customer: string,
        purpose: string,
        options: { sensitive: boolean },
        now: Date
      ): Promise<boolean>;
      recordElectronic(confirmed: object, now?: Date): Promise<string[]>;
    };
  const query = (uid: string) => app.strapi.db.query(uid);
  const draft = async (code: string, version: string, words = 'To answer you.'): Promise<Row> => {
    const answer = await legal.post(PATH, {
      title: code,
      code,
      version,
      texts: { en: textOf(words) },
    });
    if (answer.status !== 201) throw new Error(answer.text);
    return answer.body.data as unknown as Row;
  };
  const stored = (documentId: string): Promise<Row> =>
    query(NOTICE).findOne({ where: { documentId } });
  const publishedAt = async (code: string, version: string, words: string, at: Date) => {
    const { documentId } = await draft(code, version, words);
    await notices().publish(documentId, at);
    return stored(documentId);
  };
  const entriesOf = async (action: string, requestId: string) =>
    query(`${GOVERNANCE}audit-entry`).findMany({ where: { action, requestId } }) as Promise<
      Array<{ recordIds: string[]; purpose: string; details: Record<string, unknown> }>
    >;
  const consentOf = (customer: { documentId: string }, data: object) =>
    legal.post(`/content-manager/collection-types/${CONSENT}`, {
      customer: customer.documentId,
      purpose: purpose.documentId,
      scope: 'general',
      evidenceKind: 'signed-paper',
      evidence: 'scan 1',
      ...data,
    });
  let purpose: Row;

  beforeAll(async () => {
    app = await bootApp({ policy: { collection: { consent: { graceDays: 10 } } } });
    company = await createCompany(app);
    const on = (uid: string, ...actions: string[]) =>
      actions.map((action) => ({
        action: `plugin::content-manager.explorer.${action}`,
        subject: uid,
        fields: fieldsOf(app.strapi, uid),
      }));
    legal = await createCaller(app, 'legal', [
      ...on(NOTICE, 'read', 'create', 'update', 'delete'),
      ...on(CONSENT, 'read', 'create', 'update'),
      ...on(CUSTOMER, 'read'),
      { action: `${GOVERNANCE}notices.publish` },
      { action: `${GOVERNANCE}notices.read` },
    ]);
    purpose = await query(`${GOVERNANCE}purpose`).findOne({ where: { code: 'customer-service' } });
  });
  afterAll(() => app?.close());

  it('name what is missing of their texts, and where', async () => {
    const { contact: _, ...incomplete } = textOf('To answer you.');
    const texts = { en: incomplete, zh: textOf('') };
    const answer = await legal.post(PATH, { title: 'A', code: 'A B', version: '1 (neu)', texts });
    expect(answer.status).toBe(400);
    expect(named(answer).sort()).toEqual(['code', 'texts', 'version']);
    expect(answer.text).toContain('zh.purposes is missing; en.contact is missing');
    const foreign = await legal.post(PATH, {
      title: 'A',
      code: 'a',
      version: '1',
      texts: { fr: textOf('Pour vous') },
    });
    expect(named(foreign)).toEqual(['texts']);
  });

  it('become published by their own action alone, with a hash that anybody can reckon', async () => {
    const stamped = await legal.post(PATH, {
      title: 'A',
      code: 'stamped',
      version: '1',
      texts: { en: textOf('To answer you.') },
      state: 'published',
      textHash: 'a'.repeat(64),
    });
    expect(named(stamped).sort()).toEqual(['state', 'textHash']);
    const { documentId } = await draft('hashed', '1.0');
    expect((await company.rep.post(`${PANEL}/${documentId}/publish`)).status).toBe(403);
    const answer = await legal.post(`${PANEL}/${documentId}/publish`);
    expect(answer.status).toBe(200);
    const { contact, kinds, method, purposes, rights, term } = textOf('To answer you.');
    const canonical = JSON.stringify({
      code: 'hashed',
      texts: { en: { contact, kinds, method, purposes, rights, term } },
      version: '1.0',
    });
    expect(answer.body).toMatchObject({
      state: 'published',
      textHash: createHash('sha256').update(canonical).digest('hex'),
    });
    expect((await legal.post(`${PANEL}/${documentId}/publish`)).status).toBe(400);
  });

  it('stay as they were published, on every path, while drafts may go', async () => {
    const { id, documentId } = await publishedAt('frozen', '1', 'To answer you.', MONDAY);
    const changed = await legal.put(`${PATH}/${documentId}`, { title: 'B' });
    expect([changed.status, messageOf(changed)]).toEqual([
      403,
      expect.stringMatching(/next version/),
    ]);
    expect((await legal.delete(`${PATH}/${documentId}`)).status).toBe(403);
    const where = { id };
    await expect(query(NOTICE).update({ where, data: { title: 'B' } })).rejects.toThrow(/stays/);
    await expect(query(NOTICE).delete({ where })).rejects.toThrow(/Only a draft/);
    await expect(query(NOTICE).deleteMany({ where: {} })).rejects.toThrow(/Only a draft/);
    await expect(
      query(NOTICE).create({
        data: { title: 'B', code: 'b', version: '1', texts: {}, state: 'published' },
      })
    ).rejects.toThrow(/own action/);
    const other = await draft('frozen', '2');
    expect((await legal.put(`${PATH}/${other.documentId}`, { title: 'B' })).status).toBe(200);
    expect((await legal.delete(`${PATH}/${other.documentId}`)).status).toBe(200);
  });

  it('have one published version of a code, whoever publishes at the same moment', async () => {
    await publishedAt('raced', '1', 'The first.', MONDAY);
    const drafts = await Promise.all(['2', '3', '4'].map((version) => draft('raced', version)));
    const answers = await Promise.all(
      drafts.map(({ documentId }) => legal.post(`${PANEL}/${documentId}/publish`))
    );
    expect(answers.every(({ status }) => status === 200 || status === 400)).toBe(true);
    expect(await query(NOTICE).count({ where: { code: 'raced', state: 'published' } })).toBe(1);
    const twice = await refusalOf(draft('raced', '1'));
    expect(twice).toContain('another record has this value already');
  });

  it('put their version and hash on consents, which nobody else does', async () => {
    const notice = await publishedAt('paper', '2.1', 'To serve you.', MONDAY);
    const customer = await company.customer(company.rep);
    const made = await consentOf(customer, { notice: notice.documentId, channel: 'phone' });
    expect(made.status).toBe(201);
    const { documentId } = made.body.data as unknown as Row;
    expect(await query(CONSENT).findOne({ where: { documentId } })).toMatchObject({
      noticeVersion: '2.1',
      noticeHash: notice.textHash,
      channel: 'phone',
    });
    const [entry] = await entriesOf('consent.give', documentId);
    expect(entry).toMatchObject({
      recordIds: [customer.documentId],
      purpose: 'customer-service',
      details: { notice: 'paper', version: '2.1', hash: notice.textHash, channel: 'phone' },
    });
    const wrong = await consentOf(customer, {
      notice: (await draft('paper', '3')).documentId,
      noticeHash: notice.textHash,
      confirmedAt: MONDAY,
    });
    expect(named(wrong).sort()).toEqual(['confirmedAt', 'notice', 'noticeHash', 'noticeVersion']);
    const other = await consentOf(customer, { notice: notice.documentId, noticeVersion: '9' });
    expect(named(other)).toEqual(['noticeVersion']);
  });

  it('make the refusal of consent an entry of its own', async () => {
    const notice = await publishedAt('refused', '1', 'To serve you.', MONDAY);
    const customer = await company.customer(company.rep);
    const made = await consentOf(customer, { notice: notice.documentId, state: 'refused' });
    const { documentId } = made.body.data as unknown as Row;
    expect(await entriesOf('consent.refuse', documentId)).toHaveLength(1);
    expect(await entriesOf('consent.give', documentId)).toHaveLength(0);
  });

  describe('that are replaced', () => {
    const day = (count: number) => new Date(MONDAY.getTime() + count * DAY_MS);
    const relied = (customer: { documentId: string }, at: Date) =>
      consents().covers(customer.documentId, 'customer-service', { sensitive: false }, at);

    it('let consents be relied on for the days that the policy gives, and no longer', async () => {
      const first = await publishedAt('changed', '1', 'To serve you.', MONDAY);
      const customer = await company.customer(company.rep);
      await consentOf(customer, { notice: first.documentId, givenAt: day(0) });
      expect(await relied(customer, day(400))).toBe(true);
      const second = await publishedAt('changed', '2', 'To serve and to call you.', day(1));
      expect([await relied(customer, day(10)), await relied(customer, day(11))]).toEqual([
        true,
        false,
      ]);
      const late = await consentOf(customer, { notice: first.documentId, givenAt: day(12) });
      expect(named(late)).toEqual(['notice']);
      expect((await consentOf(customer, { notice: second.documentId })).status).toBe(201);
      expect(await relied(customer, day(40))).toBe(true);
    });

    it('list who has yet to answer, as far as one may read them, and tell their owners', async () => {
      const first = await publishedAt('listed', '1', 'To serve you.', MONDAY);
      const mine = await company.customer(company.rep, { filingNumber: null });
      const theirs = await company.customer(company.other);
      for (const customer of [mine, theirs]) {
        await consentOf(customer, { notice: first.documentId, givenAt: day(0) });
      }
      const second = await publishedAt('listed', '2', 'To serve and to call you.', day(1));
      const missing = async (caller: Pick<Caller, 'get'>, query = '') =>
        (await caller.get(`${PANEL}/${second.documentId}/missing?${query}`)).body as unknown as {
          items: Array<{ documentId: string; asked: unknown[] }>;
          nextCursor: string | null;
          total?: number;
        };
      const all = await missing(legal);
      expect(all).toMatchObject({ total: 2, nextCursor: null });
      expect(all.items.map(({ documentId }) => documentId)).toEqual([
        mine.documentId,
        theirs.documentId,
      ]);
      expect(all.items[0]?.asked).toMatchObject([
        { purpose: { code: 'customer-service' }, scope: 'general' },
      ]);
      const page = await missing(legal, 'limit=1');
      const rest = await missing(legal, `limit=1&cursor=${page.nextCursor}`);
      expect([page.items.length, rest.items[0]?.documentId]).toEqual([1, theirs.documentId]);
      expect((await company.rep.get(`${PANEL}/${second.documentId}/missing`)).status).toBe(403);
      const told = await query(`${GOVERNANCE}notification`).findMany({
        where: { event: 'notice-changed', subjectId: second.documentId },
      });
      expect(told.map(({ staffId }: { staffId: number }) => staffId).sort()).toEqual(
        [company.rep.staffId, company.other.staffId].sort()
      );
      await consentOf(mine, { notice: second.documentId, state: 'refused' });
      expect((await missing(legal)).items.map(({ documentId }) => documentId)).toEqual([
        theirs.documentId,
      ]);
    });

    it('end what customers are held for, once consents are relied on no longer', async () => {
      const first = await publishedAt('ending', '1', 'To serve you.', MONDAY);
      const customer = await company.customer(company.rep, {
        lastContactOn: '2026-03-02',
      });
      await consentOf(customer, { notice: first.documentId, givenAt: day(0) });
      await publishedAt('ending', '2', 'To serve and to call you.', day(1));
      await service('retention').nightly(day(400));
      expect(await query(CUSTOMER).findOne({ where: { id: customer.id } })).toMatchObject({
        retentionReason: expect.stringContaining('purpose-ended'),
      });
    });

    it('ask nobody again when the new version says the same', async () => {
      const first = await publishedAt('renamed', '1', 'To serve you.', MONDAY);
      const customer = await company.customer(company.rep);
      await consentOf(customer, { notice: first.documentId, givenAt: day(0) });
      await publishedAt('renamed', '1.1', 'To serve you.', day(1));
      expect(await relied(customer, day(400))).toBe(true);
      await publishedAt('renamed', '2', 'To sell to you.', day(2));
      expect(await relied(customer, day(400))).toBe(false);
    });
  });

  describe('confirmed on a screen', () => {
    it('are recorded with time, network, version and hash, or not at all', async () => {
      const notice = await publishedAt('online', '1', 'To answer you.', MONDAY);
      const shown = (await notices().published('online')) as Shown;
      const customer = await company.customer(company.rep);
      const answers = [
        { purpose: 'customer-service', scope: 'general', agreed: true },
        { purpose: 'marketing', scope: 'marketing', agreed: false, channel: 'e-mail' },
      ];
      const confirmed = {
        customer,
        notice: shown,
        answers,
        evidence: 'form contact 1',
        language: 'en',
        address: '203.0.113.7',
      };
      const undone = app.strapi.db.transaction(async () => {
        await consents().recordElectronic(confirmed, MONDAY);
        throw new Error('the customer was refused');
      });
      expect(await refusalOf(undone)).toBe('the customer was refused');
      expect(await query(CONSENT).count({ where: { customer: customer.id } })).toBe(0);

      const ids = await app.strapi.db.transaction(() =>
        consents().recordElectronic(confirmed, MONDAY)
      );
      const rows: Row[] = await query(CONSENT).findMany({
        where: { documentId: { $in: ids } },
        orderBy: 'id',
      });
      expect(rows).toMatchObject([
        { state: 'given', noticeHash: notice.textHash, confirmedFrom: '203.0.113.0/24' },
        { state: 'refused', scope: 'marketing', channel: 'e-mail', confirmedIn: 'en' },
      ]);
      expect(new Date(rows[0]?.confirmedAt as string)).toEqual(MONDAY);
      expect(await entriesOf('consent.refuse', ids[1] ?? '')).toHaveLength(1);
      const forged = consents().recordElectronic(
        { ...confirmed, notice: { ...shown, hash: 'f'.repeat(64) } },
        MONDAY
      );
      expect(await refusalOf(forged)).toContain('not the notice that was shown');
    });
  });

  it('are what the form of a plan shows, in the version that is published now', async () => {
    const first = await publishedAt('shown', '1', 'To serve you.', MONDAY);
    const plan = await query(`${GOVERNANCE}collection-plan`).create({
      data: {
        title: 'P',
        code: 'P-NOTICE',
        attributes: ['customer.mobile'],
        notice: first.id,
        state: 'active',
      },
    });
    const form = async () =>
      (await legal.get(`/customer-governance/collection-plans/${plan.documentId}/form`)).body
        .notice as unknown as Record<string, unknown>;
    expect(await form()).toMatchObject({ code: 'shown', version: '1', hash: first.textHash });
    const second = await publishedAt('shown', '2', 'To call you.', MONDAY);
    expect(await form()).toMatchObject({
      documentId: second.documentId,
      version: '2',
      texts: { en: { purposes: 'To call you.' } },
      text: null,
    });
    const customer = await company.customer(company.rep, { plan: plan.id });
    const made = await consentOf(customer, { noticeVersion: '2' });
    const { documentId } = made.body.data as unknown as Row;
    expect(await query(CONSENT).findOne({ where: { documentId } })).toMatchObject({
      noticeHash: second.textHash,
    });
  });
});
