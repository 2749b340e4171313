import { documentIdOf } from '../../scripts/demo/random';
import { customerForm, expect, notification, picture, test } from './support/panel';

const FILING = '/admin/plugins/customer-governance/filing';

test('a new customer is submitted, returned with reasons, submitted again and filed', async ({
  as,
}) => {
  const title = '上海示例精密仪器有限公司 · 方**';
  const reviewer = await as('wang.fang');
  await reviewer.goto(FILING);
  const card = reviewer.getByRole('article', { name: title });
  await expect(card).toContainText('吴婷');
  await expect(card).toContainText('KH-#####');
  await picture(reviewer, 'filing');

  await card.getByRole('button', { name: `Review ${title}` }).click();
  const dialog = reviewer.getByRole('dialog');
  await expect(dialog).toContainText('Required');
  // Nothing is answered for the reviewer.
  await dialog.getByRole('button', { name: 'File', exact: true }).click();
  await expect(dialog.getByText('Answer this item.').first()).toBeVisible();
  const items = dialog.getByRole('radiogroup');
  await expect(items).toHaveCount(3);
  for (const item of await items.all()) await item.getByRole('radio', { name: 'Yes' }).click();
  await items.first().getByRole('radio', { name: 'No' }).click();
  await dialog.getByRole('button', { name: 'File', exact: true }).click();
  await expect(dialog).toContainText('return the customer instead of filing it');
  await dialog.getByLabel('What is to be corrected').fill('请补充办公地址');
  await picture(reviewer, 'filing-review');
  await dialog.getByRole('button', { name: 'Return' }).click();
  await expect(notification(reviewer)).toContainText('The customer was returned.');
  await expect(card).toBeHidden();

  const enterer = await as('wu.ting');
  await enterer.goto(customerForm(documentIdOf('unfiled', 'review-1')));
  const panel = enterer.getByRole('region', { name: 'Filing' });
  await expect(panel).toContainText('Returned by 王芳');
  await expect(panel).toContainText('请补充办公地址');
  await panel.getByRole('button', { name: 'Submit for review' }).click();
  await expect(panel).toContainText('In review');

  await reviewer.goto(FILING);
  await card.getByRole('button', { name: `Review ${title}` }).click();
  await expect(dialog).toContainText('Returned before');
  for (const item of await items.all()) await item.getByRole('radio', { name: 'Yes' }).click();
  await dialog.getByRole('button', { name: 'File', exact: true }).click();
  await expect(notification(reviewer)).toContainText(/Filed under KH-\d{5}\./);

  await enterer.reload();
  await expect(panel).toContainText(/KH-\d{5}/);
  await expect(panel).toContainText('Filed');
});

test('several are filed at once, by the keyboard and in Chinese', async ({ as }) => {
  const page = await as('chen.jing', 'zh-Hans');
  await page.goto(FILING);
  const titles = ['苏州示例新材料有限公司 · 钱**', '慕容**'];
  for (const title of titles) {
    const box = page.getByRole('checkbox', { name: `选择“${title}”` });
    await box.focus();
    await page.keyboard.press('Space');
    await expect(box).toBeChecked();
  }
  await page.getByRole('button', { name: '审核所选' }).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog).toContainText('一并审核 2 位客户');
  for (const item of await dialog.getByRole('radiogroup').all()) {
    await item.getByRole('radio', { name: '是' }).focus();
    await page.keyboard.press('Space');
  }
  await dialog.getByRole('button', { name: '建档', exact: true }).click();
  await expect(notification(page)).toContainText('已建档 2 位客户');
  for (const title of titles) await expect(page.getByRole('article', { name: title })).toBeHidden();
});

test('whoever owns unfiled customers sees what became of them', async ({ as }) => {
  const page = await as('li.na');
  await page.goto(FILING);
  const returned = page.getByRole('article', { name: '杭州示例物流有限公司' });
  await expect(returned).toContainText('Returned by 王芳');
  await expect(returned).toContainText('统一社会信用代码');
  const entered = page.getByRole('article', { name: '公孙' });
  await entered.getByRole('button', { name: /Submit .* for review/ }).click();
  await expect(entered).toContainText('In review');
});
