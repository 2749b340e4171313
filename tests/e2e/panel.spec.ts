import type { Locator, Page } from '@playwright/test';
import { ask, expect, field, governance, picture, test } from './support/panel';

const NO_PERMISSION = "You don't have the permissions to access that content";

/** The request that waits from the start, and that no test decides. */
const waiting = (page: Page) =>
  page.getByRole('article').filter({ hasText: '客户将于下周到访签约' });

/** Goes on with the Tab key until an element has the focus. */
const tabTo = async (page: Page, target: Locator): Promise<void> => {
  for (let presses = 0; presses < 60; presses += 1) {
    if (await target.evaluate((element) => element.matches(':focus'))) return;
    await page.keyboard.press('Tab');
  }
  await expect(target).toBeFocused();
};

test('the overview tells how things stand, and leads to what is waiting', async ({ as }) => {
  const page = await as('chen.jing');
  await page.goto(governance('overview'));
  const figures = page.getByRole('list', { name: 'Figures' });
  await expect(figures.getByRole('listitem')).toHaveCount(7);
  await expect(
    page.getByRole('img', { name: /^What is waiting: .*Due for destruction/ })
  ).toBeVisible();
  await expect(page.getByRole('region', { name: 'Policy in force' })).toContainText(/[0-9a-f]{64}/);
  await picture(page, 'overview');
  await figures.getByRole('link', { name: 'Retention' }).click();
  await expect(page.getByRole('heading', { name: 'Retention', level: 1 })).toBeVisible();
});

test('a decision is reached, left and begun again by keyboard', async ({ as }) => {
  const page = await as('wang.fang');
  await page.goto(governance('approvals'));
  const approve = waiting(page).getByRole('button', { name: /^Approve/ });
  const reject = waiting(page).getByRole('button', { name: /^Reject/ });
  await expect(approve).toBeVisible();

  await tabTo(page, approve);
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog');
  await expect(dialog).toHaveAccessibleName('Approve this step');
  await expect(dialog.locator(':focus')).toHaveCount(1);
  await page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();
  await expect(approve).toBeFocused();

  await page.keyboard.press('Shift+Tab');
  await expect(reject).toBeFocused();
  await page.keyboard.press('Enter');
  await tabTo(page, dialog.getByRole('button', { name: 'Reject', exact: true }));
  await page.keyboard.press('Enter');
  await expect(dialog.getByText('Fill in this field.')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(reject).toBeFocused();
});

test('who has nothing to decide is told so', async ({ as }) => {
  const page = await as('zhao.min');
  await page.goto(governance('approvals'));
  await expect(page.getByText('Nothing is waiting for your decision.')).toBeVisible();
  await page.getByRole('tab', { name: 'Decided' }).click();
  await expect(page.getByText('You have not decided anything yet.')).toBeVisible();
});

test('what cannot be loaded says so, and is loaded again on request', async ({ as }) => {
  const page = await as('wang.fang');
  await page.route('**/customer-governance/approvals?*', (route) => route.abort());
  await page.goto(governance('approvals'));
  await expect(page.getByText('This could not be loaded')).toBeVisible();
  await page.unroute('**/customer-governance/approvals?*');
  await page.getByRole('button', { name: 'Try again' }).click();
  await expect(waiting(page)).toBeVisible();
});

test('a decision that does not reach the server stays open with what was typed', async ({ as }) => {
  const page = await as('wang.fang');
  await page.goto(governance('approvals'));
  await waiting(page)
    .getByRole('button', { name: /^Reject/ })
    .click();
  const dialog = page.getByRole('dialog');
  await field(dialog, 'Comment').fill('资料不全，请补充。');
  await page.route('**/decide', (route) => route.abort());
  await dialog.getByRole('button', { name: 'Reject', exact: true }).click();
  await expect(dialog.getByRole('alert')).toContainText('The server could not be reached');
  await expect(field(dialog, 'Comment')).toHaveValue('资料不全，请补充。');
});

test('a representative has no pages for approvals, retention and audit', async ({ as }) => {
  const page = await as('li.na');
  await page.goto(governance('overview'));
  const pages = page.getByRole('navigation', { name: 'Governance pages' }).getByRole('link');
  await expect(pages).toHaveText([
    'Overview',
    'My requests',
    /^Notifications/,
    'Review and filing',
    'Register',
    'Collection',
    'Duplicates',
    'Verification',
  ]);

  for (const forbidden of ['approvals', 'audit', 'backup']) {
    await page.goto(governance(forbidden));
    await expect(page.getByText(NO_PERMISSION)).toBeVisible();
  }
  // What somebody is to destroy by hand they find there, whatever their role.
  await page.goto(governance('retention'));
  await expect(page.getByRole('main').getByRole('tab')).toHaveText(['My tasks']);
  for (const address of ['approvals', 'retention/due', 'destruction-orders', 'audit-entries']) {
    expect((await ask(page, 'GET', `/customer-governance/${address}`)).status).toBe(403);
  }
});

test('an auditor has no customers', async ({ as }) => {
  const page = await as('zheng.kai');
  await page.goto('/admin/content-manager/collection-types/plugin::customer-governance.customer');
  await expect(page.getByText(NO_PERMISSION)).toBeVisible();
});
