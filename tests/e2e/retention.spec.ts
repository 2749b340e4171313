import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import type { Locator, Page } from '@playwright/test';
import { demoCases } from '../../scripts/demo/seed';
import { entered } from './support/customers';
import {
  choose,
  customerForm,
  customerList,
  expect,
  field,
  governance,
  picture,
  test,
  toTop,
} from './support/panel';

const [first, second] = demoCases.due.map(entered);
const held = entered(demoCases.held);
const destroyed = entered(demoCases.destroyed[0]!);
const VERIFIER = path.resolve('src/plugins/customer-governance/dist/verifier/verify.mjs');
const PLACE = '华东档案室 2 号柜';
const REASON = '保存期限届满，客户关系早已结束。';

const dueRow = (page: Page, filingNumber: string) =>
  page.getByRole('row').filter({ hasText: filingNumber });

const order = (page: Page) => page.getByRole('article').filter({ hasText: REASON });

const tasks = (scope: Page | Locator) =>
  scope.getByRole('list', { name: 'To be destroyed by hand' });

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

test('the due list shows those of one stage, and says why they are due in words alone', async ({
  as,
}) => {
  const page = await as('chen.jing');
  await page.goto(governance('retention?tab=due'));
  await expect(page.getByText(/^\d+ customers due/)).toBeVisible();
  await choose(page, 'Stage', 'Dormant');
  const rows = page.getByRole('grid', { name: 'Due' }).getByRole('row');
  await expect(rows.filter({ hasText: 'after the last contact on' }).first()).toContainText(
    'Dormant'
  );
  await expect(rows.filter({ hasText: 'the end of the relation' })).toHaveCount(0);
  await expect(rows.filter({ hasText: /silent-/ })).toHaveCount(0);
  await choose(page, 'Stage', 'Invalid');
  await expect(page.getByText('No customer of this stage is due.')).toBeVisible();
});

test('everybody who is due until a day can be proposed at once', async ({ as }) => {
  const page = await as('chen.jing');
  await page.goto(governance('retention?tab=due'));
  await page.getByRole('button', { name: 'Propose all due until a day' }).click();
  const dialog = page.getByRole('dialog', { name: 'Propose all due until a day' });
  await dialog.getByRole('button', { name: 'Propose destruction' }).click();
  await expect(dialog.getByText('Fill in this field.')).toHaveCount(2);
  await field(dialog, 'Due until').fill('2001-01-31');
  await field(dialog, 'Reason').fill('按年度计划清理。');
  await dialog.getByRole('button', { name: 'Propose destruction' }).click();
  await expect(dialog.getByRole('alert')).toContainText(
    'nobody who is due by then is free to be proposed'
  );
});

