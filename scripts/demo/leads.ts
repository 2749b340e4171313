import { documentsOf, eachOf, type Demo } from './context';
import { personName } from './names';
import { mobileNumber } from './numbers';
import { documentIdOf, randomOf } from './random';
import { asSeed } from './services';
import { LEAD } from './uids';

const LEADS = 30;
const FIRST_SERIAL = 4_000;

const TOPICS = ['索取产品手册', '预约演示', '询问报价', '参观展台', '了解售后服务', '洽谈合作'];
const SOURCES = ['exhibition', 'website', 'call'];

/** Leads: the application's own type, governed by nothing but its attributes. */
export async function createLeads(demo: Demo): Promise<void> {
  const leads = Array.from({ length: LEADS }, (_, index) => {
    const random = randomOf(`lead ${index}`);
    return {
      documentId: documentIdOf('lead', String(index + 1)),
      topic: random.pick(TOPICS),
      name: personName(random),
      mobile: mobileNumber(FIRST_SERIAL + index),
      source: random.pick(SOURCES),
    };
  });
  const documents = documentsOf(demo.strapi, LEAD);
  await asSeed(demo.strapi, () =>
    eachOf(demo, 'Leads', leads, (data) => documents.create({ data }))
  );
}
