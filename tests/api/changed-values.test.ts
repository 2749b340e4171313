import { bootApp, type BootedApp } from '../support/app';
import { createCaller, createCompany, CUSTOMER, type Company } from '../support/company';

const PANEL = '/customer-governance';
const GOVERNANCE = 'plugin::customer-governance.';
const TABLE = 'governance_audit_entries';
const PURPOSE = 'contract-performance';
const OLD = '13800138000';
const NEW = '13900139123';

type Caller = Awaited<ReturnType<typeof createCaller>>;

describe('old and new values in the log', () => {
  let app: BootedApp;
  let company: Company;
  let auditor: Caller;
  let mine: { id: number; documentId: string };
  let entry: { documentId: string; sealed: Record<string, string> };

  const newest = async (where: object) =>
    (
      await app.strapi.db
        .query(`${GOVERNANCE}audit-entry`)
        .findMany({ where, orderBy: { id: 'desc' }, limit: 1 })
    )[0];
  const permissions = (reveals: string[]) => [
    { action: `${GOVERNANCE}audit.read` },
    { action: 'plugin::content-manager.explorer.read', subject: CUSTOMER, fields: ['name'] },
    ...(reveals.length > 0
      ? [{ action: `${GOVERNANCE}reveal`, subject: CUSTOMER, fields: reveals }]
      : []),
  ];
  const open = (caller: Caller, documentId = entry.documentId, purpose = PURPOSE) =>
    caller.post(`${PANEL}/audit-entries/${documentId}/values`, { purpose });

  beforeAll(async () => {
    app = await bootApp({ policy: { changes: { controlled: [] } } });
    company = await createCompany(app);
    mine = await company.customer(company.rep, { mobile: OLD });
    auditor = await createCaller(app, 'reader', permissions(['mobile']));
    await app.strapi.db
      .query(CUSTOMER)
      .update({ where: { id: mine.id }, data: { mobile: NEW, industry: 'x' } });
    entry = await newest({ action: 'record.update' });
  });
  afterAll(() => app.close());

  it('stand there sealed, by record, and nowhere in clear', async () => {
    expect(Object.keys(entry.sealed)).toEqual([mine.documentId]);
    const [row] = await app.strapi.db.connection(TABLE).where({ document_id: entry.documentId });
    const text = JSON.stringify(row) + Buffer.from(Object.values(entry.sealed)[0], 'base64');
    expect(text).not.toMatch(new RegExp(`${OLD}|${NEW}`));
  });

  it('are opened to who reads the log and may be revealed them, for a purpose, and that is logged', async () => {
    const { status, body } = await open(auditor);
    expect(status).toBe(200);
    expect(body).toMatchObject({
      values: { mobile: { old: OLD, new: NEW } },
      basis: 'standing',
    });
    expect(await newest({ action: 'record.reveal' })).toMatchObject({
      actorId: String(auditor.userId),
      recordIds: [mine.documentId],
      attributes: ['mobile'],
      purpose: PURPOSE,
      basis: 'standing',
      details: { entry: entry.documentId },
    });
  });

  it('are refused without the right to these values, without a purpose, and of entries that hold none', async () => {
    const blind = await createCaller(app, 'blind', permissions([]));
    expect((await open(blind)).status).toBe(403);
    expect(await newest({ action: 'access.refused' })).toMatchObject({
      actorId: String(blind.userId),
      attributes: ['mobile'],
    });
    expect((await open(auditor, entry.documentId, 'nothing-of-the-kind')).status).toBe(403);
    expect((await open(auditor, entry.documentId, '')).status).toBe(400);
    expect((await open(auditor, 'nosuchentry')).status).toBe(404);
    const created = await newest({ action: 'record.create' });
    expect((await open(auditor, created.documentId)).status).toBe(404);
    expect((await open(company.rep as never)).status).toBe(403);
  });

  it('are gone with the key of their record, and the entry stays as it was', async () => {
    const row = () => app.strapi.db.connection(TABLE).where({ document_id: entry.documentId });
    const [before] = await row();
    await app.strapi
      .plugin('customer-governance')
      .service('vault')
      .destroyKeys(new Map([[CUSTOMER, [mine.documentId]]]), 'D-2026-00001', new Date());
    expect((await open(auditor)).status).toBe(404);
    expect((await row())[0]).toEqual(before);
  });
});

it('are not kept where the policy says so', async () => {
  const app = await bootApp({
    policy: { audit: { values: 'none' }, changes: { controlled: [] } },
  });
  try {
    const company = await createCompany(app);
    const { id } = await company.customer(company.rep);
    await app.strapi.db.query(CUSTOMER).update({ where: { id }, data: { mobile: NEW } });
    const [entry] = await app.strapi.db
      .query(`${GOVERNANCE}audit-entry`)
      .findMany({ where: { action: 'record.update' }, orderBy: { id: 'desc' }, limit: 1 });
    expect(entry).toMatchObject({ attributes: ['mobile'], sealed: null });
  } finally {
    await app.close();
  }
});