test('due customers are destroyed by order of leadership, under the eyes of a second person', async ({
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
    await toTop(proposer);
    await picture(proposer, 'retention-due');
    await proposer.getByRole('button', { name: 'Propose destruction' }).click();
    const dialog = proposer.getByRole('dialog', { name: 'Propose destruction' });
    await field(dialog, 'Reason').fill(REASON);
    await dialog.getByRole('button', { name: 'Propose destruction' }).click();
    const made = proposer.getByText(/^Order \S+ was made, and can be reviewed\.$/);
    await expect(made).toBeVisible();
    number = /Order (\S+)/.exec((await made.textContent()) ?? '')?.[1] ?? '';
    await expect(dueRow(proposer, first!.filingNumber)).toContainText('In an order');
  });

  await test.step('reviews the order, takes a customer out and adds it again', async () => {
    await proposer.goto(governance('retention?tab=orders'));
    await order(proposer)
      .getByRole('link', { name: `Review order ${number}` })
      .click();
    await expect(dueRow(proposer, second!.filingNumber)).toContainText('Listed');
    await dueRow(proposer, second!.filingNumber).getByRole('checkbox').check();
    await proposer.getByRole('button', { name: 'Take out (1)' }).click();
    const reason = proposer.getByRole('dialog', { name: 'Take out (1)' });
    await field(reason, 'Why they stay').fill('核对中，暂不销毁。');
    await reason.getByRole('button', { name: 'Take out' }).click();
    await expect(dueRow(proposer, second!.filingNumber)).toContainText('Taken out');
    await proposer.getByRole('button', { name: 'Add due customers' }).click();
    const add = proposer.getByRole('dialog', { name: 'Add due customers' });
    await add.getByRole('checkbox', { name: new RegExp(second!.filingNumber) }).check();
    await add.getByRole('button', { name: 'Add due customers' }).click();
    await expect(dueRow(proposer, second!.filingNumber)).toContainText('Listed');
  });

  await test.step('says what is to be destroyed by hand', async () => {
    await proposer.getByRole('button', { name: 'Add task' }).click();
    const task = proposer.getByRole('dialog', { name: 'Add task' });
    await field(task, 'Where, or who has it').fill(PLACE);
    await field(task, 'Person responsible').pressSequentially('周伟');
    await proposer.getByRole('option', { name: /周伟/ }).click();
    await task.getByRole('button', { name: 'Add task' }).click();
    await expect(task).toBeHidden();
    await expect(tasks(proposer)).toContainText('周伟');
  });

  await test.step('gives the task to another person, and a day', async () => {
    const reassign = proposer.getByRole('button', { name: `Reassign the task for ${PLACE}` });
    await reassign.press('Enter');
    const dialog = proposer.getByRole('dialog', { name: 'Reassign task' });
    await expect(field(dialog, 'Person responsible')).toHaveValue('周伟');
    await dialog.getByRole('button', { name: 'Clear' }).click();
    await dialog.getByRole('button', { name: 'Reassign' }).click();
    await expect(dialog.getByText('Fill in this field.')).toBeVisible();
    await field(dialog, 'Person responsible').pressSequentially('吴婷');
    await proposer.getByRole('option', { name: /吴婷/ }).click();
    await field(dialog, 'Due on').fill('2040-02-29');
    await dialog.getByRole('button', { name: 'Reassign' }).click();
    await expect(tasks(proposer)).toContainText(/吴婷 · Due on Feb 29, 2040/);
    await expect(reassign).toBeFocused();
  });

  await test.step('submits the order', async () => {
    await toTop(proposer);
    await picture(proposer, 'order-review');
    await proposer.getByRole('button', { name: `Submit order ${number}` }).click();
    await proposer
      .getByRole('alertdialog')
      .getByRole('button', { name: 'Submit for approval' })
      .click();
    await expect(proposer.getByText(`Order ${number} was submitted for approval.`)).toBeVisible();
  });

  await test.step('leadership approves', async () => {
    const leadership = await as('liu.yang');
    await leadership.goto(governance('approvals'));
    await expect(tasks(order(leadership))).toContainText(PLACE);
    await expect(order(leadership)).toContainText('As soon as two people have confirmed it');
    await picture(leadership, 'order-approval');
    const inChinese = await as('liu.yang', 'zh-Hans');
    await inChinese.goto(governance('approvals'));
    await expect(order(inChinese)).toContainText('两人确认后立即执行');
    await expect(order(inChinese)).toContainText('人工销毁任务');
    await picture(inChinese, 'order-approval.zh');
    await order(leadership)
      .getByRole('button', { name: /^Approve/ })
      .click();
    const dialog = leadership.getByRole('dialog', { name: 'Approve this step' });
    await dialog.getByRole('button', { name: 'Approve' }).click();
    await expect(order(leadership)).toBeHidden();
  });

  await test.step('who proposed it may not carry it out', async () => {
    await proposer.goto(governance('retention?tab=orders'));
    await expect(order(proposer)).toContainText('Approved');
    await expect(order(proposer).getByRole('button', { name: /^Cancel order/ })).toBeVisible();
    await expect(order(proposer).getByRole('button', { name: /^Confirm order/ })).toBeHidden();
  });

  const executor = await as('sun.lei');
  await test.step('the executor confirms it, by typing its number', async () => {
    await executor.goto(governance('retention?tab=orders'));
    await order(executor)
      .getByRole('button', { name: `Confirm order ${number} as executor` })
      .click();
    const dialog = executor.getByRole('dialog', { name: `Confirm order ${number} as executor` });
    const confirm = dialog.getByRole('button', { name: 'Confirm as executor', exact: true });
    await field(dialog, 'Order number').fill('D-2026');
    await expect(confirm).toBeDisabled();
    await field(dialog, 'Order number').fill(number);
    await confirm.click();
    await expect(order(executor)).toContainText(/The supervisor has \d+ minutes left/);
    await expect(order(executor).getByRole('button', { name: /as supervisor$/ })).toBeHidden();
    await picture(executor, 'order-confirmed');
  });

  await test.step('a supervisor confirms too, and the server carries it out', async () => {
    const supervisor = await as('zheng.kai');
    await supervisor.goto(governance('retention?tab=orders'));
    await order(supervisor)
      .getByRole('button', { name: `Confirm order ${number} as supervisor` })
      .click();
    const dialog = supervisor.getByRole('dialog', {
      name: `Confirm order ${number} as supervisor`,
    });
    await field(dialog, 'Order number').fill(number);
    await dialog.getByRole('button', { name: 'Confirm as supervisor', exact: true }).click();
    await expect(order(supervisor)).toContainText('Waits for confirmations', { timeout: 60_000 });
    await expect(order(supervisor)).toContainText('2 of 2 customers destroyed');
    await expect(order(supervisor).getByRole('progressbar')).toHaveAttribute(
      'aria-valuenow',
      '100'
    );
    await picture(supervisor, 'order-confirming');
  });

  await test.step('whoever keeps the paper confirms that it is shredded', async () => {
    const keeper = await as('wu.ting');
    await keeper.goto(governance('retention?tab=tasks'));
    await expect(keeper.getByText(PLACE)).toBeVisible();
    await keeper.getByRole('button', { name: 'Confirm destruction' }).click();
    const dialog = keeper.getByRole('dialog', { name: 'Confirm destruction by hand' });
    await field(dialog, 'How it was destroyed, and what proves it').fill('已粉碎，见记录单。');
    await dialog.getByRole('button', { name: 'Confirm destruction' }).click();
    await expect(keeper.getByText('Nothing is to be destroyed by you.')).toBeVisible();
  });

  await test.step('the certificate names them all, and verifies outside the application', async () => {
    await executor.goto(governance('retention?tab=orders'));
    await order(executor)
      .getByRole('link', { name: /^Certificate/ })
      .click();
    const certificate = executor.getByRole('article', { name: 'Certificate of destruction' });
    await expect(certificate).toContainText('The information of 2 customers was destroyed');
    for (const fact of [number, '陈静', '刘洋', '孙磊', '郑凯', '吴婷', 'Shredding']) {
      await expect(certificate).toContainText(fact);
    }
    await expect(certificate).toContainText(/[0-9a-f]{64}/);
    await picture(executor, 'certificate');
    const [download] = await Promise.all([
      executor.waitForEvent('download'),
      executor.getByRole('button', { name: 'Download' }).click(),
    ]);
    const { stdout } = await promisify(execFile)('node', [
      VERIFIER,
      'certificate',
      await download.path(),
    ]);
    expect(stdout).toContain('Everything is as it was signed.');
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
