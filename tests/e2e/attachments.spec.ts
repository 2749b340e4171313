import { readFileSync } from 'node:fs';
import type { Page } from '@playwright/test';
import { demoCases } from '../../scripts/demo/seed';
import { choose, customerForm, expect, field, notification, picture, test } from './support/panel';

const LETTER = Buffer.from('%PDF-1.4\n% 致客户函\n%%EOF\n');

const attachments = (page: Page) => page.getByRole('region', { name: 'Attachments' });
const itemOf = (page: Page, kind: string) =>
  attachments(page).getByRole('listitem').filter({ hasText: kind });

const openCustomer = async (page: Page, documentId: string): Promise<void> => {
  await page.goto(customerForm(documentId));
  await expect(attachments(page)).toBeVisible();
};

test('a representative uploads a file, and opens it again for a purpose', async ({ as }) => {
  const page = await as('li.na');
  await openCustomer(page, demoCases.sealed);
  await expect(itemOf(page, 'Identity document')).toContainText('Sealed.');
  await expect(
    itemOf(page, 'Identity document').getByRole('button', { name: /^Download/ })
  ).toHaveCount(0);

  await attachments(page).getByRole('button', { name: 'Upload file' }).click();
  const form = page.getByRole('dialog', { name: 'Upload a file' });
  await form.getByRole('button', { name: 'Upload file' }).click();
  await expect(form.getByText('Fill in this field.').first()).toBeVisible();
  await field(form, 'File').setInputFiles({
    name: '欧阳明月身份证.pdf',
    mimeType: 'application/pdf',
    buffer: LETTER,
  });
  await choose(form, 'Kind', 'Correspondence');
  await picture(page, 'attachment-upload');
  await form.getByRole('button', { name: 'Upload file' }).click();
  await expect(page.getByText('The file was uploaded.')).toBeVisible();
  const item = itemOf(page, 'Correspondence');
  await expect(item).toContainText(/_KH-00001_correspondence/);
  await expect(page.getByText('欧阳明月身份证')).toHaveCount(0);

  await item.getByRole('button', { name: /^Download/ }).click();
  const dialog = page.getByRole('dialog', { name: 'Download a file' });
  await choose(dialog, 'Purpose', 'Contract performance');
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    dialog.getByRole('button', { name: 'Download' }).click(),
  ]);
  expect(download.suggestedFilename()).toMatch(/^\d{4}-\d\d-\d\d_KH-00001_correspondence\.pdf$/);
  expect(readFileSync(await download.path()).equals(LETTER)).toBe(true);
  await expect(dialog).toBeHidden();
  await expect(notification(page)).toHaveCount(0);
  await attachments(page).scrollIntoViewIfNeeded();
  await picture(page, 'attachments');
});

test('what is no such file is refused in the server’s words, and stays in the form', async ({
  as,
}) => {
  const page = await as('li.na');
  await openCustomer(page, demoCases.sealed);
  await attachments(page).getByRole('button', { name: 'Upload file' }).click();
  const form = page.getByRole('dialog', { name: 'Upload a file' });
  await field(form, 'File').setInputFiles({
    name: 'contract.pdf',
    mimeType: 'application/pdf',
    buffer: Buffer.from('<script>alert(1)</script>'),
  });
  await choose(form, 'Kind', 'Contract');
  await form.getByRole('button', { name: 'Upload file' }).click();
  await expect(form.getByRole('alert')).toContainText('no type that is known');
  await page.keyboard.press('Escape');
  await expect(form).toBeHidden();
});

test('a head removes a file with a reason, and the list keeps what was', async ({ as }) => {
  const page = await as('wang.fang', 'zh-Hans');
  await page.goto(customerForm(demoCases.sealed));
  const section = page.getByRole('region', { name: '附件' });
  const item = section.getByRole('listitem').filter({ hasText: '往来函件' });
  await item.getByRole('button', { name: /^移除/ }).click();
  const dialog = page.getByRole('dialog', { name: '移除附件' });
  await field(dialog, '原因').fill('上传有误。');
  await picture(page, 'attachment-remove');
  await dialog.getByRole('button', { name: '移除' }).click();
  await expect(page.getByText('附件已移除。')).toBeVisible();
  await expect(item).toContainText('上传有误。');
  await expect(item.getByRole('button')).toHaveCount(0);
});
