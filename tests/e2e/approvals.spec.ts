import type { Page } from '@playwright/test';
import { demoCases } from '../../scripts/demo/seed';
import { entered } from './support/customers';
import { endGrantsOver } from './support/database';
import {
  ask,
  choose,
  customerList,
  expect,
  field,
  governance,
  notification,
  picture,
  test,
} from './support/panel';

const CUSTOMER = 'plugin::customer-governance.customer';
const REASONS = ['复核客户身份档案。', '补充客户生日礼遇名单。'];

const article = (page: Page, text: string) => page.getByRole('article').filter({ hasText: text });

/** What 李娜 asks for without the panel: the form has a test of its own. */
const submit = async (page: Page, reason: string, records: string[]): Promise<string> => {
  const { status, body } = await ask(page, 'POST', '/customer-governance/access-requests', {
    type: CUSTOMER,
    records,
    purpose: 'identity-verification',
    attributes: ['residentId', 'name'],
    termDays: 7,
    reason,
  });
  expect(status).toBe(201);
  return (body as { documentId: string }).documentId;
};

test.describe.serial('requests in the inbox', () => {
  let first = '';
  let second = '';

  // The grant that is given here must not open anything for the walks that follow.
  test.afterAll(() => endGrantsOver(demoCases.keyCustomer));

  test('an approver reads in plain words what is asked, in both languages', async ({ as }) => {
    const representative = await as('li.na');
    first = await submit(representative, REASONS[0], [
      demoCases.unconsented,
      demoCases.keyCustomer,
    ]);
    second = await submit(representative, REASONS[1], [demoCases.unconsented]);

    const head = await as('wang.fang');
    await head.goto(governance('approvals'));
    const request = article(head, '复核客户身份档案');
    await expect(request).toContainText(
      /李娜 \(.+\) wants to see 2 attributes \(Resident ID Sensitive, Name\) of 2 customers for 7 days/
    );
    await expect(request).toContainText('“Identity verification”, because: 复核客户身份档案。');
    await expect(request).toContainText('Key customer among them');

    const chinese = await as('wang.fang', 'zh-Hans');
    await chinese.goto(governance('approvals'));
    await expect(article(chinese, '复核客户身份档案')).toContainText(
      /李娜（.+）申请在 7 天内查看 2 位客户的 2 项字段（身份证号 敏感、姓名），用于“身份核验”，理由：复核客户身份档案。/
    );
    await expect(article(chinese, '复核客户身份档案')).toContainText('含重点客户');
  });

  test('the inbox is narrowed by filters that the address keeps', async ({ as }) => {
    const head = await as('wang.fang');
    await head.goto(governance('approvals'));
    const filters = head.getByRole('search', { name: 'Filters of the inbox' });
    await expect(article(head, REASONS[0].slice(0, 6))).toBeVisible();

    await filters.getByRole('checkbox', { name: 'Overdue' }).check();
    await expect(head.getByText('Nothing here matches the filters.')).toBeVisible();
    await filters.getByRole('button', { name: 'Clear filters' }).click();
    await expect(article(head, REASONS[0].slice(0, 6))).toBeVisible();

    await choose(filters, 'Kind of request', 'Destruction');
    await expect(head.getByText('Nothing here matches the filters.')).toBeVisible();
    await choose(filters, 'Kind of request', 'Use');
    await field(filters, "Requester's name").fill('李');
    await field(filters, "Requester's name").press('Enter');
    await expect(head).toHaveURL(/kind=use&requester=/);
    await head.reload();
    await expect(field(filters, "Requester's name")).toHaveValue('李');
    await expect(article(head, REASONS[0].slice(0, 6))).toBeVisible();
    await field(filters, "Requester's name").fill('赵敏');
    await field(filters, "Requester's name").press('Enter');
    await expect(head.getByText('Nothing here matches the filters.')).toBeVisible();
  });

  test('several requests are approved together, and what cannot be is told', async ({ as }) => {
    const head = await as('wang.fang');
    await head.goto(governance('approvals'));
    for (const reason of REASONS) {
      await article(head, reason.slice(0, 6))
        .getByRole('checkbox', { name: /^Choose: Use request of 李娜/ })
        .check();
    }
    const several = head.getByRole('group', { name: 'Decide several together' });
    await expect(several).toContainText('2 chosen');

    await test.step('one of them is withdrawn meanwhile', async () => {
      const representative = await as('li.na');
      await ask(representative, 'POST', `/customer-governance/access-requests/${second}/withdraw`);
    });

    await several.getByRole('button', { name: 'Approve chosen' }).click();
    const dialog = head.getByRole('dialog', { name: 'Approve 2 steps' });
    await field(dialog, 'Comment').fill('已核对，同意。');
    await dialog.getByRole('button', { name: 'Approve' }).click();
    const outcome = head.getByRole('dialog', { name: 'Not everything could be decided' });
    await expect(outcome).toContainText('One approved, 1 not:');
    await expect(outcome).toContainText('it was decided or withdrawn meanwhile');
    await outcome.getByRole('button', { name: 'Close' }).last().click();
    await expect(article(head, REASONS[0].slice(0, 6))).toBeHidden();
    await expect(article(head, REASONS[1].slice(0, 6))).toBeHidden();
  });

  test('nothing is rejected without a reason', async ({ as }) => {
    const head = await as('wang.fang');
    const representative = await as('li.na');
    await submit(representative, '重复申请甲', [demoCases.unconsented]);
    await submit(representative, '重复申请乙', [demoCases.keyCustomer]);
    await head.goto(governance('approvals?requester=李娜'));
    for (const reason of ['重复申请甲', '重复申请乙']) {
      await article(head, reason).getByRole('checkbox').check();
    }
    await head.getByRole('button', { name: 'Reject chosen' }).click();
    const dialog = head.getByRole('dialog', { name: 'Reject 2 requests' });
    await dialog.getByRole('button', { name: 'Reject' }).click();
    await expect(dialog).toContainText('Fill in this field.');
    await field(dialog, 'Comment').fill('与已有申请重复。');
    await dialog.getByRole('button', { name: 'Reject' }).click();
    await expect(notification(head)).toContainText('2 requests were rejected.');
    await expect(article(head, '重复申请甲')).toBeHidden();
  });

  test('a request has a page with its whole life, from submission to its end', async ({ as }) => {
    const representative = await as('li.na');
    const leadership = await as('liu.yang');
    await leadership.goto(governance('approvals'));
    const waiting = article(leadership, '复核客户身份档案');
    await waiting.getByRole('link', { name: /^Details/ }).click();
    await expect(leadership).toHaveURL(new RegExp(`requests/${first}$`));
    const seen = leadership.getByRole('list', { name: 'Timeline' });
    await expect(seen.getByRole('listitem').first()).toContainText('Submitted');
    await expect(seen).toContainText('已核对，同意。');
    await leadership.goBack();
    await waiting.getByRole('button', { name: /^Approve/ }).click();
    const dialog = leadership.getByRole('dialog', { name: 'Approve this step' });
    await dialog.getByRole('button', { name: 'Approve' }).click();
    await expect(waiting).toBeHidden();

    await representative.goto(governance(`requests/${first}`));
    const timeline = representative.getByRole('list', { name: 'Timeline' });
    await expect(timeline.getByRole('listitem')).toHaveText([
      /^Submitted.*李娜/,
      /^Department head.*Approved.*王芳.*已核对，同意。/,
      /^Leadership.*Approved.*刘洋/,
      /^Access granted/,
      /^The grant ends by itself/,
    ]);
    await expect(representative.getByText(/^You want to see 2 attributes/)).toBeVisible();
    await picture(representative, 'request-timeline');

    const stranger = await as('zhou.wei');
    await stranger.goto(governance(`requests/${first}`));
    await expect(stranger.getByText('There is no such request for you to see.')).toBeVisible();
  });

  test('the holder of a grant sees the time that is left and asks for the same again', async ({
    as,
  }) => {
    const page = await as('li.na', 'zh-Hans');
    await page.goto(governance('requests?tab=grants'));
    const grant = article(page, entered(demoCases.keyCustomer).name.slice(0, 1)).first();
    await expect(grant).toContainText(/还剩 (7 天|6 天 23 小时)/);
    await expect(grant.getByRole('progressbar')).toBeVisible();
    await grant.getByRole('button', { name: /^续期/ }).click();
    const dialog = page.getByRole('dialog', { name: '申请续期' });
    await expect(dialog.getByRole('checkbox', { name: '身份证号' })).toBeChecked();
    await expect(dialog.getByRole('checkbox', { name: '姓名', exact: true })).toBeChecked();
    await expect(field(dialog, '使用期限（天）')).toHaveValue('7');
    await expect(field(dialog, '申请理由')).toHaveValue(REASONS[0]);
    await expect(dialog).toContainText('涉及 2 条记录');
    await page.keyboard.press('Escape');
    await expect(dialog).toBeHidden();
    await expect(grant.getByRole('button', { name: /^续期/ })).toBeFocused();
  });

  test('a request is returned for change, changed, and decided from the beginning', async ({
    as,
  }) => {
    const representative = await as('li.na');
    const head = await as('wang.fang');
    const id = await submit(representative, '核对证件有效期', [demoCases.unconsented]);
    await head.goto(governance('approvals'));
    const request = article(head, '核对证件有效期');
    await request.getByRole('button', { name: /^Return for change/ }).click();
    const dialog = head.getByRole('dialog', { name: 'Return this request for change' });
    await dialog.getByRole('button', { name: 'Return for change' }).click();
    await expect(dialog).toContainText('Fill in this field.');
    await field(dialog, 'Comment').fill('三天足够。');
    await dialog.getByRole('button', { name: 'Return for change' }).click();
    await expect(notification(head)).toContainText('The request was returned for change.');
    await expect(request).toBeHidden();

    await representative.goto(governance('requests'));
    const returned = article(representative, '核对证件有效期');
    await expect(returned).toContainText('Returned');
    await returned.getByRole('button', { name: /^Change request/ }).click();
    const form = representative.getByRole('dialog', { name: 'Change the request' });
    await field(form, 'Term in days').fill('3');
    await expect(form.getByText(/^Decided by/)).toBeVisible();
    await form.getByRole('button', { name: 'Send request' }).click();
    await expect(returned).toContainText('for 3 days');

    await representative.goto(governance(`requests/${id}`));
    const timeline = representative.getByRole('list', { name: 'Timeline' });
    await expect(timeline.getByRole('listitem')).toHaveText([
      /^Submitted/,
      /^Department head.*Returned.*王芳.*三天足够。/,
      /^Changed and submitted anew/,
      /^Department head.*Pending/,
      /^Leadership.*Waiting/,
    ]);
    await ask(representative, 'POST', `/customer-governance/access-requests/${id}/withdraw`);
  });

  test('a request is begun from the list, with the attributes by their sensitivity', async ({
    as,
  }) => {
    const page = await as('li.na');
    await page.goto(customerList(entered(demoCases.sealed).filingNumber));
    await page.getByRole('row').nth(1).getByRole('checkbox').check();
    await page.getByRole('button', { name: 'Request access' }).click();
    const dialog = page.getByRole('dialog', { name: 'Request access' });
    await expect(dialog).toContainText('For one record');
    const sensitive = dialog.getByRole('group', { name: 'Sensitive' });
    await expect(sensitive.getByRole('checkbox', { name: 'Resident ID' })).toBeVisible();
    await expect(sensitive.getByRole('checkbox', { name: 'Mobile' })).toHaveCount(0);
  });
});
