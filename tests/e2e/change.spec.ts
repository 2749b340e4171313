import { demoCases } from '../../scripts/demo/seed';
import { entered } from './support/customers';
import {
  choose,
  customerForm,
  expect,
  field,
  fieldButton,
  governance,
  notification,
  picture,
  test,
} from './support/panel';

const REASON = '客户来电更换联系电话，已回拨原号码核实。';
const NEW = '13900001234';
const NEW_MASK = '139****1234';
const renamed = entered(demoCases.renamed);

test('a controlled attribute is changed by the approval of somebody else', async ({ as }) => {
  const representative = await as('li.na');
  const changes = representative.getByRole('region', { name: 'Controlled changes' });

  await test.step('the form shows it, and offers to propose another value', async () => {
    await representative.goto(customerForm(renamed.documentId));
    await expect(changes).toContainText('Waits for approval');
    await expect(changes).toContainText('上海瀛洲供应链管理有限公司');
    await expect(field(representative, 'Mobile')).toHaveValue(renamed.mobile);
    await expect(field(representative, 'Mobile')).not.toBeEditable();
    await expect(fieldButton(representative, 'Replace', 'Mobile')).toBeHidden();
  });

  await test.step('she proposes it with her reason, and is told who decides', async () => {
    await fieldButton(representative, 'Propose change', 'Mobile').click();
    const dialog = representative.getByRole('dialog', { name: 'Propose change' });
    await expect(dialog.getByRole('combobox', { name: /^Attribute/ })).toHaveText('Mobile');
    await field(dialog, 'New value').fill('123');
    await field(dialog, 'Reason').fill(REASON);
    await expect(dialog.getByText('1. Department head: 王芳')).toBeVisible();
    await dialog.getByRole('button', { name: 'Send for approval' }).click();
    await expect(dialog.getByRole('alert')).toContainText('mobile: Expected a mobile number');
    await field(dialog, 'New value').fill(NEW);
    await picture(representative, 'propose-change');
    await dialog.getByRole('button', { name: 'Send for approval' }).click();
    await expect(representative.getByText('The change was sent to the approvers.')).toBeVisible();
    await expect(changes).toContainText(NEW_MASK);
    await expect(field(representative, 'Mobile')).toHaveValue(renamed.mobile);
  });

  await test.step('what the form itself would change of it is refused, and stays typed', async () => {
    await field(representative, 'Company name').fill('别的名字有限公司');
    await representative.getByRole('button', { name: 'Save', exact: true }).click();
    await expect(
      notification(representative).filter({ hasText: 'companyName: is controlled' })
    ).toBeVisible();
    await expect(field(representative, 'Company name')).toHaveValue('别的名字有限公司');
  });

  await test.step('her head sees both masks side by side and approves', async () => {
    const head = await as('wang.fang');
    await head.goto(governance('approvals'));
    const request = head.getByRole('article').filter({ hasText: REASON });
    await expect(request.getByRole('list', { name: 'Change' })).toContainText(NEW_MASK);
    await expect(request).not.toContainText(NEW);
    await picture(head, 'approve-change');
    await request.getByRole('button', { name: /^Approve/ }).click();
    const dialog = head.getByRole('dialog', { name: 'Approve this step' });
    await dialog.getByRole('button', { name: 'Approve' }).click();
    await expect(head.getByText('The step was approved.')).toBeVisible();
  });

  await test.step('now it is changed, and the history says by whom and why', async () => {
    await representative.goto(customerForm(renamed.documentId));
    await expect(field(representative, 'Mobile')).toHaveValue(NEW);
    await changes.getByRole('button', { name: 'History of changes' }).click();
    const history = representative.getByRole('dialog', { name: 'History of changes' });
    const entry = history.getByRole('listitem').filter({ hasText: REASON });
    await expect(entry).toContainText('Applied');
    await expect(entry).toContainText(NEW_MASK);
    await expect(entry).toContainText('李娜');
    await expect(entry).toContainText('王芳');
    await history.getByRole('button', { name: 'Close' }).last().click();
  });
});

test('a proposed change is taken back by whoever proposed it', async ({ as }) => {
  const page = await as('li.na');
  await page.goto(customerForm(demoCases.granted));
  const changes = page.getByRole('region', { name: 'Controlled changes' });
  await changes.getByRole('button', { name: 'Propose change' }).click();
  const dialog = page.getByRole('dialog', { name: 'Propose change' });
  await choose(dialog, 'Attribute', 'Mobile');
  await field(dialog, 'New value').fill('13900005678');
  await field(dialog, 'Reason').fill('误录，待撤回。');
  await dialog.getByRole('button', { name: 'Send for approval' }).click();
  await expect(changes).toContainText('139****5678');

  await page.goto(governance('requests?tab=changes'));
  const request = page.getByRole('article').filter({ hasText: '误录，待撤回。' });
  await request.getByRole('button', { name: 'Withdraw change: Mobile' }).click();
  await page
    .getByRole('alertdialog')
    .getByRole('button', { name: /^Withdraw/ })
    .click();
  await expect(request).toContainText('Withdrawn');
});
