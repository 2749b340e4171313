import { bootApp, type BootedApp } from '../support/app';
import { refusalOf } from '../support/refusal';
import {
  createCaller,
  createCompany,
  CUSTOMER,
  type Answer,
  type Company,
  type Person,
} from '../support/company';

const PANEL = '/customer-governance';
const PURPOSE = 'identity-verification';
const NOTE = '已用于核对 13800138000 的合同签署人';

interface Use {
  id: number;
  kind: 'reveal' | 'note';
  actor: { kind: string; name: string | null };
  attributes: string[];
  recordCount: number;
  note: string | null;
}

describe('the use log of a request', () => {
  let app: BootedApp;
  let company: Company;
  let records: string[];
  /** Of the representative, approved by head and leader. */
  let request: string;
  let rejected: string;

  const usesPath = (id: string, query = '') => `${PANEL}/access-requests/${id}/uses${query}`;
  const uses = (person: Pick<Person, 'get'>, id = request, query = ''): Promise<Answer> =>
    person.get(usesPath(id, query));
  const itemsOf = (answer: Answer): Use[] => answer.body.items as unknown as Use[];
  const note = (person: Person, text: unknown = NOTE, id = request): Promise<Answer> =>
    person.post(usesPath(id), { note: text });
  const reveal = (documentIds: string[]): Promise<Answer> =>
    company.rep.post(`${PANEL}/reveal`, {
      type: CUSTOMER,
      documentIds,
      attributes: ['residentId'],
      purpose: PURPOSE,
    });
  const submit = async (): Promise<{ documentId: string; steps: Array<{ id: number }> }> => {
    const { status, body, text } = await company.rep.post(`${PANEL}/access-requests`, {
      type: CUSTOMER,
      records,
      purpose: PURPOSE,
      attributes: ['residentId'],
      termDays: 7,
      reason: 'Signing the contract',
    });
    if (status !== 201) throw new Error(text);
    return body as never;
  };
  const decide = (person: Person, stepId: number, decision: string) =>
    person.post(`${PANEL}/approvals/${stepId}/decide`, { decision, comment: 'Seen' });

  beforeAll(async () => {
    app = await bootApp();
    company = await createCompany(app);
    records = [];
    for (const mobile of ['13800138000', '13800138001']) {
      const { id, documentId } = await company.customer(company.rep, { mobile });
      await company.consent(id, PURPOSE, 'sensitive');
      records.push(documentId);
    }
    const approved = await submit();
    request = approved.documentId;
    await decide(company.head, approved.steps[0].id, 'approve');
    await decide(company.leader, approved.steps[1].id, 'approve');
    const other = await submit();
    rejected = other.documentId;
    await decide(company.head, other.steps[0].id, 'reject');
  });
  afterAll(() => app.close());

  it('names every reveal under it: who, when, which attributes, of how many records', async () => {
    expect(itemsOf(await uses(company.rep))).toEqual([]);
    expect((await reveal(records)).status).toBe(200);
    expect((await reveal([records[0]])).status).toBe(200);
    const seen = itemsOf(await uses(company.rep));
    expect(seen).toHaveLength(2);
    expect(seen[0]).toMatchObject({
      kind: 'reveal',
      actor: { kind: 'admin', name: 'rep' },
      attributes: ['residentId'],
      recordCount: 1,
      note: null,
    });
    expect(seen[1].recordCount).toBe(2);
  });

  it('holds what its requester notes of the use', async () => {
    expect((await note(company.rep)).status).toBe(201);
    const [first] = itemsOf(await uses(company.head));
    expect(first).toMatchObject({ kind: 'note', actor: { name: 'rep' }, note: NOTE });
  });

  it('keeps the words of a note out of the audit log', async () => {
    await note(company.rep);
    const [entry] = await app.strapi.db
      .query('plugin::customer-governance.audit-entry')
      .findMany({ where: { action: 'use.note' }, orderBy: { id: 'desc' }, limit: 1 });
    expect(entry).toMatchObject({ requestId: request, actorId: String(company.rep.userId) });
    expect(Object.keys(entry.details)).toEqual(['note']);
    expect(JSON.stringify(entry)).not.toContain('核对');
  });

  it('is seen by the requester, by those who decided, and by those who read the log', async () => {
    for (const person of [company.rep, company.head, company.leader, company.auditor]) {
      expect((await uses(person)).status).toBe(200);
    }
  });

  it('is not there for anybody else, not even for who could have decided', async () => {
    for (const person of [company.secondLeader, company.westHead, company.other]) {
      expect((await uses(person)).status).toBe(404);
    }
    const stranger = await createCaller(app, 'stranger', []);
    expect((await uses(stranger)).status).toBe(404);
    expect((await uses(company.auditor, 'nosuchrequest')).status).toBe(404);
    expect((await app.request.get(usesPath(request))).status).toBe(401);
  });

  it('takes notes from the requester alone, and of an approved request', async () => {
    const before = itemsOf(await uses(company.rep, request, '?limit=100')).length;
    expect((await note(company.head)).status).toBe(404);
    expect((await note(company.other)).status).toBe(404);
    expect((await note(company.rep, NOTE, 'nosuchrequest')).status).toBe(404);
    expect((await note(company.rep, NOTE, rejected)).status).toBe(400);
    for (const text of ['', '   ', 'x'.repeat(501), 7, null]) {
      expect((await note(company.rep, text)).status).toBe(400);
    }
    expect(itemsOf(await uses(company.rep, request, '?limit=100'))).toHaveLength(before);
  });

  it('comes in pages, newest first', async () => {
    await note(company.rep, 'First');
    await note(company.rep, 'Second');
    const first = await uses(company.rep, request, '?limit=1');
    expect(itemsOf(first)[0].note).toBe('Second');
    const cursor = first.body.nextCursor as string;
    const next = await uses(company.rep, request, `?limit=1&cursor=${cursor}`);
    expect(itemsOf(next)[0].note).toBe('First');
    expect((await uses(company.rep, request, '?limit=0')).status).toBe(400);
  });

  it('lets nobody change or remove a note, past the application either', async () => {
    await note(company.rep);
    const notes = app.strapi.db.connection('governance_use_notes');
    expect(await refusalOf(notes.clone().update({ text: 'Other' }))).toContain('append-only');
    expect(await refusalOf(notes.clone().delete())).toContain('append-only');
  });
});
