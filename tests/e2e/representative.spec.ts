import type { Page } from '@playwright/test';
import { demoCases } from '../../scripts/demo/seed';
import { entered } from './support/customers';
import { endGrantsOver } from './support/database';
import {
  choose,
  customerForm,
  customerList,
  expect,
  field,
  fieldButton,
  governance,
  picture,
  test,
} from './support/panel';

const sealed = entered(demoCases.sealed);
const granted = entered(demoCases.granted);
const otherTeam = entered(demoCases.otherTeam);
const stopped = entered(demoCases.stopped);

const REASON = '签署合同前核对客户身份证件。';

/** 330******0005 of 330106198703120005. */
const maskOf = (residentId: string): string =>
  `${residentId.slice(0, 3)}******${residentId.slice(-4)}`;

const openCustomer = async (page: Page, documentId: string): Promise<void> => {
  await page.goto(customerForm(documentId));
  await expect(page.getByText('No grant for this record.').or(grantsOf(page))).toBeVisible();
};

const grantsOf = (page: Page) =>
  page.getByRole('region', { name: 'Grants' }).getByRole('listitem').first();

const requestOf = (page: Page, reason: string) =>
  page.getByRole('article').filter({ hasText: reason });

const approve = async (page: Page, reason: string, comment: string): Promise<void> => {
  const request = requestOf(page, reason);
  await request.getByRole('button', { name: /^Approve/ }).click();
  const dialog = page.getByRole('dialog', { name: 'Approve this step' });
  await field(dialog, 'Comment').fill(comment);
  await dialog.getByRole('button', { name: 'Approve' }).click();
  await expect(page.getByText('The step was approved.')).toBeVisible();
  await expect(request).toBeHidden();
};

test('a representative sees her own customers with name and mobile in clear', async ({ as }) => {
  const page = await as('li.na');
  await page.goto(customerList());
  const row = page.getByRole('row').filter({ hasText: sealed.filingNumber });
  await expect(row).toContainText(sealed.name);
  await expect(row).toContainText(sealed.mobile);
  await picture(page, 'customer-list');

  await openCustomer(page, sealed.documentId);
  await expect(field(page, 'Name')).toHaveValue(sealed.name);
  await expect(field(page, 'Mobile')).toHaveValue(sealed.mobile);
});

test('a customer of another team is neither in her list nor at its own address', async ({ as }) => {
  const page = await as('li.na');
  await page.goto(customerList(otherTeam.filingNumber));
  await expect(page.getByText('0 entries found')).toBeVisible();
  await expect(page.getByText(otherTeam.filingNumber)).toBeHidden();

  await page.goto(customerForm(otherTeam.documentId));
  await expect(page.getByText('Something went wrong')).toBeVisible();
  await expect(page.getByText(otherTeam.name)).toBeHidden();
});

test('a customer who took every consent back is masked for its own representative too', async ({
  as,
}) => {
  const page = await as('li.na');
  await page.goto(customerList(stopped.filingNumber));
  const row = page.getByRole('row').filter({ hasText: stopped.filingNumber });
  await expect(row).toContainText('*');
  await expect(row).not.toContainText(stopped.name);
  await expect(row).not.toContainText(stopped.mobile);
});

