import { POSITIONS, ROLES } from './companies';
import { documentsOf, eachOf, type Demo } from './context';
import { before } from './days';
import { personName } from './names';
import { mobileNumber } from './numbers';
import type { Portrait } from './portrait';
import { documentIdOf, randomOf } from './random';
import { asSeed } from './services';
import { CONTACT } from './uids';

/** Mobile numbers of contacts begin beyond those of customers. */
const FIRST_SERIAL = 2_000;

/** The people whom we speak to at a company besides its main contact. */
function contactsOf({ outline, kind, firstContactAt }: Portrait) {
  const { number, plan, documentId, filingNumber } = outline;
  if (kind !== 'company' || plan !== 'general') return [];
  const random = randomOf(`contacts ${number}`);
  return Array.from({ length: random.whole(1, 2) }, (_, index) => {
    const key = `${filingNumber}-${index + 1}`;
    const serial = FIRST_SERIAL + number * 3 + index;
    return {
      documentId: documentIdOf('contact', key),
      customer: documentId,
      name: personName(random),
      mobile: mobileNumber(serial),
      email: `${key.toLowerCase()}@example.com`,
      position: random.pick(POSITIONS),
      role: random.pick(ROLES),
      ...(random.chance(30) ? { wechat: `demo_wx_${serial}` } : {}),
      createdAt: before(firstContactAt, 0, -4),
    };
  });
}

/** Enters the contacts. */
export async function createContacts(demo: Demo, entries: readonly Portrait[]): Promise<void> {
  const documents = documentsOf(demo.strapi, CONTACT);
  await asSeed(demo.strapi, () =>
    eachOf(demo, 'Contacts', entries.flatMap(contactsOf), (data) => documents.create({ data }))
  );
}
