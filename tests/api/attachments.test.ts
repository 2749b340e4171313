import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import http from 'node:http';
import os from 'node:os';
import path from 'node:path';
import { Readable } from 'node:stream';
import { createApiRole, createApiUser } from '../support/api';
import { bootApp, type BootedApp } from '../support/app';
import {
  ATTACHMENT,
  fileCaller,
  giveFiles,
  pdf,
  storedFiles,
  tokenOf,
  type FileAnswer,
} from '../support/attachments';
import { CONSENT, createCompany, CUSTOMER, type Company } from '../support/company';
import { createRetention, HOLD } from '../support/retention';

const PANEL = '/customer-governance';
const API = '/api/customer-governance';
const SECRET = '张三 330106198501018888';
const PURPOSE = 'contract-performance';

interface Shown {
  documentId: string;
  name: string;
  kind: string;
  date: string;
  mime: string;
  size: number;
  state: string;
  attribute: string;
  reveal: string | null;
  removalReason: string | null;
}
interface Service {
  upload(
    asked: { customer: string; kind: string; date?: string },
    content: Readable,
    now?: Date,
    onStep?: (step: string) => void
  ): Promise<string>;
  download(documentId: string, purpose: string): Promise<unknown>;
  useScanner(scan: ((content: AsyncIterable<Buffer>) => Promise<string>) | null): void;
  sweep(now: Date): Promise<number>;
}

