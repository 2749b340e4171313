import { createServer } from 'node:http';
import { expect, governance, picture, test } from './support/panel';

/** The company's own website, of which the server knows nothing but that the form names its origin. */
const PORT = 4173;

test('a web form is embedded into a page, and a visitor enters through it', async ({
  as,
  context,
}) => {
  const panel = await as('chen.jing');
  await panel.goto(governance('collection?tab=web-forms'));
  const card = panel.getByRole('article', { name: 'Website enquiries' });
  await expect(card).toContainText('https://www.example.com');
  await picture(panel, 'web-forms');
  await card.getByRole('button', { name: 'Embed “Website enquiries”' }).press('Enter');
  const dialog = panel.getByRole('dialog');
  await dialog.getByRole('combobox', { name: 'Language of the page' }).click();
  await panel.getByRole('option', { name: 'English' }).click();
  const snippet = await dialog.getByRole('textbox', { name: 'HTML of the form' }).inputValue();
  await dialog.getByRole('button', { name: 'Close' }).last().click();

  const website = createServer((_request, answer) => {
    answer.setHeader('Content-Type', 'text/html; charset=utf-8');
    answer.end(`<!doctype html><title>Enquiries</title>${snippet}`);
  });
  await new Promise<void>((resolve) => website.listen(PORT, '127.0.0.1', resolve));
  try {
    const page = await context.newPage();
    await page.goto(`http://localhost:${PORT}/`);
    await expect(page.locator('form')).toContainText('To answer what you ask on the website.');
    await page.getByLabel('Name', { exact: true }).fill('访客甲');
    await page.getByLabel('Mobile').fill('12345');
    await page.getByLabel('Industry').fill('Trade');
    await page.getByLabel('Customer service').check();
    await page.getByRole('button', { name: 'Send' }).click();
    await expect(page.locator('output')).toContainText('mobile: Expected a mobile number');
    await page.getByLabel('Mobile').fill('13900139000');
    await page.getByRole('button', { name: 'Send' }).click();
    await expect(page.locator('form')).toContainText('Your receipt:');

    const elsewhere = await context.newPage();
    await elsewhere.goto(`http://127.0.0.1:${PORT}/`);
    const refused = elsewhere.waitForEvent('pageerror');
    await elsewhere.reload();
    expect((await refused).message).toContain('Failed to fetch');
  } finally {
    website.closeAllConnections();
    website.close();
  }

  await panel.reload();
  await expect(card).toContainText(/Entries today\s*\d+ of at most 200/);
});

test('the web forms speak Chinese', async ({ as }) => {
  const page = await as('chen.jing', 'zh-Hans');
  await page.goto(governance('collection?tab=web-forms'));
  await expect(page.getByRole('article', { name: 'Website enquiries' })).toContainText('今日录入');
  await page.getByRole('button', { name: '嵌入“Website enquiries”' }).press('Enter');
  await expect(page.getByRole('dialog')).toContainText('将以下代码放入网页');
  await picture(page, 'web-forms-embed.zh');
});
