import type { Core } from '@strapi/strapi';
import { isUnderAge } from '../access/under-age';
import { zoneOf } from '../calendar/zone';
import { CONSENT } from '../consents/consents';
import { isEmpty } from '../customers/entry/attribute';
import { entryOf, type Entry } from '../customers/entry/entry';
import { policyOf } from '../policy';
import { CONTACT } from '../policy/attribute-path';

/**
 * For whoever is known to be under the policy's age a guardian consents, who is a contact of the same customer, so that the name
 * is sealed as every other [COL-4; PIPL art. 31]. Refusing and withdrawing need none.
 */
export function addGuardianRule(strapi: Core.Strapi, clock: () => Date): void {
  entryOf(strapi).addRule(CONSENT, async (entry) => {
    await assertOwnContact(strapi, entry);
    const customer = entry.related.customer?.[0];
    if (entry.action !== 'create' || !customer || entry.data.state === 'refused') return;
    const { calendar, collection } = policyOf(strapi).get();
    const today = zoneOf(calendar.timezone).dayAt(clock());
    const years = collection.guardianUnderAge;
    if (!(await isUnderAge(strapi, customer.documentId, years, today))) return;
    if (isEmpty(entry.data.guardianContact)) {
      entry.refuse(
        'guardianContact',
        `the customer is under ${years}: a guardian consents. Enter the guardian as a contact of the customer and choose that`
      );
    }
    if (isEmpty(entry.data.guardianRelationship)) {
      entry.refuse('guardianRelationship', 'say what the guardian is to the customer');
    }
    entry.data.guardian = true;
  });
}

async function assertOwnContact(strapi: Core.Strapi, entry: Entry): Promise<void> {
  const contact = entry.related.guardianContact?.[0];
  if (!contact || isEmpty(entry.data.guardianContact)) return;
  const row = await strapi.db.query(CONTACT).findOne({
    select: ['id'],
    where: { id: contact.id },
    populate: { customer: { select: ['id'] } },
  });
  if (row?.customer?.id !== entry.related.customer?.[0]?.id) {
    entry.report('guardianContact', 'is no contact of this customer. Enter the guardian as one');
  }
}