describe('attachments', () => {
  let app: BootedApp;
  let company: Company;
  let repToken: string;
  let rep: ReturnType<typeof fileCaller>;
  let other: ReturnType<typeof fileCaller>;
  let head: ReturnType<typeof fileCaller>;
  let customer: { id: number; documentId: string };

  const query = (uid: string) => app.strapi.db.query(uid);
  const service = () =>
    app.strapi.plugin('customer-governance').service('attachments') as unknown as Service;
  const asSystem = <T>(work: () => Promise<T>): Promise<T> =>
    (
      app.strapi.plugin('customer-governance').service('actor') as unknown as {
        asSystem<T>(name: string, work: () => Promise<T>): Promise<T>;
      }
    ).asSystem('unattended', work);
  const filesOf = (id = customer.documentId) => `${PANEL}/customers/${id}/attachments`;
  const upload = async (
    content: Buffer = pdf(SECRET),
    params = 'kind=contract&date=2026-01-02',
    of = customer.documentId
  ) => rep.upload(`${filesOf(of)}?${params}`, content);
  const stored = async (content?: Buffer, params?: string, of?: string): Promise<Shown> => {
    const answer = await upload(content, params, of);
    if (answer.status !== 201) throw new Error(`${answer.status} ${answer.text}`);
    return answer.body as unknown as Shown;
  };
  const download = (id: string, by = rep, purpose = PURPOSE): Promise<FileAnswer> =>
    by.download(`${PANEL}/attachments/${id}/download`, { purpose });
  const fileOf = (id: string) => {
    const found = storedFiles(app).filter((name) => path.basename(name).startsWith(id));
    return found[0] ?? null;
  };
  const entries = (where: object): Promise<Array<Record<string, never>>> =>
    query(`${'plugin::customer-governance.'}audit-entry`).findMany({
      where,
      orderBy: { id: 'desc' },
    });
  const keysOf = async (id: string): Promise<unknown[]> =>
    (
      app.strapi.plugin('customer-governance').service('vault') as unknown as {
        keyStore(): { dataKeys(type: string, ids: string[]): Promise<unknown[]> };
      }
    )
      .keyStore()
      .dataKeys(ATTACHMENT, [id]);
  const message = (answer: { body: unknown }) =>
    (answer.body as { error?: { message?: string } }).error?.message ?? '';

  beforeAll(async () => {
    app = await bootApp({
      // So that a customer can be deleted without an order, too.
      policy: { attachments: { maxBytes: 300_000 }, retention: { deletion: 'by-permission' } },
    });
    company = await createCompany(app);
    await giveFiles(app, company);
    repToken = await tokenOf(app, company.rep.email);
    rep = fileCaller(app, repToken);
    other = fileCaller(app, await tokenOf(app, company.other.email));
    head = fileCaller(app, await tokenOf(app, company.head.email));
    customer = await company.customer(company.rep, { filingNumber: 'C-2026-0007' });
  });
  afterAll(() => app?.close());

  describe('a file that is uploaded', () => {
    it('comes back as it was, under a name of date, customer and kind', async () => {
      const content = Buffer.concat([pdf(SECRET), Buffer.from(SECRET.repeat(4000))]);
      const shown = await stored(content);
      expect(shown).toMatchObject({
        name: '2026-01-02_C-2026-0007_contract',
        kind: 'contract',
        date: '2026-01-02',
        mime: 'application/pdf',
        size: content.length,
        state: 'stored',
        reveal: 'standing',
      });
      const answer = await download(shown.documentId);
      expect(answer.status).toBe(200);
      expect(answer.bytes.equals(content)).toBe(true);
      expect(answer.headers).toMatchObject({
        'content-type': 'application/pdf',
        'content-length': String(content.length),
        'content-disposition': expect.stringMatching(
          /^attachment; filename="2026-01-02_C-2026-0007_contract\.pdf"/
        ),
        'x-content-type-options': 'nosniff',
        'cache-control': 'no-store',
        'accept-ranges': 'none',
      });
    });

    it('lies sealed outside the public folder, with the digest of what lies there in its row', async () => {
      const { documentId } = await stored();
      const file = fileOf(documentId);
      expect(file).not.toBeNull();
      expect(path.relative(path.join(app.dir, 'public'), file!)).toMatch(/^\.\./);
      const bytes = readFileSync(file!);
      expect(bytes.includes('330106198501018888')).toBe(false);
      const row = await query(ATTACHMENT).findOne({ where: { documentId } });
      expect(row.digest).toBe(createHash('sha256').update(bytes).digest('hex'));
      expect(row.content).toMatch(/^\*+$/);
    });

    it('is logged with the customer and without its content', async () => {
      const { documentId } = await stored();
      const [entry] = await entries({ action: 'attachment.upload' });
      expect(entry).toMatchObject({
        recordType: CUSTOMER,
        recordIds: [customer.documentId],
        details: { attachment: documentId, kind: 'contract', bytes: pdf(SECRET).length },
      });
      const [created] = await entries({ action: 'record.create', recordType: ATTACHMENT });
      expect(created).toMatchObject({ recordIds: [documentId] });
    });

    it('leaves nothing in the temporary directory, and no form is taken that would', async () => {
      const mark = `${SECRET}-${process.pid}`;
      await stored(pdf(mark));
      for (const address of [filesOf(), `${API}/customers/${customer.documentId}/attachments`]) {
        for (const field of ['files', 'file']) {
          const answer = await app.request
            .post(`${address}?kind=contract`)
            .set('Authorization', `Bearer ${repToken}`)
            .attach(field, pdf(mark), '张三身份证.pdf');
          expect(answer.status).toBe(400);
          expect(answer.text).toContain('application/octet-stream');
        }
      }
      const left = readdirSync(os.tmpdir(), { withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map(({ name }) => path.join(os.tmpdir(), name))
        .filter((name) => statSync(name).size < 10_000 && readFileSync(name).includes(mark));
      expect(left).toEqual([]);
    });

    it('is not taken as JSON or text, which the server would read into memory', async () => {
      for (const type of ['application/json', 'text/plain', 'application/pdf']) {
        const answer = await rep.upload(`${filesOf()}?kind=contract`, Buffer.from('{}'), type);
        expect(answer.status).toBe(400);
      }
    });

    it.each([
      ['kind=passport', /kind/],
      ['date=2026-01-02', /kind/],
      ['kind=contract&date=2026-02-30', /date/],
      ['kind=contract&name=x', /name/],
    ])('needs a kind of the policy and a day: %s', async (params, about) => {
      const answer = await upload(pdf('x'), params);
      expect(answer.status).toBe(400);
      expect(message(answer)).toMatch(about);
    });

    it.each([
      ['nothing', Buffer.alloc(0)],
      ['text', Buffer.from(SECRET)],
      ['a web page', Buffer.from('<!DOCTYPE html><script>alert(1)</script>')],
      ['a program', Buffer.concat([Buffer.from('MZ'), Buffer.alloc(200)])],
      ['an archive', Buffer.concat([Buffer.from('PK\x03\x04'), Buffer.alloc(80)])],
    ])('is refused when it is %s, by its content and not by its name', async (_what, content) => {
      const count = storedFiles(app).length;
      const answer = await upload(content);
      expect(answer.status).toBe(400);
      expect(message(answer)).toMatch(/Allowed: pdf|is empty/);
      expect(answer.text).not.toContain('330106');
      expect(storedFiles(app)).toHaveLength(count);
      const [entry] = await entries({ action: 'attachment.upload', outcome: 'refused' });
      expect(['type', 'empty']).toContain(
        (entry as never as { details: Shown }).details['reason' as never]
      );
    });

    it('is refused when it is larger than the policy allows, said or not', async () => {
      const count = storedFiles(app).length;
      const large = pdf('x', 300_001);
      const said = await upload(large);
      expect(said.status).toBe(413);
      expect(message(said)).toContain('0.3 MB');
      const unsaid = await chunked(filesOf(), repToken, large);
      expect(unsaid).toBe(413);
      expect((await upload(pdf('x', 300_000))).status).toBe(201);
      expect(storedFiles(app)).toHaveLength(count + 1);
      expect(await query(ATTACHMENT).count({ where: { size: { $gt: 300_000 } } })).toBe(0);
    });

    it("is nobody's to upload for a customer out of sight, or without the permission", async () => {
      const foreign = await other.upload(`${filesOf()}?kind=contract`, pdf('x'));
      expect(foreign.status).toBe(404);
      expect((await head.upload(`${filesOf()}?kind=contract`, pdf('x'))).status).toBe(403);
      const nobody = await app.request
        .post(`${filesOf()}?kind=contract`)
        .set('Content-Type', 'application/octet-stream')
        .send(pdf('x'));
      expect(nobody.status).toBe(401);
    });

    it('comes only by upload: no other way writes attachments', async () => {
      const { documentId } = await stored();
      const data = { kind: 'contract', customer: customer.id };
      await expect(query(ATTACHMENT).create({ data })).rejects.toThrow(/uploaded and removed/);
      await expect(
        query(ATTACHMENT).update({ where: { documentId }, data: { kind: 'other' } })
      ).rejects.toThrow(/uploaded and removed/);
      await expect(query(ATTACHMENT).delete({ where: { documentId } })).rejects.toThrow(
        /uploaded and removed/
      );
      await expect(
        app.strapi.documents(ATTACHMENT as never).create({ data } as never)
      ).rejects.toThrow(/uploaded and removed/);
    });
  });

  describe('a download', () => {
    it('is a reveal: its entry is in the log, with purpose and basis', async () => {
      const { documentId } = await stored();
      await download(documentId);
      const [entry] = await entries({ action: 'record.reveal', recordType: ATTACHMENT });
      expect(entry).toMatchObject({
        recordIds: [documentId],
        attributes: ['content'],
        purpose: PURPOSE,
        basis: 'standing',
      });
    });

    it('gives nothing when the entry cannot be written', async () => {
      const { documentId } = await stored();
      const audit = app.strapi.plugin('customer-governance').service('audit') as unknown as {
        append: (events: unknown) => Promise<void>;
      };
      const original = audit.append;
      audit.append = async (events) => {
        if (JSON.stringify(events).includes('record.reveal')) throw new Error('the log is full');
        return original.call(audit, events);
      };
      try {
        const answer = await download(documentId);
        expect(answer.status).toBeGreaterThanOrEqual(400);
        expect(answer.bytes.includes('330106198501018888')).toBe(false);
      } finally {
        audit.append = original;
      }
    });

    it('needs a purpose that justifies it', async () => {
      const { documentId } = await stored();
      for (const body of [{}, { purpose: 'marketing' }, { purpose: 'no-such' }]) {
        const answer = await rep.download(`${PANEL}/attachments/${documentId}/download`, body);
        expect([400, 403]).toContain(answer.status);
      }
    });

    it('of a sensitive file needs the right to sensitive content', async () => {
      const shown = await stored(pdf(SECRET), 'kind=id-document');
      expect(shown).toMatchObject({ attribute: 'sensitiveContent', reveal: null });
      const answer = await download(shown.documentId, rep, 'identity-verification');
      expect(answer.status).toBe(403);
      expect(message(answer)).toContain('sensitiveContent');
    });

    it('is for those who see the customer: others are told that there is nothing', async () => {
      const { documentId } = await stored();
      expect((await download(documentId, other)).status).toBe(404);
      expect((await download('nosuchattachment', rep)).status).toBe(404);
      expect((await download(documentId, head)).status).toBe(403);
    });

    it('is possible by an approved request, as long as that lasts', async () => {
      const { documentId } = await stored();
      const asked = await company.head.post(`${PANEL}/access-requests`, {
        type: ATTACHMENT,
        records: [documentId],
        purpose: PURPOSE,
        attributes: ['content'],
        termDays: 1,
        reason: 'To look up the contract',
      });
      expect(asked.status).toBe(201);
      for (const approver of [company.head, company.westHead, company.leader]) {
        const inbox = await approver.get(`${PANEL}/approvals`);
        const items = inbox.body.items as unknown as Array<{ stepId: number }>;
        for (const { stepId } of items ?? []) {
          await approver.post(`${PANEL}/approvals/${stepId}/decide`, {
            decision: 'approve',
            comment: 'Seen',
          });
        }
      }
      const list = await company.head.get(filesOf());
      const shown = (list.body.items as unknown as Array<Shown>).find(
        (item) => item.documentId === documentId
      );
      expect(shown).toMatchObject({ reveal: 'grant', purposes: [PURPOSE] });
      const answer = await download(documentId, head);
      expect(answer.status).toBe(200);
      expect(answer.bytes.equals(pdf(SECRET))).toBe(true);
      const [entry] = await entries({ action: 'record.reveal', recordType: ATTACHMENT });
      expect(entry).toMatchObject({ basis: 'grant', recordIds: [documentId] });
    });

    it('answers no part of a file, and nothing to GET', async () => {
      const { documentId } = await stored();
      const ranged = await app.request
        .post(`${PANEL}/attachments/${documentId}/download`)
        .set('Authorization', `Bearer ${repToken}`)
        .set('Range', 'bytes=0-3')
        .send({ purpose: PURPOSE });
      expect(ranged.status).toBe(200);
      const got = await company.rep.get(`${PANEL}/attachments/${documentId}/download`);
      expect([404, 405]).toContain(got.status);
    });

    it.each([
      ['altered at its beginning', (bytes: Buffer) => flip(bytes, 50)],
      ['cut off', (bytes: Buffer) => bytes.subarray(0, 60)],
      ['another one', () => Buffer.alloc(500, 1)],
      ['empty', () => Buffer.alloc(0)],
    ])('of a file that was %s is refused whole', async (_what, damage) => {
      const { documentId } = await stored();
      const file = fileOf(documentId)!;
      writeFileSync(file, damage(readFileSync(file)));
      const reveals = (await entries({ action: 'record.reveal' })).length;
      const answer = await download(documentId);
      expect(answer.status).toBe(400);
      expect(message(answer)).toContain('does not open');
      expect(await entries({ action: 'record.reveal' })).toHaveLength(reveals);
    });

    it('of a file that lies in the place of another one is refused', async () => {
      const [one, two] = [await stored(), await stored(pdf('another'))];
      writeFileSync(fileOf(one.documentId)!, readFileSync(fileOf(two.documentId)!));
      expect((await download(one.documentId)).status).toBe(400);
    });

    it('of a file that is damaged further on breaks off with the connection, without a byte of the damage', async () => {
      const content = pdf(SECRET, 250_000);
      const { documentId } = await stored(content);
      const file = fileOf(documentId)!;
      writeFileSync(file, flip(readFileSync(file), 150_000));
      const got = await raw(`${PANEL}/attachments/${documentId}/download`, repToken);
      expect(got.complete).toBe(false);
      expect(got.bytes.length).toBeLessThanOrEqual(2 * 65_536);
      expect(content.subarray(0, got.bytes.length).equals(got.bytes)).toBe(true);
    });

    it('of a file that the storage has lost says so', async () => {
      const { documentId } = await stored();
      rmSync(fileOf(documentId)!);
      const answer = await download(documentId);
      expect(answer.status).toBe(400);
      expect(message(answer)).toContain('not in the storage');
    });
  });

  describe('the list of a customer', () => {
    it('shows what the role may read, in pages, newest first', async () => {
      const own = await company.customer(company.rep);
      const made: string[] = [];
      for (let n = 0; n < 3; n += 1) {
        made.unshift((await stored(pdf(`${n}`), 'kind=contract', own.documentId)).documentId);
      }
      const first = await company.rep.get(`${filesOf(own.documentId)}?limit=2`);
      const ids = (answer: { body: Record<string, never> }) =>
        (answer.body.items as unknown as Shown[]).map(({ documentId }) => documentId);
      expect(ids(first)).toEqual(made.slice(0, 2));
      const cursor = String(first.body.nextCursor);
      const second = await company.rep.get(`${filesOf(own.documentId)}?limit=2&cursor=${cursor}`);
      expect(ids(second)).toEqual(made.slice(2));
      const options = await company.rep.get(`${PANEL}/attachment-options`);
      expect(options.body).toMatchObject({ maxBytes: 300_000, kinds: expect.any(Array) });
      expect((await company.other.get(filesOf(own.documentId))).status).toBe(404);
      expect(ids(await company.head.get(filesOf(own.documentId)))).toEqual(made);
    });

    it('shows nothing of attachments to a role that may read customers alone', async () => {
      await stored();
      const answer = await company.proposer.get(filesOf());
      expect(answer.status).toBe(200);
      expect(answer.body.items).toEqual([]);
    });
  });

  describe('by the content API', () => {
    const actions = ['find', 'findOne', 'upload', 'download', 'remove'].map(
      (name) => `plugin::customer-governance.attachment.${name}`
    );
    let token: ReturnType<typeof fileCaller>;
    let accessKey: string;

    beforeAll(async () => {
      ({ accessKey } = await app.strapi
        .service('admin::api-token')
        .create({ name: 'files', type: 'full-access', lifespan: null, description: '' }));
      token = fileCaller(app, accessKey);
    });

    it('an application uploads, reads and downloads with a token', async () => {
      const address = `${API}/customers/${customer.documentId}/attachments?kind=contract`;
      const made = await token.upload(address, pdf(SECRET));
      expect(made.status).toBe(201);
      const { documentId } = made.body.data as unknown as Shown;
      const answer = await token.download(`${API}/attachments/${documentId}/download`, {
        purpose: PURPOSE,
      });
      expect(answer.status).toBe(200);
      expect(answer.bytes.equals(pdf(SECRET))).toBe(true);
      const read = await app.request
        .get(`${API}/attachments/${documentId}`)
        .set('Authorization', `Bearer ${accessKey}`);
      expect(read.status).toBe(200);
      expect(read.body.data).toMatchObject({
        kind: 'contract',
        content: expect.stringMatching(/^\*+$/),
      });
      expect(read.body.data).not.toHaveProperty('location');
      const posted = await app.request
        .post(`${API}/attachments`)
        .set('Authorization', `Bearer ${accessKey}`)
        .send({ data: { kind: 'contract' } });
      expect([404, 405]).toContain(posted.status);
    });

    it('a user sees and opens the files of their own customers, with the action for it', async () => {
      const reveal = 'plugin::customer-governance.access.reveal';
      const all = await createApiRole(app.strapi, 'files-all', [...actions, reveal]);
      const reader = await createApiRole(app.strapi, 'files-read', actions.slice(0, 2));
      const mine = await createApiUser(app, 'api-rep', all, company.rep.staffId);
      const foreign = await createApiUser(app, 'api-other', all, company.other.staffId);
      const reading = await createApiUser(app, 'api-reader', reader, company.head.staffId);
      const { documentId } = await stored();
      const address = `${API}/attachments/${documentId}`;
      expect((await mine.get(address)).status).toBe(200);
      expect((await mine.post(`${address}/download`, { purpose: PURPOSE })).status).toBe(200);
      expect((await foreign.get(address)).status).toBe(404);
      expect((await foreign.post(`${address}/download`, { purpose: PURPOSE })).status).toBe(404);
      expect((await reading.post(`${address}/download`, { purpose: PURPOSE })).status).toBe(403);
      const list = await foreign.get(`${API}/attachments`);
      expect(list.body.data).toEqual([]);
    });
  });

  describe('a virus scanner', () => {
    afterEach(() => service().useScanner(null));

    const scanFor = (needle: string) => async (content: AsyncIterable<Buffer>) => {
      const parts: Buffer[] = [];
      for await (const part of content) parts.push(part);
      return Buffer.concat(parts).includes(needle) ? 'infected' : 'clean';
    };

    it('sees the whole content, and what it finds is refused and logged without a name', async () => {
      service().useScanner(scanFor('EICAR'));
      expect((await upload(pdf('harmless', 200_000))).status).toBe(201);
      const count = storedFiles(app).length;
      const bad = Buffer.concat([pdf('x', 200_000), Buffer.from('EICAR')]);
      const answer = await upload(bad);
      expect(answer.status).toBe(400);
      expect(message(answer)).toContain('scanner');
      expect(storedFiles(app)).toHaveLength(count);
      const [entry] = await entries({ action: 'attachment.upload', outcome: 'refused' });
      expect(entry).toMatchObject({ details: { reason: 'infected' } });
    });

    it.each([
      ['fails', async () => Promise.reject(new Error('no scanner'))],
      [
        'fails after the first piece',
        async (content: AsyncIterable<Buffer>) => {
          for await (const part of content) throw new Error(`broke at ${part.length}`);
          return 'clean';
        },
      ],
      ['says something else', async () => 'perhaps'],
    ])('that %s refuses every file', async (_what, scan) => {
      service().useScanner(scan);
      const count = storedFiles(app).length;
      const answer = await upload(pdf('x', 200_000));
      expect(answer.status).toBe(400);
      expect(storedFiles(app)).toHaveLength(count);
    });
  });

  describe('an upload that is killed', () => {
    it.each(['noted', 'key-made', 'file-stored'])(
      'after the step %s leaves nothing that the sweep does not remove',
      async (at) => {
        const count = storedFiles(app).length;
        const rows = await query(ATTACHMENT).count();
        const now = new Date('2026-03-01T10:00:00Z');
        const begun = asSystem(() =>
          service().upload(
            { customer: customer.documentId, kind: 'contract' },
            Readable.from([pdf(SECRET)]),
            now,
            (step) => {
              if (step === at) throw new Error('killed');
            }
          )
        );
        await expect(begun).rejects.toThrow('killed');
        expect(await query(ATTACHMENT).count()).toBe(rows);
        const [{ document_id: id }] = await app.strapi.db
          .connection('governance_loose_files')
          .orderBy('id', 'desc');
        // Not before an upload of that age must have ended.
        expect(await asSystem(() => service().sweep(new Date(now.getTime() + 59 * 60_000)))).toBe(
          0
        );
        expect(await asSystem(() => service().sweep(new Date(now.getTime() + 61 * 60_000)))).toBe(
          1
        );
        expect(storedFiles(app)).toHaveLength(count);
        expect(await keysOf(id)).toEqual([]);
        expect(await app.strapi.db.connection('governance_loose_files')).toEqual([]);
      }
    );

    it('by a client that goes away leaves nothing', async () => {
      const count = storedFiles(app).length;
      const loose = async () => (await app.strapi.db.connection('governance_loose_files')).length;
      const leave = begin(filesOf(), repToken);
      await until(async () => (await loose()) === 1);
      leave();
      await until(async () => (await loose()) === 0);
      expect(storedFiles(app)).toHaveLength(count);
    });
  });

  describe('the removal of a file', () => {
    const remove = (id: string, reason = 'Uploaded by mistake') =>
      company.rep.post(`${PANEL}/attachments/${id}/remove`, { reason });

    it('takes key and file, keeps the row with the reason, and is logged without it', async () => {
      const { documentId } = await stored();
      const answer = await remove(documentId);
      expect(answer.status).toBe(200);
      expect(answer.body).toMatchObject({
        state: 'removed',
        removalReason: 'Uploaded by mistake',
        removedBy: { name: 'rep' },
        reveal: null,
      });
      expect(fileOf(documentId)).toBeNull();
      expect(await keysOf(documentId)).toEqual([]);
      const [entry] = await entries({ action: 'attachment.remove' });
      expect(entry).toMatchObject({ recordIds: [customer.documentId] });
      expect(JSON.stringify(entry)).not.toContain('mistake');
      expect((await download(documentId)).status).toBe(400);
      expect((await remove(documentId)).status).toBe(400);
    });

    it('needs a reason, the permission, and the customer in sight', async () => {
      const { documentId } = await stored();
      expect((await company.rep.post(`${PANEL}/attachments/${documentId}/remove`, {})).status).toBe(
        400
      );
      expect(
        (await company.other.post(`${PANEL}/attachments/${documentId}/remove`, { reason: 'x' }))
          .status
      ).toBe(404);
      expect(
        (await company.head.post(`${PANEL}/attachments/${documentId}/remove`, { reason: 'x' }))
          .status
      ).toBe(403);
    });

    it('is stopped by a legal hold on the customer', async () => {
      const held = await company.customer(company.rep);
      const { documentId } = await stored(pdf('x'), 'kind=contract', held.documentId);
      await query(HOLD).create({
        data: { customer: held.id, reason: 'Court case', publishedAt: new Date() },
      });
      const answer = await remove(documentId);
      expect(answer.status).toBe(403);
      expect(message(answer)).toContain('legal hold');
      expect(fileOf(documentId)).not.toBeNull();
      expect(await keysOf(documentId)).toHaveLength(1);
    });

    it('of the evidence of a consent waits until that consent is withdrawn', async () => {
      const { documentId } = await stored(pdf('x'), 'kind=consent-evidence');
      const file = await query(ATTACHMENT).findOne({ where: { documentId } });
      const consent = await company.consent(customer.id, 'marketing');
      await query(CONSENT).update({
        where: { documentId: consent.documentId },
        data: { evidenceFile: file.id },
      });
      expect(message(await remove(documentId))).toContain('evidence of a consent');
    });
  });

  it('a consent points at a file of its own customer only', async () => {
    const foreign = await company.customer(company.rep);
    const { documentId } = await stored(pdf('x'), 'kind=consent-evidence');
    const data = (customerId: string) => ({
      customer: customerId,
      purpose: purposeId,
      scope: 'general',
      evidenceKind: 'signed-paper',
      evidence: 'the scan',
      evidenceFile: documentId,
      noticeVersion: '1',
    });
    const { documentId: purposeId } = await query('plugin::customer-governance.purpose').findOne({
      where: { code: 'marketing' },
    });
    const create = (customerId: string) =>
      app.strapi.documents(CONSENT as never).create({ data: data(customerId) } as never);
    await expect(create(foreign.documentId)).rejects.toThrow(/no file of this customer/);
    await expect(create(customer.documentId)).resolves.toBeTruthy();
  });

  it('the destruction of a customer takes the files along, keys first', async () => {
    const governed = createRetention(app, company);
    const due = await governed.dueCustomer();
    const { documentId } = await stored(pdf(SECRET), 'kind=contract', due.documentId);
    const order = await governed.confirmedOrder([due]);
    const seen: Record<string, boolean> = {};
    await governed.retention.run(order, new Date(), async (step) => {
      if (step !== 'keys-destroyed') return;
      seen.keyGone = (await keysOf(documentId)).length === 0;
      seen.fileThere = fileOf(documentId) !== null;
    });
    expect(seen).toEqual({ keyGone: true, fileThere: true });
    expect(fileOf(documentId)).toBeNull();
    expect(await query(ATTACHMENT).count({ where: { documentId } })).toBe(0);
  });

  it('the deletion of a customer by permission takes the files along', async () => {
    const deleted = await company.customer(company.rep);
    const { documentId } = await stored(pdf(SECRET), 'kind=contract', deleted.documentId);
    await query(CUSTOMER).delete({ where: { id: deleted.id } });
    const loose = async () => (await app.strapi.db.connection('governance_loose_files')).length;
    await until(async () => (await loose()) === 0);
    expect(fileOf(documentId)).toBeNull();
    expect(await keysOf(documentId)).toEqual([]);
    expect(await query(ATTACHMENT).count({ where: { documentId } })).toBe(0);
  });

  const flip = (bytes: Buffer, at: number) => {
    const altered = Buffer.from(bytes);
    altered[at] = altered[at]! ^ 1;
    return altered;
  };

  /** An upload whose length nobody says beforehand. @returns the status. */
  const chunked = (address: string, token: string, content: Buffer): Promise<number> =>
    new Promise((resolve, reject) => {
      const request = http.request(
        `${app.url}${address}?kind=contract`,
        {
          method: 'POST',
          headers: { authorization: `Bearer ${token}`, 'content-type': 'application/octet-stream' },
        },
        (response) => {
          response.resume();
          response.once('end', () => resolve(Number(response.statusCode)));
        }
      );
      request.once('error', reject);
      for (let at = 0; at < content.length; at += 50_000)
        request.write(content.subarray(at, at + 50_000));
      request.end();
    });

  /** A download as it comes over the wire. */
  const raw = (address: string, token: string): Promise<{ complete: boolean; bytes: Buffer }> =>
    new Promise((resolve, reject) => {
      const request = http.request(
        `${app.url}${address}`,
        {
          method: 'POST',
          headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
        },
        (response) => {
          const parts: Buffer[] = [];
          response.on('data', (part: Buffer) => parts.push(part));
          response.on('error', () => undefined);
          response.on('close', () =>
            resolve({ complete: response.complete, bytes: Buffer.concat(parts) })
          );
        }
      );
      request.once('error', reject);
      request.end(JSON.stringify({ purpose: PURPOSE }));
    });

  /** Begins an upload. @returns how to go away in its middle. */
  const begin = (address: string, token: string): (() => void) => {
    const request = http.request(`${app.url}${address}?kind=contract`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${token}`,
        'content-type': 'application/octet-stream',
        'content-length': '200000',
      },
    });
    request.on('error', () => undefined);
    request.write(pdf('x', 100_000));
    return () => void request.destroy();
  };

  const until = async (done: () => Promise<boolean>): Promise<void> => {
    for (let n = 0; n < 200; n += 1) {
      if (await done()) return;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    throw new Error('It did not come to that.');
  };
});
