import { demoCases } from '../../scripts/demo/seed';
import { entered } from './support/customers';
import { letAbsencesBegin } from './support/database';
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

const REASON = '客户来电更正合同，需核对证件。';

test('a deputy decides while the head is away, and the request names both', async ({ as }) => {
  const representative = await as('zhou.wei');
  const deputy = await as('wang.fang');
  const inbox = deputy.getByRole('article').filter({ hasText: REASON });

  await test.step('the representative asks, and is told who decides', async () => {
    await representative.goto(customerForm(entered(demoCases.otherTeam).documentId));
    await fieldButton(representative, 'Request access', 'Resident ID').click();
    const dialog = representative.getByRole('dialog', { name: 'Request access' });
    await choose(dialog, 'Purpose', 'Identity verification');
    await field(dialog, 'Reason').fill(REASON);
    await expect(dialog.getByText('1. Department head: 赵敏')).toBeVisible();
    await dialog.getByRole('button', { name: 'Send request' }).click();
    await expect(representative.getByText('The request was sent to the approvers.')).toBeVisible();
  });

  await test.step('as long as the head is at her desk, it is not for the deputy', async () => {
    await deputy.goto(governance('approvals'));
    await expect(deputy.getByRole('tab', { name: 'Decided' })).toBeVisible();
    await expect(inbox).toBeHidden();
  });

  const end = await letAbsencesBegin();
  try {
    await test.step('once she is away, the deputy decides in her place', async () => {
      await deputy.reload();
      await expect(inbox).toContainText('in the place of 赵敏');
      await expect(inbox).toContainText('赵敏 (away; 王芳 stands in)');
      await picture(deputy, 'deputy');
      await inbox.getByRole('button', { name: /^Approve/ }).click();
      const dialog = deputy.getByRole('dialog', { name: 'Approve this step' });
      await dialog.getByRole('button', { name: 'Approve' }).click();
      await expect(deputy.getByText('The step was approved.')).toBeVisible();
      await expect(inbox).toBeHidden();
    });
  } finally {
    await end();
  }

  await test.step('the representative sees who decided for whom, and takes the request back', async () => {
    await representative.goto(governance('requests'));
    const request = representative.getByRole('article').filter({ hasText: REASON });
    await expect(request).toContainText('王芳 in the place of 赵敏');
    await request.getByRole('button', { name: /^Withdraw/ }).click();
    await representative
      .getByRole('alertdialog')
      .getByRole('button', { name: /^Withdraw/ })
      .click();
    await expect(request).toContainText('Withdrawn');
  });
});
