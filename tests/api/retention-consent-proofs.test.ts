import { createHash } from 'node:crypto';
import { bootApp, type BootedApp } from '../support/app';
import { CONSENT, createCompany, CUSTOMER, type Company } from '../support/company';
import { CERTIFICATE, createRetention, ORDER, type Row, type Step } from '../support/retention';

const PROOFS = 'governance_consent_proofs';
const PATH = '/customer-governance/retention/consent-proofs';
const EVIDENCE = '王小明签字的纸质同意书';
const GIVEN = '2030-03-04T05:06:07.890Z';
const WITHDRAWN = '2030-05-06T07:08:09.123Z';
const NOW = new Date('2031-01-15T04:00:00Z');

interface Proof {
  digest: string;
  purpose: string | null;
  facts: Record<string, unknown>;
  order: string;
  endsOn: string;
}

const digestOf = (documentId: string) =>
  createHash('sha256').update(`customer-governance/consent-proof/v1\n${documentId}`).digest('hex');

describe('proofs of the consents of destroyed customers', () => {
  let app: BootedApp;
  let company: Company;
  let governed: ReturnType<typeof createRetention>;

  const consents = () => app.strapi.db.query(CONSENT);
  const rows = (): Promise<Row[]> => app.strapi.db.connection(PROOFS).orderBy('id');
  const numberOf = async (order: string): Promise<string> =>
    (await app.strapi.db.query(ORDER).findOne({ where: { documentId: order } })).number;
  const proofsOf = async (order: string): Promise<Proof[]> => {
    const answer = await company.proposer.get(`${PATH}?order=${await numberOf(order)}`);
    if (answer.status !== 200) throw new Error(answer.text);
    return answer.body.items as unknown as Proof[];
  };
  const certificateOf = (order: string): Promise<Row> =>
    app.strapi.db.query(CERTIFICATE).findOne({ where: { order: { documentId: order } } });
  let filed = 0;
  /** A due customer with one consent that was given and withdrawn, and all that a consent can say. */
  const withConsent = async (): Promise<{ customer: Row; consent: string }> => {
    const customer = (await company.customer(company.rep, {
      lastContactOn: '2015-01-01',
      filingNumber: `FN-2030-${String((filed += 1)).padStart(6, '0')}`,
    })) as Row;
    const { documentId } = await company.consent(customer.id, 'marketing', 'marketing');
    await consents().update({
      where: { documentId },
      data: {
        state: 'withdrawn',
        evidence: EVIDENCE,
        reference: 'R-王小明-7',
        noticeVersion: '3.1',
        givenAt: GIVEN,
        withdrawnAt: WITHDRAWN,
      },
    });
    return { customer, consent: documentId };
  };
  const run = (order: string, onStep?: (step: Step) => void) =>
    governed.retention.run(order, NOW, onStep);

  beforeAll(async () => {
    app = await bootApp({
      policy: {
        retention: { destruction: { consentProof: 'keep-proof', consentProofMonths: 24 } },
      },
    });
    company = await createCompany(app);
    governed = createRetention(app, company);
  });
  afterAll(() => app?.close());

  it('say to what somebody agreed, on which notice and when, and not who', async () => {
    const { customer, consent } = await withConsent();
    const order = await governed.confirmedOrder([customer]);
    await run(order);
    expect(await consents().count({ where: { documentId: consent } })).toBe(0);
    expect(await proofsOf(order)).toEqual([
      {
        digest: digestOf(consent),
        purpose: 'marketing',
        facts: {
          scope: 'marketing',
          state: 'withdrawn',
          channel: 'any',
          evidenceKind: 'electronic',
          noticeVersion: '3.1',
          guardian: false,
          givenAt: '2030-03-04T05:06Z',
          withdrawnAt: '2030-05-06T07:08Z',
        },
        order: await numberOf(order),
        endsOn: '2033-01-15',
      },
    ]);
    const kept = JSON.stringify(await rows());
    for (const text of [
      EVIDENCE,
      '王小明',
      'FN-2030',
      consent,
      customer.documentId,
      '138',
      '07.890',
    ]) {
      expect(kept).not.toContain(text);
    }
    expect(await certificateOf(order)).toMatchObject({
      content: { records: { customer: 1, consent: 1 }, consentProofs: 1 },
    });
  });

  it('are found by the id that the log has of the consent, and by nothing else', async () => {
    const { customer, consent } = await withConsent();
    await run(await governed.confirmedOrder([customer]));
    const ask = async (query: string) => {
      const { status, body } = await company.proposer.get(`${PATH}?${query}`);
      return { status, count: (body.items as unknown as unknown[] | undefined)?.length };
    };
    expect(await ask(`consent=${consent}`)).toEqual({ status: 200, count: 1 });
    expect(await ask(`consent=${customer.documentId}`)).toEqual({ status: 200, count: 0 });
    expect(await ask(`consent=${encodeURIComponent('王小明')}`)).toMatchObject({ status: 400 });
    expect(await ask('customer=1')).toMatchObject({ status: 400 });
    expect((await company.rep.get(PATH)).status).toBe(403);
    const first = await company.proposer.get(`${PATH}?limit=1`);
    const { items, nextCursor } = first.body as unknown as { items: Proof[]; nextCursor: string };
    const next = await company.proposer.get(`${PATH}?limit=1&cursor=${nextCursor}`);
    const [second] = next.body.items as unknown as Proof[];
    expect(second!.digest).not.toBe(items[0]!.digest);
  });

  it.each<Step>(['keys-destroyed', 'rows-removed', 'batch-done'])(
    'are there once, also where the execution was killed at "%s"',
    async (step) => {
      const { customer, consent } = await withConsent();
      const order = await governed.confirmedOrder([customer]);
      const killed = run(order, (reached) => {
        if (reached === step) throw new Error('killed');
      });
      await expect(killed).rejects.toThrow('killed');
      await run(order);
      expect((await proofsOf(order)).map(({ digest }) => digest)).toEqual([digestOf(consent)]);
    }
  );

  it('are not kept of a customer whom a hold keeps', async () => {
    const { customer } = await withConsent();
    const order = await governed.confirmedOrder([customer, await governed.dueCustomer()]);
    await governed.hold(customer);
    await run(order);
    expect(await proofsOf(order)).toHaveLength(1);
    expect(await app.strapi.db.query(CUSTOMER).count({ where: { id: customer.id } })).toBe(1);
  });

  it('are kept again, with the same end, of what a restored backup brought back', async () => {
    const { customer } = await withConsent();
    const backup = {
      customer: await app.strapi.db.connection('governance_customers').where({ id: customer.id }),
      consent: await app.strapi.db
        .connection('governance_consents')
        .where({ customer_id: customer.id }),
    };
    const order = await governed.confirmedOrder([customer]);
    await run(order);
    const before = await proofsOf(order);
    await app.strapi.db.connection(PROOFS).where({ digest: before[0]!.digest }).delete();
    await app.strapi.db.connection('governance_customers').insert(backup.customer);
    await app.strapi.db.connection('governance_consents').insert(backup.consent);
    await governed.retention.repeatDestruction(new Date('2031-09-01T04:00:00Z'));
    expect(await proofsOf(order)).toEqual(before);
  });

  it('end when their term is over, which the log says', async () => {
    const count = (await rows()).length;
    expect(count).toBeGreaterThan(0);
    await governed.retention.nightly(new Date('2033-01-14T04:00:00Z'));
    expect(await rows()).toHaveLength(count);
    await governed.retention.nightly(new Date('2033-01-15T04:00:00Z'));
    expect(await rows()).toEqual([]);
    expect(await governed.entry({ action: 'destruction.proof-end' })).toMatchObject({
      details: { count },
    });
  });
});