test('a resident ID is asked for, approved by two people, revealed, and withdrawn by revoking', async ({
  as,
}) => {
  const representative = await as('li.na');
  await openCustomer(representative, sealed.documentId);
  await expect(field(representative, 'Resident ID')).toHaveValue(maskOf(sealed.residentId));
  await expect(fieldButton(representative, 'Reveal', 'Resident ID')).toBeHidden();
  await picture(representative, 'customer-form');

  await test.step('she asks for access', async () => {
    await fieldButton(representative, 'Request access', 'Resident ID').click();
    const dialog = representative.getByRole('dialog', { name: 'Request access' });
    await choose(dialog, 'Purpose', 'Identity verification');
    await expect(dialog.getByRole('checkbox', { name: 'Resident ID' })).toBeChecked();
    await expect(dialog.getByRole('checkbox', { name: 'E-mail' })).toBeDisabled();
    await field(dialog, 'Term in days').fill('7');
    await field(dialog, 'Reason').fill(REASON);
    // Who decides is known before anything is sent.
    await expect(dialog.getByRole('listitem')).toHaveText([
      '1. Department head: 王芳',
      '2. Leadership: 刘洋, 林峰',
    ]);
    await expect(dialog.getByText(/^Decided by .+ at the latest/)).toBeVisible();
    await dialog.getByText(/^Decided by/).scrollIntoViewIfNeeded();
    await picture(representative, 'request-access');
    await dialog.getByRole('button', { name: 'Send request' }).click();
    await expect(representative.getByText('The request was sent to the approvers.')).toBeVisible();
    await expect(
      representative.getByRole('link', { name: 'Your request for this record is pending' })
    ).toBeVisible();
  });

  await test.step('the department head approves, and it still does not open', async () => {
    const head = await as('wang.fang');
    await head.goto(governance('approvals'));
    await expect(requestOf(head, REASON)).toContainText('Resident ID');
    await picture(head, 'approvals');
    await approve(head, REASON, '同意，仅用于本次签约。');
    await representative.reload();
    await expect(field(representative, 'Resident ID')).toHaveValue(maskOf(sealed.residentId));
    await expect(fieldButton(representative, 'Reveal', 'Resident ID')).toBeHidden();
  });

  await test.step('leadership approves', async () => {
    const leadership = await as('liu.yang');
    await leadership.goto(governance('approvals'));
    await approve(leadership, REASON, '同意。');
  });

  await test.step('she reveals it for the purpose, and sees until when', async () => {
    await representative.reload();
    await expect(representative.getByText(/^You have access until /)).toBeVisible();
    const [request] = await Promise.all([
      representative.waitForRequest(/\/customer-governance\/reveal$/),
      fieldButton(representative, 'Reveal', 'Resident ID').click(),
    ]);
    expect(request.postDataJSON()).toMatchObject({
      attributes: ['residentId'],
      purpose: 'identity-verification',
    });
    await expect(field(representative, 'Resident ID')).toHaveValue(sealed.residentId);
    await expect(
      representative.getByText(/^Visible until .+ Your access ends on .+\.$/)
    ).toBeVisible();
    await field(representative, 'Resident ID').scrollIntoViewIfNeeded();
    await picture(representative, 'revealed');
    await fieldButton(representative, 'Hide', 'Resident ID').click();
    await expect(field(representative, 'Resident ID')).toHaveValue(maskOf(sealed.residentId));
  });

  await test.step('the head revokes', async () => {
    const head = await as('wang.fang');
    await head.goto(governance('requests?tab=all-grants'));
    const grant = head.getByRole('article').filter({ hasText: 'Active' }).first();
    await grant.getByRole('button', { name: 'Revoke grant: 李娜' }).click();
    const dialog = head.getByRole('dialog');
    await field(dialog, 'Reason').fill('签约已经完成。');
    await dialog.getByRole('button', { name: 'Revoke' }).click();
    await expect(head.getByText('The grant was revoked.')).toBeVisible();
  });

  await test.step('in the form that is still open, it does not open any more', async () => {
    await fieldButton(representative, 'Reveal', 'Resident ID').click();
    await expect(representative.getByText(/You have no right to see residentId/)).toBeVisible();
    await expect(field(representative, 'Resident ID')).toHaveValue(maskOf(sealed.residentId));
    await expect(fieldButton(representative, 'Reveal', 'Resident ID')).toBeHidden();
    await expect(fieldButton(representative, 'Request access', 'Resident ID')).toBeVisible();
  });
});

test('a grant opens an attribute until its term is over, and not a moment longer', async ({
  as,
}) => {
  const page = await as('li.na');
  await openCustomer(page, granted.documentId);
  await expect(field(page, 'Resident ID')).toHaveValue(maskOf(granted.residentId));
  await fieldButton(page, 'Reveal', 'Resident ID').click();
  await expect(field(page, 'Resident ID')).toHaveValue(granted.residentId);
  await fieldButton(page, 'Hide', 'Resident ID').click();

  expect(await endGrantsOver(granted.documentId)).toBe(1);

  await fieldButton(page, 'Reveal', 'Resident ID').click();
  await expect(page.getByText(/You have no right to see residentId/)).toBeVisible();
  await page.reload();
  await expect(fieldButton(page, 'Request access', 'Resident ID')).toBeVisible();
  await expect(fieldButton(page, 'Reveal', 'Resident ID')).toBeHidden();
  await expect(field(page, 'Resident ID')).toHaveValue(maskOf(granted.residentId));
});
