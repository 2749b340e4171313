import type { Page } from '@playwright/test';
import { demoCases } from '../../scripts/demo/seed';
import {
  ask,
  choose,
  customerForm,
  expect,
  field,
  governance,
  notification,
  picture,
  test,
} from './support/panel';

const REASON = 'Inspection of western key companies';
const CONTACTS = '/content-manager/collection-types/plugin::customer-governance.contact';

const hold = (page: Page) => page.getByRole('article', { name: REASON });

/** Deletes a contact of the customer as the Content Manager's list does. */
async function deleteContact(
  page: Page,
  customer: string
): Promise<{ status: number; body: unknown }> {
  const list = await ask(page, 'GET', `${CONTACTS}?filters[customer][documentId][$eq]=${customer}`);
  const [first] = (list.body as { results: Array<{ documentId: string }> }).results;
  return ask(page, 'POST', `${CONTACTS}/actions/bulkDelete`, { documentIds: [first?.documentId] });
}

const contactsOf = async (page: Page, customer: string): Promise<number> => {
  const { body } = await ask(
    page,
    'GET',
    `/content-manager/collection-types/plugin::customer-governance.contact?filters[customer][documentId][$eq]=${customer}`
  );
  return (body as { pagination: { total: number } }).pagination.total;
};

test('a hold by filter stops a deletion until it is released', async ({ as }) => {
  const information = await as('chen.jing');
  const admin = await as('admin');
  await admin.goto(governance('overview'));
  let customer = '';

  await test.step('the information department issues it by the conditions of a form', async () => {
    await information.goto(governance('retention?tab=holds'));
    await information.getByRole('button', { name: 'Issue a hold by filter' }).click();
    const dialog = information.getByRole('dialog', { name: 'Issue a legal hold' });
    await dialog.getByRole('button', { name: 'Issue a legal hold' }).click();
    await expect(dialog.getByText('Give at least one condition.')).toBeVisible();
    await choose(dialog, 'Kind', 'Company');
    await choose(dialog, 'Key customer', 'Yes');
    await choose(dialog, 'Department', 'Sales West');
    await dialog.getByRole('button', { name: 'Count who fits' }).click();
    await expect(dialog.getByText(/customers? fits? now/)).toBeVisible();
    await field(dialog, 'Reason').fill(REASON);
    await field(dialog, 'Review on').fill('2040-01-31');
    await picture(information, 'hold-issue');
    await dialog.getByRole('button', { name: 'Issue a legal hold' }).click();
    await expect(notification(information).filter({ hasText: 'in force' })).toBeVisible();
    await hold(information)
      .getByRole('button', { name: /^Covers/ })
      .click();
    const first = hold(information)
      .getByRole('list', { name: 'Customers that the hold covers' })
      .getByRole('link')
      .first();
    customer = /customer\/([a-z0-9]+)$/.exec((await first.getAttribute('href')) ?? '')?.[1] ?? '';
    expect(customer).not.toBe('');
    await first.click();
    await expect(information.getByText('Legal hold: may not be destroyed')).toBeVisible();
    await expect(information.getByText(REASON)).toBeVisible();
  });

  const before = await contactsOf(admin, customer);
  expect(before).toBeGreaterThan(0);

  await test.step('now nobody deletes a contact of such a customer', async () => {
    const refused = await deleteContact(admin, customer);
    expect([refused.status, JSON.stringify(refused.body)]).toEqual([
      403,
      expect.stringContaining('The legal hold'),
    ]);
    expect(await contactsOf(admin, customer)).toBe(before);
  });

  await test.step('once it is released, the same deletion is done', async () => {
    await information.goto(governance('retention?tab=holds'));
    await hold(information)
      .getByRole('button', { name: `Release: ${REASON}` })
      .click();
    const dialog = information.getByRole('dialog', { name: 'Release' });
    await field(dialog, 'Reason of the release').fill('The inspection is over');
    await dialog.getByRole('button', { name: 'Release' }).click();
    await expect(hold(information)).toBeHidden();
    await choose(information, 'State', 'Released');
    await expect(hold(information)).toContainText('The inspection is over');

    expect((await deleteContact(admin, customer)).status).toBe(200);
    await expect.poll(() => contactsOf(admin, customer)).toBe(before - 1);
  });
});

test('a due date is explained in Chinese, beside the record', async ({ as }) => {
  const page = await as('chen.jing', 'zh-Hans');
  await page.goto(customerForm(demoCases.held));
  const section = page.getByRole('region', { name: '留存期限' });
  await expect(section).toContainText('到期日的由来');
  await expect(section).toContainText('关系终止');
  await expect(section).toContainText('决定到期日');
  await expect(page.getByText('法律保留：不得销毁')).toBeVisible();
  await section.scrollIntoViewIfNeeded();
  await picture(page, 'due-date.zh');
});

test('what becomes due is shown by month and by day', async ({ as }) => {
  const page = await as('chen.jing');
  await page.goto(governance('retention'));
  await expect(page.getByRole('img', { name: /^Due by month: \d+ customers due/ })).toBeVisible();
  await expect(page.getByRole('button', { name: 'Previous month' })).toBeDisabled();
  const month = page.getByRole('heading', { level: 3, name: /customers? due$/ });
  const first = await month.textContent();
  await page.getByRole('button', { name: 'Next month' }).press('Enter');
  await expect(month).not.toHaveText(first ?? '');
  await picture(page, 'retention-overview');
  await page.getByRole('button', { name: 'Show as a table' }).click();
  await expect(page.getByRole('grid', { name: 'Due by month' })).toContainText('Due already');
});
