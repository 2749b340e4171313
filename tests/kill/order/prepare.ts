import type { BootedApp } from '../../support/app';
import { ATTACHMENT, fileCaller, giveFiles, pdf, tokenOf } from '../../support/attachments';
import { CONSENT, CONTACT, createCompany } from '../../support/company';
import { executingOrder } from '../../support/destruction';
import { createRetention, type Row } from '../../support/retention';
import {
  LOST,
  valuesOf,
  type Fate,
  type Model,
  type ModelCustomer,
  type ModelOrder,
} from './model';

const PANEL = '/customer-governance';
const GO_AN_ORDER = 4;
/** Of so many orders one is about an attribute, and one has a task of its own. */
const ATTRIBUTE_OF = 3;
const BY_HAND_OF = 5;
/** Shorter than a life of kill.ts. */
const LEASE_MS = 10 * 60_000;

/**
 * Fills an installation with customers, contacts, consents and files, and with orders that two people have confirmed and
 * nobody has begun.
 */
export async function prepareOrders(app: BootedApp, count: number): Promise<Model> {
  const company = await createCompany(app);
  await giveFiles(app, company);
  const governed = createRetention(app, company);
  const files = fileCaller(app, await tokenOf(app, company.rep.email));
  let number = 0;

  const idsOf = async (uid: string, customer: Row): Promise<string[]> =>
    (await app.strapi.db.query(uid).findMany({ where: { customer: { id: customer.id } } })).map(
      ({ documentId }: Row) => documentId
    );

  const create = async (fate: Fate): Promise<ModelCustomer> => {
    number += 1;
    const row = await governed.dueCustomer(valuesOf(number));
    // Some have a file, some have none.
    if (number % 2 === 0) {
      const address = `${PANEL}/customers/${row.documentId}/attachments?kind=contract`;
      const answer = await files.upload(address, pdf(`contract ${number}`, 5000));
      if (answer.status !== 201) throw new Error(answer.text);
    }
    return {
      id: row.id,
      documentId: row.documentId,
      number,
      fate,
      contacts: await idsOf(CONTACT, row),
      consents: await idsOf(CONSENT, row),
      attachments: await idsOf(ATTACHMENT, row),
    };
  };

  const createAll = async (fates: Fate[]): Promise<ModelCustomer[]> => {
    const made: ModelCustomer[] = [];
    for (const fate of fates) made.push(await create(fate));
    return made;
  };

  const addTask = async (order: string) => {
    const { documentId: responsible } = await app.strapi.db
      .query('plugin::customer-governance.staff-profile')
      .findOne({ where: { id: company.rep.staffId } });
    const task = { medium: 'paper', method: 'shredding', place: 'Archive 2', responsible };
    const answer = await governed.act(company.proposer, order, 'tasks', task);
    if (answer.status >= 300) throw new Error(answer.text);
  };

  const whole = async (customers: ModelCustomer[], byHand: boolean): Promise<string> => {
    const { status, body, text } = await governed.propose(customers as never);
    if (status >= 300) throw new Error(text);
    if (byHand) await addTask(body.documentId);
    await governed.act(company.proposer, body.documentId, 'submit');
    await governed.decide(company.leader);
    await governed.confirmBy(body.documentId);
    return body.documentId;
  };

  const change = (documentId: string, columns: object): Promise<unknown> =>
    app.strapi.db
      .connection('governance_destruction_orders')
      .where({ document_id: documentId })
      .update(columns);

  /** One of an attribute, as the nightly job would have proposed it; numbered apart from those of people. */
  const ofAttribute = async (customers: ModelCustomer[], paths: string[], at: number) => {
    const documentId = await executingOrder(app, customers, paths);
    await change(documentId, { number: `D-2000-${String(at).padStart(5, '0')}` });
    return documentId;
  };

  const order = async (at: number): Promise<ModelOrder> => {
    const attributes = at % ATTRIBUTE_OF === 1 ? [`customer.${LOST}`] : null;
    const fate: Fate = attributes ? 'loses' : 'goes';
    const customers = await createAll([...Array<Fate>(GO_AN_ORDER).fill(fate), 'held']);
    const byHand = !attributes && at % BY_HAND_OF === 3;
    const documentId = attributes
      ? await ofAttribute(customers, attributes, at)
      : await whole(customers, byHand);
    // Nobody begins them while more are prepared.
    await change(documentId, { lease_until: new Date(Date.now() + LEASE_MS) });
    await governed.hold(customers.find((customer) => customer.fate === 'held') as never);
    return { documentId, attributes, customers, byHand };
  };

  const orders: ModelOrder[] = [];
  while (orders.length < count) orders.push(await order(orders.length));
  const others = await createAll(['stays', 'stays']);
  return { orders, customers: [...orders.flatMap(({ customers }) => customers), ...others] };
}
