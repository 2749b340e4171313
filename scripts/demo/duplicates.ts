import { documentsOf, type Demo } from './context';
import { before } from './days';
import { mobileNumber } from './numbers';
import { emailOf, type Organisation } from './people';
import type { Plans } from './plans';
import type { Portrait } from './portrait';
import { documentIdOf } from './random';
import { asSeed, asUser, serviceOf } from './services';
import { CUSTOMER } from './uids';

/** Customers before this number have a part of their own in the walk through the demo. */
const FIRST = 10;
const MOBILE = 980;

/** 李娜's own, of whom a second file is about to be made. */
function twiceEntered(entries: readonly Portrait[], kind: Portrait['kind']): Portrait {
  const found = entries.find(
    ({ outline, kind: own, data }) =>
      own === kind &&
      data.stage === 'active' &&
      outline.number >= FIRST &&
      outline.story === 'usual' &&
      outline.plan === 'general' &&
      outline.owner === 'li.na'
  );
  if (!found) throw new Error(`The demo has no ${kind} who could be entered twice.`);
  return found;
}

/**
 * Two customers with a second file each: one who enquired on the website, where nobody may learn who is known already, and a
 * company that 吴婷 entered under a name that is not quite the same.
 */
export async function enterTwice(
  demo: Demo,
  entries: readonly Portrait[],
  { staff, departments }: Organisation,
  { plans }: Plans
): Promise<void> {
  const { strapi, now } = demo;
  const place = {
    owner: staff['li.na'].documentId,
    department: departments.east.documentId,
    firstContactAt: before(now, 0, 4).toISOString(),
  };
  const person = twiceEntered(entries, 'person').data;
  await asSeed(strapi, () =>
    serviceOf(strapi, 'duplicates').acceptingDuplicates(() =>
      documentsOf(strapi, CUSTOMER).create({
        data: {
          ...place,
          documentId: documentIdOf('unfiled', 'enquired-again'),
          kind: 'person',
          name: person.name,
          mobile: person.mobile,
          industry: person.industry,
          email: 'again@example.com',
          needs: '希望了解新品的交付周期与售后政策。',
          source: 'website',
          method: 'online',
          plan: plans.enquiries,
        },
      })
    )
  );

  const { data: company, city } = twiceEntered(entries, 'company');
  await asUser(strapi, emailOf('wu.ting'), () =>
    documentsOf(strapi, CUSTOMER).create({
      data: {
        ...place,
        documentId: documentIdOf('unfiled', 'nearly-the-same'),
        kind: 'company',
        companyName: String(company.companyName)
          .replace(city.name, `${city.name}市`)
          .replace('有限公司', '股份有限公司'),
        name: '东方晓',
        mobile: mobileNumber(MOBILE),
        industry: company.industry,
        source: 'sales',
        method: 'direct',
        plan: plans.general,
      },
    })
  );
  demo.progress('Second files', 2, 2);
}
