import type { Page } from '@playwright/test';
import { demoCases } from '../../scripts/demo/seed';
import { entered } from './support/customers';
import {
  customerForm,
  customerList,
  expect,
  field,
  governance,
  picture,
  test,
} from './support/panel';

const [first, second] = demoCases.due.map(entered);
const held = entered(demoCases.held);
const destroyed = entered(demoCases.destroyed[0]!);
const REASON = '保存期限届满，客户关系早已结束。';

const dueRow = (page: Page, filingNumber: string) =>
  page.getByRole('row').filter({ hasText: filingNumber });

const order = (page: Page) => page.getByRole('article').filter({ hasText: REASON });

const expectGone = async (page: Page, customer: { filingNumber: string; documentId: string }) => {
  await page.goto(customerList(customer.filingNumber));
  await expect(page.getByText('0 entries found')).toBeVisible();
  await page.goto(customerForm(customer.documentId));
  await expect(page.getByText('Something went wrong')).toBeVisible();
};

test('a customer under a legal hold is due, and cannot be proposed for destruction', async ({
  as,
}) => {
  const page = await as('chen.jing');
  await page.goto(governance('retention?tab=due'));
  const row = dueRow(page, held.filingNumber);
  await expect(row).toContainText('Legal hold');
  await expect(row.getByRole('checkbox')).toBeDisabled();
});

test('due customers are destroyed by order of leadership and the hand of a second person', async ({
  as,
}) => {
  const proposer = await as('chen.jing');
  let number = '';

  await test.step('the information department proposes what is due', async () => {
    await proposer.goto(governance('retention?tab=due'));
    await expect(proposer.getByText(/^\d+ customers due/)).toBeVisible();
    for (const { filingNumber } of [first!, second!]) {
      await dueRow(proposer, filingNumber).getByRole('checkbox').check();
    }
    await expect(proposer.getByText(/· 2 chosen$/)).toBeVisible();
    await picture(proposer, 'retention-due');
    await proposer.getByRole('button', { name: 'Propose destruction' }).click();
    const dialog = proposer.getByRole('dialog', { name: 'Propose destruction' });
    await field(dialog, 'Reason').fill(REASON);
    await dialog.getByRole('button', { name: 'Propose destruction' }).click();
    const submitted = proposer.getByText(/^Order \S+ was submitted for approval\.$/);
    await expect(submitted).toBeVisible();
    number = /Order (\S+)/.exec((await submitted.textContent()) ?? '')?.[1] ?? '';
    await expect(dueRow(proposer, first!.filingNumber)).toContainText('In an order');
  });

  await test.step('leadership approves', async () => {
    const leadership = await as('liu.yang');
    await leadership.goto(governance('approvals'));
    await order(leadership)
      .getByRole('button', { name: /^Approve/ })
      .click();
    const dialog = leadership.getByRole('dialog', { name: 'Approve this step' });
    await dialog.getByRole('button', { name: 'Approve' }).click();
    await expect(order(leadership)).toBeHidden();
  });

  await test.step('who proposed it may not execute it', async () => {
    await proposer.goto(governance('retention?tab=orders'));
    await expect(order(proposer)).toContainText('Approved');
    await expect(order(proposer).getByRole('button', { name: /^Cancel order/ })).toBeVisible();
    await expect(order(proposer).getByRole('button', { name: /^Execute/ })).toBeHidden();
  });

  await test.step('a second person executes it, by typing its number', async () => {
    const executor = await as('sun.lei');
    await executor.goto(governance('retention?tab=orders'));
    await order(executor)
      .getByRole('button', { name: `Execute order ${number}` })
      .click();
    const dialog = executor.getByRole('dialog', { name: `Execute order ${number}` });
    const execute = dialog.getByRole('button', { name: 'Execute', exact: true });
    await field(dialog, 'Order number').fill('D-2026');
    await expect(execute).toBeDisabled();
    await field(dialog, 'Order number').fill(number);
    await execute.click();
    await expect(executor.getByText(`Order ${number} was executed.`)).toBeVisible();

    await order(executor)
      .getByRole('link', { name: /^Certificate/ })
      .click();
    const certificate = executor.getByRole('article', { name: 'Certificate of destruction' });
    await expect(certificate).toContainText('The information of 2 customers was destroyed');
    for (const fact of [number, '陈静', '刘洋', '孙磊']) {
      await expect(certificate).toContainText(fact);
    }
    await expect(certificate).toContainText(/[0-9a-f]{64}/);
    await picture(executor, 'certificate');
  });

  await test.step('afterwards nobody finds anything of the customer', async () => {
    for (const who of ['chen.jing', 'li.na'] as const) await expectGone(await as(who), first!);
    await proposer.goto(governance('retention?tab=due'));
    await expect(proposer.getByText(/^\d+ customers due/)).toBeVisible();
    await expect(dueRow(proposer, first!.filingNumber)).toBeHidden();
  });
});

test('of customers destroyed earlier nothing is found either', async ({ as }) => {
  await expectGone(await as('chen.jing'), destroyed);
});
