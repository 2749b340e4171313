import { expect, field, governance, test } from './support/panel';

/** Of the demo's request that was approved. */
const REASON = '签约前需要核对客户身份证件';
const NOTE = '核对后已归还证件复印件。';

test('the requester notes what was used for what, and who approved reads it', async ({ as }) => {
  const requester = await as('li.na');
  const head = await as('wang.fang');
  const requestOf = (page: typeof head) => page.getByRole('article').filter({ hasText: REASON });

  await test.step('a note is added', async () => {
    await requester.goto(governance('requests'));
    const request = requestOf(requester);
    await request.getByRole('button', { name: 'Add a note' }).click();
    const dialog = requester.getByRole('dialog', { name: 'What was it used for?' });
    await dialog.getByRole('button', { name: 'Add a note' }).click();
    await expect(dialog).toContainText('Fill in this field.');
    await field(dialog, 'Note').fill(NOTE);
    await dialog.getByRole('button', { name: 'Add a note' }).click();
    await expect(requester.getByText('The note was added.')).toBeVisible();
    await expect(request.getByRole('list', { name: 'Use' })).toContainText(`李娜 noted: “${NOTE}”`);
  });

  await test.step('who decided sees it, and cannot add one', async () => {
    await head.goto(governance('approvals?tab=decided'));
    const request = requestOf(head);
    const button = request.getByRole('button', { name: 'Show the use' });
    await button.press('Enter');
    await expect(request.getByRole('list', { name: 'Use' })).toContainText(NOTE);
    await expect(request.getByRole('button', { name: 'Hide the use' })).toHaveAttribute(
      'aria-expanded',
      'true'
    );
    await expect(request.getByRole('button', { name: 'Add a note' })).toHaveCount(0);
  });
});
