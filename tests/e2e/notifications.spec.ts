import { demoCases } from '../../scripts/demo/seed';
import { ask, expect, governance, picture, test } from './support/panel';

const REASON = '客户要求变更开户行，需核对证件。';

test('who decides is told of a request as long as it waits', async ({ as }) => {
  const requests = '/customer-governance/access-requests';
  const representative = await as('zhou.wei');
  const head = await as('zhao.min', 'zh-Hans');
  let documentId = '';

  await test.step('a request is submitted', async () => {
    const { status, body } = await ask(representative, 'POST', requests, {
      type: 'plugin::customer-governance.customer',
      records: [demoCases.otherTeam],
      purpose: 'identity-verification',
      attributes: ['residentId'],
      termDays: 7,
      reason: REASON,
    });
    expect(status).toBe(201);
    ({ documentId } = body as { documentId: string });
  });

  await test.step('the head sees on the menu that something waits, and is told what', async () => {
    await head.goto('/admin');
    await expect(head.locator('[data-badge="waiting"]')).toHaveText('1');
    await head.goto(governance('notifications'));
    const told = head.getByRole('article').filter({ hasText: '周伟' }).first();
    await expect(told).toContainText('待您审批。');
    await expect(head.getByRole('status', { name: '1 项待您审批' })).toHaveText('1');
    await picture(head, 'notifications.zh');
    await told.getByRole('link', { name: '审批' }).click();
    await expect(head.getByRole('heading', { level: 1 })).toHaveText('审批');
    await expect(head.getByRole('article').filter({ hasText: REASON })).toBeVisible();
  });

  await test.step('what was taken back waits no more', async () => {
    const { status } = await ask(representative, 'POST', `${requests}/${documentId}/withdraw`, {});
    expect(status).toBe(200);
    await head.goto(governance('notifications'));
    // What is left is not of the request.
    await expect(head.getByRole('article')).toContainText(['您的客户有关键信息待核实。']);
    await expect(head.getByRole('article').filter({ hasText: '周伟' })).toHaveCount(0);
    await expect(head.locator('[data-badge="waiting"]')).toBeHidden();
  });
});

test('the requester reads what became of a request, by keyboard', async ({ as }) => {
  const page = await as('li.na');
  await page.goto(governance('notifications'));
  // Of the demo's request that was approved, and of whatever other walks had decided before.
  const told = page.getByRole('article').filter({ hasText: 'Was approved.' });
  const unread = page.getByRole('article').getByRole('button', { name: /^Mark as read/ });
  await expect(told.first()).toBeVisible();
  for (let left = await unread.count(); left > 0; left -= 1) {
    await unread.first().press('Enter');
    await expect(unread).toHaveCount(left - 1);
  }
  await expect(page.getByText('Nothing new.')).toBeVisible();
  await page.getByRole('tab', { name: 'All' }).click();
  await expect(told.first()).toBeVisible();
  await expect(unread).toHaveCount(0);
});
