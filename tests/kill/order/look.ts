import type { BootedApp } from '../../support/app';
import { ATTACHMENT } from '../../support/attachments';
import { CONSENT, CONTACT, CUSTOMER } from '../../support/company';
import type { Row } from '../../support/retention';
import {
  CONTACT_MOBILES,
  LOST,
  valuesOf,
  type Fate,
  type Model,
  type ModelCustomer,
} from './model';

interface Vault {
  unseal(
    type: string,
    ids: string[],
    attributes: string[]
  ): Promise<Map<string, Record<string, string>>>;
  lookup(type: string, attribute: string, value: string): Promise<string[]>;
}

/** How a customer may be found by whoever asks the application. */
type Found = 'whole' | 'lost' | 'gone';

const MAY_BE: Record<Fate, readonly Found[]> = {
  goes: ['whole', 'gone'],
  loses: ['whole', 'lost'],
  held: ['whole'],
  stays: ['whole'],
};

/**
 * Asks an application that has just started for each customer. One that is neither as it was nor as it is to become is half
 * destroyed, and must not be.
 * @returns what is wrong, in sentences.
 */
export async function look({ strapi }: Pick<BootedApp, 'strapi'>, model: Model): Promise<string[]> {
  const vault = strapi.plugin('customer-governance').service('vault') as unknown as Vault;

  const found = async (customer: ModelCustomer): Promise<string> => {
    const { documentId } = customer;
    const values = valuesOf(customer.number);
    const row: Row | null = await strapi.db.query(CUSTOMER).findOne({ where: { documentId } });
    const opened = (await vault.unseal(CUSTOMER, [documentId], Object.keys(values))).get(
      documentId
    );
    const under = (uid: string, ids: string[]) =>
      strapi.db.query(uid).count({ where: { documentId: { $in: ids } } });
    const contacts = await under(CONTACT, customer.contacts);
    const others =
      (await under(CONSENT, customer.consents)) + (await under(ATTACHMENT, customer.attachments));
    const openedContacts = await vault.unseal(CONTACT, customer.contacts, ['mobile']);
    const looked = await Promise.all(
      (['mobile', LOST] as const).map(async (name) =>
        (await vault.lookup(CUSTOMER, name, values[name])).includes(documentId)
      )
    );
    const hangOn = customer.consents.length + customer.attachments.length;
    const wholeContacts =
      contacts === customer.contacts.length &&
      [...openedContacts.values()]
        .map(({ mobile }) => mobile)
        .sort()
        .join() === CONTACT_MOBILES.join();
    const said = { row: row !== null, opened, contacts, others, openedContacts, looked };
    const nothing = !row && !opened && contacts + others + openedContacts.size === 0;
    if (nothing && !looked.includes(true)) return 'gone';
    const { residentId, ...rest } = values;
    const same = (expected: object) =>
      JSON.stringify(Object.entries(opened ?? {}).sort()) ===
      JSON.stringify(Object.entries(expected).sort());
    if (row && wholeContacts && others === hangOn && looked[0]) {
      if (same(values) && row[LOST] && looked[1]) return 'whole';
      if (same(rest) && !row[LOST] && !looked[1]) return 'lost';
    }
    return JSON.stringify({ ...said, openedContacts: openedContacts.size, residentId: undefined });
  };

  const problems: string[] = [];
  for (const customer of model.customers) {
    const as = await found(customer).catch((error: Error) => `it fails: ${error.message}`);
    if (!(MAY_BE[customer.fate] as readonly string[]).includes(as))
      problems.push(`Customer ${customer.number}, who ${customer.fate}, is found ${as}.`);
  }
  return problems;
}
