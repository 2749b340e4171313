import { demoCases } from '../../scripts/demo/seed';
import { ask, expect, governance, picture, test } from './support/panel';

const REASON = '客户要求变更开户行，需核对证件。';

test('who decides is told of a request, and the requester of what became of it', async ({ as }) => {
  const representative = await as('zhou.wei');
  const head = await as('zhao.min', 'zh-Hans');

  await test.step('a request is submitted', async () => {
    const { status } = await ask(representative, 'POST', '/customer-governance/access-requests', {
      type: 'plugin::customer-governance.customer',
      records: [demoCases.otherTeam],
      purpose: 'identity-verification',
      attributes: ['residentId'],
      termDays: 7,
      reason: REASON,
    });
    expect(status).toBe(201);
  });

  await test.step('the head sees on the menu that something waits, and is told what', async () => {
    await head.goto('/admin');
    await expect(head.locator('[data-badge="waiting"]')).toHaveText('1');
    await head.goto(governance('notifications'));
    const told = head.getByRole('article').filter({ hasText: '周伟' });
    await expect(told.first()).toContainText('待您审批。');
    await expect(head.getByRole('status', { name: '1 项待您审批' })).toHaveText('1');
    await picture(head, 'notifications.zh');
    await told.first().getByRole('link', { name: '审批' }).click();
    await expect(head.getByRole('heading', { level: 1 })).toHaveText('审批');
  });

  await test.step('what was decided waits no more', async () => {
    const request = head.getByRole('article').filter({ hasText: REASON });
    await request.getByRole('button', { name: /^驳回/ }).click();
    const dialog = head.getByRole('dialog');
    await dialog.getByRole('textbox').fill('请先与客户预约。');
    await dialog.getByRole('button', { name: '驳回' }).click();
    await expect(head.locator('[data-badge="waiting"]')).toBeHidden();
  });

  await test.step('the requester reads of it, by keyboard', async () => {
    await representative.goto(governance('notifications'));
    const told = representative.getByRole('article').filter({ hasText: 'Was rejected.' });
    await expect(told).toHaveCount(1);
    await told.getByRole('button', { name: /^Mark as read/ }).press('Enter');
    await expect(representative.getByText('Nothing new.')).toBeVisible();
    await representative.getByRole('tab', { name: 'All' }).click();
    await expect(told).toHaveCount(1);
    await expect(told.getByRole('button', { name: /^Mark as read/ })).toHaveCount(0);
  });
});
