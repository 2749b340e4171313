import { documentsOf, type Demo } from './context';
import { dayBefore } from './days';
import type { Organisation } from './people';
import type { Plans } from './plans';
import { documentIdOf, randomOf } from './random';
import { WEB_FORM } from './uids';

const DAYS = 30;

/** The forms of the company's websites: one that is open, with what it took in of late, and one that is closed. */
export async function createWebForms(
  demo: Demo,
  { staff }: Organisation,
  { plans }: Plans
): Promise<void> {
  const { strapi, now } = demo;
  const make = (key: string, data: object) =>
    documentsOf(strapi, WEB_FORM).create({
      data: { documentId: documentIdOf('web-form', key), code: key, ...data },
    });
  const open = await make('website-enquiries', {
    title: 'Website enquiries',
    state: 'active',
    plan: plans.enquiries,
    customerKind: 'person',
    allowedOrigins: ['https://www.example.com', 'http://localhost:4173'],
    languages: ['zh', 'en'],
    owner: staff['zhou.wei'].documentId,
    entriesPerDay: 200,
  });
  await make('exhibition-visit', {
    title: 'Visit our stand',
    state: 'closed',
    plan: plans.exhibition,
    customerKind: 'company',
    allowedOrigins: ['https://expo.example.com'],
    languages: ['zh'],
    owner: staff['li.na'].documentId,
  });
  const random = randomOf('web forms');
  const days = Array.from({ length: DAYS }, (_, at) => ({
    form: open.id,
    day: dayBefore(now, at),
    entered: random.whole(0, 9),
    refused: random.whole(0, 2),
  }));
  await strapi.db.getConnection('governance_web_form_days').insert(days);
  demo.progress('Web forms', 2, 2);
}
