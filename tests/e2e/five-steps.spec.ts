import type { Page } from '@playwright/test';
import { demoCases } from '../../scripts/demo/seed';
import { entered } from './support/customers';
import { endGrantsOver, escalateLateSteps, letAbsencesBegin } from './support/database';
import {
  choose,
  customerForm,
  expect,
  field,
  fieldButton,
  governance,
  picture,
  test,
} from './support/panel';

const REASON = '合作方需按合同寄送样品，提供收件邮箱。';

test.describe('what is to leave the company', () => {
  test.afterEach(() => endGrantsOver(demoCases.otherTeam));

  test('goes through five steps and five logins, with a deputy and an escalation', async ({
    as,
  }) => {
    const customer = entered(demoCases.otherTeam);
    const representative = await as('zhou.wei');
    const waiting = (page: Page) => page.getByRole('article').filter({ hasText: REASON });
    const approved = async (page: Page): Promise<void> => {
      await page.goto(governance('approvals'));
      await waiting(page)
        .getByRole('button', { name: /^Approve/ })
        .click();
      const dialog = page.getByRole('dialog', { name: 'Approve this step' });
      await dialog.getByRole('button', { name: 'Approve' }).click();
      await expect(page.getByText('The step was approved.')).toBeVisible();
      await expect(waiting(page)).toBeHidden();
    };

    await test.step('the requester is told all five before anything is sent', async () => {
      await representative.goto(customerForm(customer.documentId));
      await fieldButton(representative, 'Request access', 'E-mail').click();
      const dialog = representative.getByRole('dialog', { name: 'Request access' });
      await choose(dialog, 'Purpose', 'Contract performance');
      await choose(dialog, 'Who gets the information', 'To be passed on to a third party');
      await field(dialog, 'Reason').fill(REASON);
      await expect(dialog.getByRole('listitem')).toHaveText([
        '1. Superior: 徐洁',
        '2. Department head: 赵敏',
        '3. Legal: 何云',
        '4. Leadership: 刘洋, 林峰',
        '5. Information department: 陈静, 孙磊',
      ]);
      await dialog.getByText(/^Decided by/).scrollIntoViewIfNeeded();
      await picture(representative, 'five-steps');
      await dialog.getByRole('button', { name: 'Send request' }).click();
      await expect(
        representative.getByText('The request was sent to the approvers.')
      ).toBeVisible();
    });

    await test.step('the superior approves', async () => approved(await as('xu.jie')));

    const back = await letAbsencesBegin();
    try {
      await test.step('the head is away, and her deputy approves', async () =>
        approved(await as('wang.fang')));
    } finally {
      await back();
    }

    const leader = await as('lin.feng');
    await test.step('legal lets it lie, and it comes before the next superior', async () => {
      await leader.goto(governance('approvals'));
      await expect(leader.getByRole('tab', { name: 'Decided' })).toBeVisible();
      await expect(waiting(leader)).toBeHidden();
      await escalateLateSteps('legal');
      await approved(leader);
    });

    await test.step('who decided one step is not asked for the next', async () => {
      await leader.reload();
      await expect(leader.getByRole('tab', { name: 'Decided' })).toBeVisible();
      await expect(waiting(leader)).toBeHidden();
      await approved(await as('liu.yang'));
    });

    await test.step('nothing is to be seen until the last step is decided', async () => {
      await representative.goto(customerForm(customer.documentId));
      await expect(fieldButton(representative, 'Request access', 'E-mail')).toBeVisible();
      await expect(fieldButton(representative, 'Reveal', 'E-mail')).toBeHidden();
      await approved(await as('chen.jing'));
    });

    await test.step('then the requester sees it, and who decided', async () => {
      await representative.reload();
      await fieldButton(representative, 'Reveal', 'E-mail').click();
      await expect(field(representative, 'E-mail')).not.toHaveValue(/\*/);
      await representative.goto(governance('requests'));
      const request = waiting(representative);
      for (const name of ['徐洁', '王芳 in the place of 赵敏', '林峰', '刘洋', '陈静']) {
        await expect(request).toContainText(name);
      }
      await expect(request).toContainText('Approved');
    });
  });
});
