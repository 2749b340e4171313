import type { Locator } from '@playwright/test';
import { expect, governance, picture, test } from './support/panel';

const verify = /^Note a verification of/;

/** Answers for every fact in the dialog, below how it was verified. */
async function answer(dialog: Locator, outcome: string): Promise<void> {
  const [, ...facts] = await dialog.getByRole('combobox').all();
  for (const fact of facts) {
    await fact.click();
    await dialog.page().getByRole('option', { name: outcome, exact: true }).click();
  }
}

test('a representative verifies key facts of a customer, and it leaves the list', async ({
  as,
}) => {
  const page = await as('li.na');
  await page.goto(governance('verification'));
  const cards = page.getByRole('list', { name: 'To verify' }).getByRole('article');
  const first = cards.filter({ hasText: 'Not verified' }).first();
  const title = (await first.getByRole('heading', { level: 2 }).textContent()) ?? '';
  const card = page.getByRole('article', { name: title });
  await picture(page, 'verification');

  await card.getByRole('button', { name: verify }).press('Enter');
  const dialog = page.getByRole('dialog', { name: /^Verification of/ });
  const save = dialog.getByRole('button', { name: 'Note it' });
  await expect(save).toBeDisabled();

  // What is wrong stays, until it is right.
  await answer(dialog, 'Wrong');
  await save.click();
  await expect(card).toContainText('Wrong · By call · 李娜');
  await card.getByRole('button', { name: verify }).click();
  await answer(dialog, 'Confirmed');
  await save.click();
  await expect(card).toBeHidden();
  await expect(cards.first()).toBeVisible();
});

test('somebody who is not the owner calls the sample back, and the accuracy follows', async ({
  as,
}) => {
  const page = await as('chen.jing');
  await page.goto(`${governance('verification')}?tab=accuracy`);
  await expect(page.getByRole('tab', { name: 'To verify' })).toBeHidden();
  await expect(page.getByText('Nobody of this sample was reached yet.')).toBeVisible();

  await page.getByRole('tab', { name: 'Call-backs' }).click();
  await page.getByRole('button', { name: verify }).first().click();
  const dialog = page.getByRole('dialog', { name: /^Verification of/ });
  await answer(dialog, 'Confirmed');
  await dialog.getByRole('button', { name: 'Note it' }).click();
  await expect(dialog).toBeHidden();

  await page.getByRole('tab', { name: 'Accuracy' }).click();
  await expect(page.getByText('100 %', { exact: true })).toBeVisible();
  await expect(page.getByText('75 %', { exact: true })).toBeVisible();
  await expect(
    page.getByText('With 95 percent confidence between 30.1 % and 95.4 %')
  ).toBeVisible();
  await picture(page, 'verification-accuracy');
});

test('verification speaks Chinese', async ({ as }) => {
  const page = await as('li.na', 'zh-Hans');
  await page.goto(governance('verification'));
  await expect(page.getByRole('heading', { name: '信息核实', level: 1 })).toBeVisible();
  await expect(page.getByRole('list', { name: '关键信息' }).first()).toContainText('手机');
});
