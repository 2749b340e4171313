import { CUSTOMER } from '../company';
import { dataOf, type Calls, type Chapter } from './types';

const PANEL = '/customer-governance/register';
const API = '/api/customer-governance/visits';
const STAFF = 'plugin::customer-governance.staff-profile';
const AT = '2026-03-02T03:00:00.000Z';

/** Visits, whose the customers are, and who disagrees. */
export function registerChapters({ app, company, send }: Calls): Chapter[] {
  const visits = [
    { base: `${PANEL}/visits`, clerk: 'rep', plan: 'P-COUNTER' },
    { base: API, clerk: 'api-rep', plan: 'P-TELEPHONE' },
  ] as const;
  return [
    ...visits.map(({ base, clerk, plan: code }) => async () => {
      const purpose = await app.strapi.db
        .query('plugin::customer-governance.purpose')
        .findOne({ where: { code: 'customer-service' } });
      const plan = await app.strapi.db.query('plugin::customer-governance.collection-plan').create({
        data: {
          code,
          title: code,
          attributes: ['name', 'mobile', 'industry'].map((name) => `customer.${name}`),
          purposes: [purpose.id],
          state: 'active',
        },
      });
      const register = async () =>
        dataOf(
          await send({
            route: `POST ${base}`,
            by: clerk,
            body: {
              kind: 'visit',
              at: AT,
              source: 'sales',
              details: {
                kind: 'person',
                name: '钱七',
                mobile: '13855138555',
                industry: 'Trade',
                plan: plan.documentId,
              },
            },
          })
        );
      const first = await register();
      await send({
        route: `PUT ${base}/:id`,
        by: clerk,
        path: [String(first.id)],
        body: { outcome: 'x' },
      });
      await send({
        route: `POST ${base}/:id/settle`,
        by: clerk,
        path: [String(first.id)],
        body: { decision: 'accept' },
      });
      if (base === API) {
        const second = await register();
        await send({
          route: `POST ${base}/:id/assign`,
          by: 'api-head',
          path: [String(second.id)],
          body: { decision: 'pool', why: 'x' },
        });
      }
    }),
    async () => {
      const { staffId } = company.other;
      const customer = await company.customer(company.rep, { owner: staffId });
      await app.strapi.db
        .query(CUSTOMER)
        .update({ where: { id: customer.id }, data: { owner: null } });
      await send({
        route: `POST ${PANEL}/pool/hand-out`,
        by: 'head',
        body: { customers: [customer.documentId], why: 'x' },
      });
      const { displayName } = await app.strapi.db.query(STAFF).findOne({ where: { id: staffId } });
      await send({ route: `POST ${PANEL}/people`, by: 'rep', body: { text: displayName } });
      const claimed = await company.customer(company.rep);
      const dispute = dataOf(
        await send({
          route: `POST ${PANEL}/disputes`,
          by: 'head',
          body: { customer: claimed.documentId, reason: 'x' },
        })
      );
      await send({
        route: `POST ${PANEL}/disputes/:reference/withdraw`,
        by: 'head',
        path: [dispute.documentId],
        body: {},
      });
    },
  ];
}
