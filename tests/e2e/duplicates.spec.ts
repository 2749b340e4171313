import { documentIdOf } from '../../scripts/demo/random';
import { CUSTOMER } from '../../scripts/demo/uids';
import { ask, expect, field, governance, notification, picture, test } from './support/panel';

const AGAIN = documentIdOf('unfiled', 'enquired-again');
const PAGE = governance('duplicates');

test('two files of one customer become one by request and by the approval of somebody else', async ({
  as,
}) => {
  const reason = '同一客户在网站上再次咨询。';
  const page = await as('li.na');
  await page.goto(PAGE);
  const suspected = page
    .getByRole('list', { name: 'Suspected' })
    .getByRole('article')
    .filter({ hasText: 'Same name and mobile' });
  // Both by their masks alone.
  await expect(suspected.getByRole('heading', { level: 2 })).toHaveText(/^(\p{L}+\*+) \/ \1$/u);
  await expect(suspected).toContainText(/KH-\d{5} · Sales East · 李娜/);
  await expect(suspected).toContainText('Not filed · Sales East · 李娜');
  await picture(page, 'duplicates');

  await suspected.getByRole('button', { name: /^Merge/ }).click();
  const dialog = page.getByRole('dialog', { name: 'Merge two files' });
  await expect(dialog.getByRole('combobox', { name: 'File that stays' })).toContainText('KH-');
  const send = dialog.getByRole('button', { name: 'Send for approval' });
  await expect(send).toBeDisabled();
  await dialog.getByRole('combobox', { name: 'E-mail' }).click();
  await page.getByRole('option', { name: /^Take over: a\*+@example\.com$/ }).click();
  await field(dialog, 'Reason').fill(reason);
  await picture(page, 'merge');
  await send.click();
  await expect(notification(page)).toContainText('The merge was sent to the approvers.');

  const head = await as('wang.fang');
  await head.goto(governance('approvals'));
  const waiting = head.getByRole('article').filter({ hasText: reason });
  const email = waiting.getByRole('row').filter({ hasText: 'E-mail' });
  await expect(email.getByText('@example.com').last()).toHaveCSS('font-weight', '600');
  await waiting.getByRole('button', { name: /^Approve/ }).click();
  const approve = head.getByRole('dialog', { name: 'Approve this step' });
  await approve.getByRole('button', { name: 'Approve' }).click();
  await expect(waiting).toBeHidden();

  await page.goto(PAGE);
  await expect(page.getByText('Company names alike')).toBeVisible();
  await expect(suspected).toHaveCount(0);
  await page.getByRole('tab', { name: 'My merge requests' }).click();
  const merge = page.getByRole('article').filter({ hasText: reason });
  await expect(merge).toContainText('Merged');
  await merge.getByRole('link').click();
  await expect(field(page, 'E-mail')).toHaveValue(/^a\*+@example\.com$/);
  const gone = `/content-manager/collection-types/${CUSTOMER}/${AGAIN}`;
  expect((await ask(page, 'GET', gone)).status).toBe(404);
});

test('who finds that two files are of two customers keeps them off the list', async ({ as }) => {
  const page = await as('li.na', 'zh-Hans');
  await page.goto(PAGE);
  const pair = page.getByRole('article').filter({ hasText: '股份有限公司' });
  const title = (await pair.getByRole('heading', { level: 2 }).textContent()) ?? '';
  await picture(page, 'duplicates.zh');
  const named = page.getByRole('article', { name: title });
  await named
    .first()
    .getByRole('button', { name: `${title}：不同客户` })
    .click();
  await expect(named).toHaveCount(0);
});
