import { bootApp, type BootedApp } from '../support/app';
import { createCompany, CUSTOMER, type Company } from '../support/company';

const STAFF = 'plugin::customer-governance.staff-profile';
const LIST = `/content-manager/collection-types/${CUSTOMER}`;
const FAR = '2999-12-31';

describe('somebody whose agreement or training is missing', () => {
  let app: BootedApp;
  let company: Company;
  let mine: { documentId: string };

  const profile = (data: object) =>
    app.strapi.db.query(STAFF).update({ where: { id: company.rep.staffId }, data });
  const today = () => new Date().toISOString().slice(0, 10);
  const reveal = () =>
    company.rep.post('/customer-governance/reveal', {
      type: CUSTOMER,
      documentIds: [mine.documentId],
      attributes: ['mobile'],
      purpose: 'customer-service',
    });
  const listed = async () => {
    const { body } = await company.rep.get(LIST);
    return (body.results as unknown as Array<{ mobile: string }>)[0]?.mobile;
  };
  const clearance = async () =>
    (await company.rep.get(`/customer-governance/records/${CUSTOMER}/${mine.documentId}`)).body
      .clearance;

  beforeAll(async () => {
    app = await bootApp({ policy: { people: { ndaRequired: true, trainingValidMonths: 6 } } });
    company = await createCompany(app);
    const customer = await company.customer(company.rep);
    await company.consent(customer.id, 'customer-service');
    mine = customer;
  });
  afterAll(() => app.close());

  it('sees masks alone, is refused every reveal with the reason, and is told before asking', async () => {
    for (const [data, gap, reason] of [
      [{ ndaValidUntil: null, trainedOn: null }, 'nda', 'non-disclosure'],
      [{ ndaValidUntil: '2020-01-01', trainedOn: today() }, 'nda', 'lapsed'],
      [{ ndaValidUntil: FAR, trainedOn: '2020-01-01' }, 'training', 'test'],
      [{ trainedOn: today(), accessSuspended: true }, 'suspended', 'suspended'],
    ] as const) {
      await profile(data);
      const answer = await reveal();
      expect(answer.status).toBe(403);
      expect(answer.text).toContain(reason);
      expect(await listed()).toBe('138****8000');
      expect(await clearance()).toBe(gap);
    }
  });

  it('sees again what their rights give once both stand', async () => {
    await profile({ ndaValidUntil: FAR, trainedOn: today(), accessSuspended: false });
    expect((await reveal()).status).toBe(200);
    expect(await listed()).toBe('13800138000');
    expect(await clearance()).toBeNull();
  });
});
