import { readFileSync } from 'node:fs';
import type { Page } from '@playwright/test';
import { choose, expect, field, governance, picture, test } from './support/panel';

const LIST = [
  '姓名,手机号,所属行业,内部编号',
  '欧阳小雨,13955500001,农业,7',
  '欧阳小雪,+86 139-5550-0002,农业,8',
  '欧阳小雷,139,农业,9',
  '欧阳小霜,13955500004,,10',
].join('\r\n');

const upload = async (page: Page, content: Buffer): Promise<void> => {
  await page.goto(governance('imports'));
  await field(page, 'File').setInputFiles({
    name: '欧阳家族.csv',
    mimeType: 'text/csv',
    buffer: content,
  });
  await page.getByRole('button', { name: 'Upload and go on' }).click();
};

test('a list is uploaded, tried out, imported and taken back', async ({ as }) => {
  const page = await as('wu.ting');
  await upload(page, Buffer.from(LIST));
  await choose(page, 'Collection plan', 'exhibition-2026 Exhibition 2026');

  // Guessed by the headings, shown with masks.
  await expect(page.getByRole('combobox', { name: 'What the column 手机号 fills' })).toContainText(
    'Mobile'
  );
  await expect(page.getByText('139****0001')).toBeVisible();
  await expect(page.getByText('13955500001')).toHaveCount(0);
  await field(page, 'Source').fill('展会');
  await field(page, 'Collection method').fill('直接');
  await picture(page, 'import-columns');
  await page.getByRole('button', { name: 'Dry run' }).click();

  await expect(page.getByRole('button', { name: 'Import 2 customers' })).toBeVisible();
  await expect(page.getByRole('row', { name: /^4 Faulty Mobile:/ })).toBeVisible();
  await expect(page.getByRole('row', { name: /^5 Faulty Industry:/ })).toBeVisible();
  await expect(page.getByRole('row', { name: /^3 Good Mobile: brought into/ })).toBeVisible();
  await picture(page, 'import-checked');
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Download the report' }).click(),
  ]);
  expect(readFileSync(await download.path(), 'utf8')).toContain('4,faulty,Mobile,******,error,');

  await page.getByRole('button', { name: 'Import 2 customers' }).click();
  await expect(page.getByRole('button', { name: 'Undo the import' })).toBeVisible();
  await page.getByRole('button', { name: 'Undo the import' }).click();
  const dialog = page.getByRole('alertdialog', { name: 'Undo the import' });
  await dialog.getByRole('button', { name: 'Undo the import' }).click();
  await expect(page.getByText('Undone', { exact: true })).toBeVisible();
});

test('a file that is no table is refused in words', async ({ as }) => {
  const page = await as('wu.ting', 'zh-Hans');
  await page.goto(governance('imports'));
  await field(page, '文件').setInputFiles({
    name: 'x.xlsx',
    mimeType: 'application/octet-stream',
    buffer: Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0, 0, 0, 0]),
  });
  await page.getByRole('button', { name: '上传并继续' }).click();
  await expect(page.getByText(/旧版工作簿（\.xls）/)).toBeVisible();
});
