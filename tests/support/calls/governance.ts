import { CONTACT, CUSTOMER } from '../company';
import { dataOf, type CallerName, type Calls, type Chapter } from './types';

const GOVERNANCE = 'plugin::customer-governance.';
const PURPOSE = 'identity-verification';
const PANEL = '/customer-governance';
const API = '/api/customer-governance';

/** What the product is there for: customers, requests, changes and destruction. */
export function governanceChapters({ app, company, send }: Calls): Chapter[] {
  const { strapi } = app;
  const query = (uid: string) => strapi.db.query(uid);
  const data = dataOf;
  const purposeOf = (code: string): Promise<{ id: number; documentId: string }> =>
    query(`${GOVERNANCE}purpose`).findOne({ where: { code } });
  const planOf = async (code: string, attributes: string[]) =>
    query(`${GOVERNANCE}collection-plan`).create({
      data: {
        code,
        title: code,
        attributes,
        purposes: [
          (await purposeOf('contract-performance')).id,
          (await purposeOf('customer-service')).id,
        ],
        state: 'active',
      },
    });

  /** The same people through the panel and through the content API. */
  const callersOf = (base: string) => {
    const api = base.startsWith('/api');
    return {
      api,
      as: (name: 'rep' | 'head' | 'leader') => (api ? (`api-${name}` as const) : name),
    };
  };

  const customers = async () => {
    const base = '/api/customer-governance';
    const plan = await planOf('P-CUSTOMERS', [
      ...['name', 'mobile', 'email', 'industry', 'kind'].map((name) => `customer.${name}`),
      ...['name', 'mobile', 'position'].map((name) => `contact.${name}`),
    ]);
    const entered = data(
      await send({
        route: `POST ${base}/customers`,
        by: 'token',
        body: {
          data: {
            kind: 'person',
            name: '钱七',
            mobile: '13866138666',
            industry: 'Trade',
            source: 'sales',
            method: 'direct',
            plan: plan.documentId,
          },
        },
      })
    );
    const typed = { kind: 'person', name: '钱七', mobile: '13866138666', plan: plan.documentId };
    const examined = { data: typed, duplicates: true };
    data(await send({ route: `POST ${base}/customers/examine`, by: 'token', body: examined }));
    data(await send({ route: `POST ${PANEL}/customers/examine`, by: 'rep', body: examined }));
    data(
      await send({
        route: `POST ${base}/contacts`,
        by: 'token',
        body: { data: { name: '赵敏', mobile: '13700137009', customer: entered.documentId } },
      })
    );
    const given = data(
      await send({
        route: `POST ${base}/consents`,
        by: 'token',
        body: {
          data: {
            customer: entered.documentId,
            purpose: (await purposeOf(PURPOSE)).documentId,
            scope: 'general',
            state: 'given',
            evidenceKind: 'electronic',
            evidence: 'form 2',
            noticeVersion: '1',
            givenAt: new Date().toISOString(),
          },
        },
      })
    );
    await send({
      route: `PUT ${base}/consents/:id`,
      by: 'token',
      path: [given.documentId],
      body: { data: { evidence: 'form 3' } },
    });
    const customer = await company.customer(company.rep, {
      mobile: '13822138222',
      plan: plan.id,
    });
    const contact = await query(CONTACT).create({
      data: { name: '赵敏', mobile: '13700137001', customer: customer.id, publishedAt: new Date() },
    });
    const id = [customer.documentId];
    await send({
      route: `PUT ${base}/customers/:id`,
      by: 'token',
      path: id,
      body: { data: { email: 'new@example.com' } },
    });
    await send({
      route: `PUT ${base}/contacts/:id`,
      by: 'token',
      path: [contact.documentId],
      body: { data: { position: 'Y' } },
    });
    for (const [by, prefix] of [
      ['root', '/customer-governance'],
      ['token', base],
    ] as const) {
      const ask = {
        type: CUSTOMER,
        documentIds: id,
        attributes: ['mobile'],
        purpose: 'contract-performance',
      };
      await send({ route: `POST ${prefix}/reveal`, by, body: ask });
    }
    const look = { attribute: 'mobile', value: '13822138222' };
    await send({ route: 'POST /customer-governance/lookup', body: { type: CUSTOMER, ...look } });
    await send({ route: `POST ${base}/customers/lookup`, by: 'token', body: look });
    await send({
      route: `POST ${base}/contacts/lookup`,
      by: 'token',
      body: { attribute: 'mobile', value: '13700137001' },
    });
    const hold = data(
      await send({
        route: `POST ${base}/legal-holds`,
        by: 'token',
        body: { data: { reason: 'x', customer: customer.documentId, state: 'active' } },
      })
    );
    await send({
      route: `PUT ${base}/legal-holds/:id`,
      by: 'token',
      path: [hold.documentId],
      body: { data: { state: 'released' } },
    });
    const consent = await company.consent(customer.id, PURPOSE);
    const other = await company.consent(customer.id, 'marketing');
    await send({
      route: `POST ${base}/consents/:documentId/withdraw`,
      by: 'token',
      path: [consent.documentId],
      body: {},
    });
    await send({
      route: 'POST /customer-governance/consents/:documentId/withdraw',
      path: [other.documentId],
      body: {},
    });
    await company.consent(customer.id, 'marketing');
    await send({
      route: `POST ${base}/customers/:documentId/consents/withdraw`,
      by: 'token',
      path: [customer.documentId],
      body: {},
    });
    await send({
      route: `DELETE ${base}/customers/:id`,
      by: 'token',
      path: [entered.documentId],
    });
    await send({ route: `DELETE ${base}/contacts/:id`, by: 'token', path: [contact.documentId] });
    const entry = await query(`${GOVERNANCE}audit-entry`).findOne({
      where: { action: 'record.update', recordType: CUSTOMER, sealed: { $notNull: true } },
    });
    await send({
      route: 'POST /customer-governance/audit-entries/:documentId/values',
      path: [entry?.documentId ?? 'none'],
      body: { purpose: 'contract-performance' },
    });
  };

  const requests = async (panel: string) => {
    const { as, api } = callersOf(panel);
    const customer = await company.customer(company.rep);
    await company.consent(customer.id, PURPOSE);
    await company.consent(customer.id, PURPOSE, 'sensitive');
    const body = {
      type: CUSTOMER,
      records: [customer.documentId],
      purpose: PURPOSE,
      attributes: ['residentId'],
      termDays: 7,
      reason: 'Signing',
    };
    const submit = async (more: object = {}) =>
      data(
        await send({
          route: `POST ${panel}/access-requests`,
          by: as('rep'),
          body: { ...body, ...more },
        })
      );
    const stepOf = async (by: 'head' | 'leader'): Promise<string> => {
      const inbox = await company[by].get('/customer-governance/approvals');
      return String((inbox.body.items as unknown as Array<{ stepId: number }>)[0]?.stepId);
    };
    const decide = async (by: 'head' | 'leader') =>
      send({
        route: `POST ${panel}/approvals/:stepId/decide`,
        by: as(by),
        path: [await stepOf(by)],
        body: { decision: 'approve', comment: 'seen' },
      });
    await send({ route: `POST ${panel}/access-requests/preview`, by: as('rep'), body });
    const draft = await submit({ draft: true });
    const amend = { ...body, termDays: 5, draft: false };
    await send({
      route: `PUT ${panel}/access-requests/:documentId`,
      by: as('rep'),
      path: [draft.documentId],
      body: amend,
    });
    await send({
      route: `POST ${panel}/access-requests/:documentId/withdraw`,
      by: as('rep'),
      path: [draft.documentId],
      body: {},
    });
    const request = await submit();
    await decide('head');
    const many = {
      stepIds: [Number(await stepOf('leader'))],
      decision: 'approve',
      comment: 'seen',
    };
    if (api) await decide('leader');
    else await send({ route: `POST ${panel}/approvals/decide`, by: 'leader', body: many });
    const ask = {
      type: CUSTOMER,
      documentIds: [customer.documentId],
      attributes: ['residentId'],
      purpose: PURPOSE,
    };
    const reveal = api ? 'access-grants/reveal' : 'reveal';
    await send({ route: `POST ${panel}/${reveal}`, by: as('rep'), body: ask });
    if (api) return;
    await send({
      route: `POST ${panel}/access-requests/:documentId/uses`,
      by: as('rep'),
      path: [request.documentId],
      body: { note: 'used' },
    });
    const note = (await company.leader.get(`${panel}/notifications`)).body
      .items as unknown as Array<{ id: number }>;
    await send({
      route: `POST ${panel}/notifications/:id/read`,
      by: as('leader'),
      path: [String(note[0]?.id)],
      body: {},
    });
    await send({
      route: `POST ${panel}/notifications/read`,
      by: 'leader',
      body: { upTo: note[0]?.id },
    });
    const grant = await query(`${GOVERNANCE}access-grant`).findOne({
      where: { request: { documentId: request.documentId } },
    });
    for (const [what, more] of [
      ['suspend', { reason: 'x' }],
      ['resume', {}],
      ['revoke', { reason: 'x' }],
    ] as const) {
      await send({
        route: `POST ${panel}/access-grants/:documentId/${what}`,
        by: as('head'),
        path: [grant.documentId],
        body: more,
      });
    }
  };

  const changes = async (base: string) => {
    const { as } = callersOf(base);
    const panel = `${base}/change-requests`;
    const plan = await planOf(`P-CHANGES${base.length}`, ['customer.mobile']);
    const customer = await company.customer(company.rep, { plan: plan.id });
    const of = { type: CUSTOMER, documentId: customer.documentId };
    await send({
      route: `POST ${panel}/preview`,
      by: as('rep'),
      body: { ...of, attributes: ['mobile'] },
    });
    const propose = async (mobile: string) =>
      data(
        await send({
          route: `POST ${panel}`,
          by: as('rep'),
          body: { ...of, values: { mobile }, reason: 'x' },
        })
      );
    const first = await propose('13833138333');
    await send({
      route: `POST ${panel}/:documentId/withdraw`,
      by: as('rep'),
      path: [first.documentId],
      body: {},
    });
    const change = (await propose('13844138444')) as unknown as { steps: Array<{ id: number }> };
    await send({
      route: `POST ${base}/approvals/:stepId/decide`,
      by: as('head'),
      path: [String(change.steps[0]?.id)],
      body: { decision: 'approve', comment: null },
    });
  };

  const retention = async () => {
    const panel = '/customer-governance/destruction-orders';
    const propose = async () => {
      const { documentId } = await company.customer(company.rep, { lastContactOn: '2015-01-01' });
      const body = { customers: [documentId], reason: 'over' };
      return data(await send({ route: `POST ${panel}`, by: 'proposer', body }));
    };
    const cancelled = await propose();
    await send({
      route: `POST ${panel}/:documentId/cancel`,
      by: 'proposer',
      path: [cancelled.documentId],
      body: {},
    });
    const order = await propose();
    const { documentId: due } = await company.customer(company.rep, {
      lastContactOn: '2015-01-01',
    });
    const act = (what: string, by: CallerName, body: object = {}) =>
      send({ route: `POST ${panel}/:documentId/${what}`, by, path: [order.documentId], body });
    const holds = '/customer-governance/legal-holds';
    const filter = { industry: { $eq: 'Fishing' } };
    await send({ route: `POST ${holds}/preview`, by: 'proposer', body: { filter } });
    const held = { scope: 'filter', filter, reason: 'a lawsuit', reviewOn: '2999-01-01' };
    const hold = data(await send({ route: `POST ${holds}`, by: 'proposer', body: held }));
    await send({
      route: `POST ${holds}/:documentId/release`,
      by: 'proposer',
      path: [hold.documentId],
      body: { reason: 'settled' },
    });
    const { documentId: responsible } = await query(`${GOVERNANCE}staff-profile`).findOne({
      where: { displayName: 'executor' },
    });
    await send({
      route: 'POST /customer-governance/retention/people',
      by: 'proposer',
      body: { text: 'executor' },
    });
    await act('add', 'proposer', { customers: [due] });
    await act('take-out', 'proposer', { customers: [due], reason: 'a dispute' });
    const paper = { medium: 'paper', method: 'shredding', place: 'Archive 2', responsible };
    await act('tasks', 'proposer', paper);
    const { tasks } = data(await act('tasks', 'proposer', paper)) as unknown as {
      tasks: Array<{ documentId: string }>;
    };
    const task = (what: string, index: number, by: CallerName, body: object = {}) =>
      send({
        route: `POST /customer-governance/destruction-tasks/:documentId${what}`,
        by,
        path: [tasks[index]?.documentId ?? 'none'],
        body,
      });
    await task('/remove', 1, 'proposer');
    await task('/reassign', 0, 'proposer', { responsible });
    await act('schedule', 'proposer', { scheduledAt: '2020-01-01T08:00:00.000Z' });
    await act('submit', 'proposer');
    const inbox = await company.leader.get('/customer-governance/approvals');
    const step = (inbox.body.items as unknown as Array<{ stepId: number }>)[0]?.stepId;
    await send({
      route: 'POST /customer-governance/approvals/:stepId/decide',
      by: 'leader',
      path: [String(step)],
      body: { decision: 'approve', comment: null },
    });
    await act('confirm', 'executor');
    await act('supervise', 'supervisor');
    const running = strapi.plugin('customer-governance').service('retention').running as {
      idle(): Promise<void>;
    };
    await running.idle();
    await task('/confirm', 0, 'executor', { note: 'shredded' });
    // An order as small as these is over before it could be paused, so one is put where it can be.
    const { documentId: begun } = await propose();
    await strapi.db
      .connection('governance_destruction_orders')
      .where({ document_id: begun })
      .update({ state: 'executing' });
    for (const what of ['pause', 'resume']) {
      const route = `POST ${panel}/:documentId/${what}`;
      await send({ route, by: 'executor', path: [begun], body: {} });
    }
    await running.idle();
  };

  const rules = async () => {
    const panel = '/customer-governance/retention';
    // One who approves for legal, whom this company is without.
    const legal = await query(`${GOVERNANCE}department`).create({
      data: { name: 'Legal of calls', code: 'LEGAL-CALLS', function: 'legal' },
    });
    await query(`${GOVERNANCE}staff-profile`).create({
      data: { displayName: 'Counsel of calls', level: 'head', active: true, department: legal.id },
    });
    const body = {
      operation: 'create',
      code: 'called-rule',
      rule: { category: 'all', event: 'created', atMostMonths: 120, customerClass: 'key' },
    };
    await send({ route: `POST ${panel}/rules/preview`, by: 'proposer', body });
    const { documentId } = data(
      await send({
        route: `POST ${panel}/rule-changes`,
        by: 'proposer',
        body: { ...body, reason: 'The handbook says so' },
      })
    );
    await send({
      route: `POST ${panel}/rule-changes/:documentId/withdraw`,
      by: 'proposer',
      path: [documentId],
      body: {},
    });
  };

  const plans = async () => {
    const newPlan = async (code: string, purpose: string, attributes: string[]) =>
      query(`${GOVERNANCE}collection-plan`).create({
        data: {
          code,
          title: code,
          goal: 'To be approved',
          attributes,
          purposes: [(await purposeOf(purpose)).id],
          channels: ['sales'],
          method: 'direct',
          startsOn: '2026-01-01',
          endsOn: '2099-12-31',
          noticeVersion: '1',
          noticeText: 'We ask for it.',
          responsible: company.proposer.staffId,
        },
      });
    const sensitive = await newPlan('P-ASSESSED', 'identity-verification', ['customer.residentId']);
    const assessment = await query(`${GOVERNANCE}impact-assessment`).create({
      data: {
        title: 'A',
        plan: sensitive.id,
        necessity: 'n',
        risks: 'r',
        riskLevel: 'high-risk',
        measures: 'm',
        assessor: company.proposer.staffId,
      },
    });
    await send({
      route: 'POST /customer-governance/impact-assessments/:documentId/approve',
      by: 'executor',
      path: [assessment.documentId],
      body: {},
    });
    const plan = await newPlan('P-SUBMITTED', 'customer-service', ['customer.mobile']);
    for (const step of ['submit', 'withdraw']) {
      await send({
        route: `POST /customer-governance/collection-plans/:documentId/${step}`,
        by: 'proposer',
        path: [plan.documentId],
        body: {},
      });
    }
  };

  const recorded = async () => {
    const { documentId } = await company.customer(company.rep);
    const path = [documentId];
    const record = 'POST /customer-governance/customers/:documentId/consents';
    const answers = [{ purpose: 'customer-service', scope: 'general', agreed: true }];
    const body = { noticeVersion: '1', evidenceKind: 'signed-paper', evidence: 'scan', answers };
    data(await send({ route: record, path, body }));
    await send({ route: `${record}/withdraw`, path, body: {} });
  };

  const notices = async () => {
    const text = { purposes: 'p', method: 'm', kinds: 'k', term: 't', rights: 'r', contact: 'c' };
    const written = { title: 'N', code: 'by-call', version: '1', texts: { en: text } };
    const { documentId } = data(
      await send({ route: 'POST /customer-governance/notices', body: written })
    );
    await send({
      route: 'PUT /customer-governance/notices/:documentId',
      path: [documentId],
      body: { ...written, title: 'M' },
    });
    const route = 'POST /customer-governance/notices/:documentId/publish';
    await send({ route, path: [documentId], body: {} });
  };

  const webForms = async () => {
    const plan = await planOf(
      'P-WEB',
      ['name', 'mobile', 'industry'].map((name) => `customer.${name}`)
    );
    await query(`${GOVERNANCE}collection-plan`).update({
      where: { id: plan.id },
      data: { noticeVersion: '1', noticeText: 'We ask for it.' },
    });
    await query(`${GOVERNANCE}web-form`).create({
      data: {
        title: 'Enquiries',
        code: 'enquiries',
        state: 'active',
        plan: plan.id,
        customerKind: 'person',
        allowedOrigins: ['https://www.example.com'],
        owner: company.rep.staffId,
      },
    });
    const path = ['enquiries'];
    const headers = { Origin: 'https://www.example.com' };
    const { token } = data(
      await send({ route: `GET ${API}/web-forms/:code`, by: 'anonymous', path, headers })
    );
    const entered = await send({
      route: `POST ${API}/web-forms/:code`,
      by: 'anonymous',
      path,
      headers: { ...headers, 'Idempotency-Key': 'f8a1c3de-0001' },
      body: {
        token,
        fields: { name: '钱七', mobile: '13866138999', industry: 'Trade' },
        consents: [{ purpose: 'customer-service', scope: 'general', given: true }],
      },
    });
    data(entered);
  };

  return [
    rules,
    plans,
    notices,
    webForms,
    recorded,
    customers,
    () => requests(PANEL),
    () => requests(API),
    () => changes(PANEL),
    () => changes(API),
    retention,
  ];
}
