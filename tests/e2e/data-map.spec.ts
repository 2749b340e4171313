import { expect, governance, picture, test } from './support/panel';

test('an auditor looks at what is held, narrows it to what is sensitive, and takes it as a file', async ({
  as,
}) => {
  const page = await as('sun.lei');
  await page.goto(governance('data-map'));
  const mobile = page.getByRole('row').filter({ hasText: 'Sealed: Mobile number' }).first();
  await expect(mobile).toContainText('Role Sales representative (own customers)');
  await picture(page, 'data-map');

  await page.getByRole('button', { name: /^Identity, Sensitive/ }).press('Enter');
  await expect(mobile).toBeHidden();
  await expect(
    page.getByRole('row').filter({ hasText: 'Sealed: Resident ID' }).first()
  ).toBeVisible();

  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Export CSV' }).click();
  expect((await download).suggestedFilename()).toBe('data-map.csv');
});

test('the data map speaks Chinese', async ({ as }) => {
  const page = await as('chen.jing', 'zh-Hans');
  await page.goto(governance('data-map'));
  await expect(page.getByRole('heading', { name: '数据地图', level: 1 })).toBeVisible();
  await expect(page.getByRole('row').filter({ hasText: '加密存储：手机号' }).first()).toContainText(
    '角色：Sales representative（仅本人客户）'
  );
  await picture(page, 'data-map.zh');
});
