import { documentsOf, eachOf, type Demo } from './context';
import type { Organisation } from './people';
import type { Plans } from './plans';
import { portraitOf, type Portrait } from './portrait';
import { outlines } from './stories';
import { asSeed } from './services';
import { CUSTOMER } from './uids';

/** All customers of the demo as they are entered. */
export const portraits = (now: Date): Portrait[] =>
  outlines().map((outline) => portraitOf(outline, now));

/** Enters the customers, each a few hours after the first contact; sensitive attributes follow the consents. */
export async function createCustomers(
  demo: Demo,
  entries: readonly Portrait[],
  { staff, departments }: Organisation,
  { plans }: Plans
): Promise<void> {
  const documents = documentsOf(demo.strapi, CUSTOMER);
  await asSeed(demo.strapi, () =>
    eachOf(demo, 'Customers', entries, ({ outline, data, enteredAt }) =>
      documents.create({
        data: {
          ...data,
          documentId: outline.documentId,
          plan: plans[outline.plan],
          owner: staff[outline.owner].documentId,
          department: departments[outline.department].documentId,
          createdAt: enteredAt,
        },
      })
    )
  );
}

/** Adds resident IDs, passports and bank cards, which need the separate consent to be there. */
export async function addSensitiveAttributes(
  demo: Demo,
  entries: readonly Portrait[]
): Promise<void> {
  const documents = documentsOf(demo.strapi, CUSTOMER);
  const sealed = entries.filter((entry) => Object.keys(entry.sealed).length > 0);
  await asSeed(demo.strapi, () =>
    eachOf(demo, 'Sensitive attributes', sealed, (entry) =>
      documents.update({ documentId: entry.outline.documentId, data: entry.sealed })
    )
  );
}
