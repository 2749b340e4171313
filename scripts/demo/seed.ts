import type { Core } from '@strapi/strapi';
import { createAnomalies } from './anomalies';
import { createAttachments } from './attachments';
import { createConsents } from './consents';
import { createContacts } from './contacts';
import type { Demo } from './context';
import { addSensitiveAttributes, createCustomers, portraits } from './customers';
import { enterTwice } from './duplicates';
import { createGroup, enterUnfiled, fileCustomers } from './filing';
import { createInternalAudits } from './internal-audits';
import { createLeads } from './leads';
import { changeNotice, createNotices } from './notices';
import { createPeople } from './people';
import { createPartners } from './partners';
import { createPlans } from './plans';
import { registerVisits } from './register';
import { createChange, createRequests } from './requests';
import { createHolds, destroySome } from './retention';
import { createRoles } from './roles';
import { asSeed } from './services';
import { createVerification } from './verification';
import { arrangeLists } from './views';
import { createWebForms } from './web-forms';

export { demoLogins, type DemoLogin } from './people';
export { demoCases } from './stories';

export interface SeedOptions {
  /** Told of each step in a line. */
  progress?: (line: string) => void;
  /** The moment from which all dates of the demo are reckoned. */
  now?: Date;
}

/**
 * Fills an empty application with the demo company: roles, people, plans, customers and what was decided about them. All
 * of it is fictitious, and the same at every reset but for the dates, which are reckoned from `now`.
 * It does nothing where the demo is there already.
 * @throws Error when an earlier run was interrupted: half a company is no demo.
 */
export async function seedDemo(strapi: Core.Strapi, options: SeedOptions = {}): Promise<void> {
  const store = strapi.store({ type: 'core', name: 'demo' });
  const state = await store.get({ key: 'seed' });
  if (state === 'done') return;
  if (state) {
    throw new Error(
      'The demo company was not finished last time. Begin anew with: npm run demo -- --reset'
    );
  }
  await store.set({ key: 'seed', value: 'begun' });
  const { progress: say = () => undefined, now = new Date() } = options;
  const demo: Demo = {
    strapi,
    now,
    progress: (step, done, total) => say(`${step}  ${done} of ${total}`),
  };

  const { organisation, plans } = await asSeed(strapi, async () => {
    const people = await createPeople(demo, await createRoles(strapi));
    await createPartners(demo);
    const collected = await createPlans(demo, people, await createNotices(demo));
    await createWebForms(demo, people, collected);
    return { organisation: people, plans: collected };
  });
  const entries = portraits(now);
  await createCustomers(demo, entries, organisation, plans);
  await fileCustomers(demo, entries, organisation);
  await createContacts(demo, entries);
  await createConsents(demo, entries, plans);
  await changeNotice(demo);
  await addSensitiveAttributes(demo, entries);
  await createGroup(demo, entries);
  await enterUnfiled(demo, organisation, plans);
  await enterTwice(demo, entries, organisation, plans);
  await registerVisits(demo, organisation, plans);
  await createAttachments(demo);
  await createLeads(demo);
  await createHolds(demo);
  await createRequests(demo);
  await createChange(demo);
  await destroySome(demo);
  await createInternalAudits(demo, organisation);
  await createVerification(demo);
  await createAnomalies(demo, organisation);
  await arrangeLists(demo);
  await store.set({ key: 'seed', value: 'done' });
}
