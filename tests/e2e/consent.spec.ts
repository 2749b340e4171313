import { demoCases } from '../../scripts/demo/seed';
import { entered } from './support/customers';
import {
  choose,
  customerForm,
  customerList,
  expect,
  field,
  governance,
  picture,
  test,
} from './support/panel';

const customer = entered(demoCases.unconsented);

test('a notice is written, published, and stays as it is', async ({ as }) => {
  const page = await as('chen.jing');
  await page.goto(`${governance('collection')}?tab=notices`);
  const notices = page.getByRole('list', { name: 'Notices' });
  await expect(notices.getByRole('article')).not.toHaveCount(0);
  await page.getByRole('button', { name: 'New notice' }).click();
  const dialog = page.getByRole('dialog', { name: 'New notice' });
  await field(dialog, 'Title').fill('Service notice');
  await field(dialog, 'Code').fill('service-notice');
  await field(dialog, 'Version').fill('1.0');
  await dialog.getByRole('tab', { name: 'English' }).click();
  await field(dialog, 'Purposes').fill('To serve you.');
  await dialog.getByRole('button', { name: 'Save the draft' }).click();
  await expect(dialog.getByRole('alert')).toContainText('en.method is missing');
  for (const section of ['How it is collected', 'Kinds of information', 'Rights', 'Contact']) {
    await field(dialog, section).fill('As we told you.');
  }
  await field(dialog, 'How long it is kept').fill('Two years.');
  await picture(page, 'notice-write');
  await dialog.getByRole('button', { name: 'Save the draft' }).click();
  const card = notices.getByRole('article').filter({ hasText: 'Service notice' });
  await expect(card).toContainText('Draft');
  await card.getByRole('button', { name: /^Publish/ }).click();
  const confirm = page.getByRole('alertdialog', { name: 'Publish the notice' });
  await confirm.getByRole('button', { name: 'Publish' }).click();
  await expect(card).toContainText('Published');
  await expect(card).toContainText(/[0-9a-f]{64}/);
  await expect(card.getByRole('button', { name: /^Change the draft/ })).toHaveCount(0);
  await picture(page, 'notices');
});

test('who agreed to the words of before is on the list of those to be asked again', async ({
  as,
}) => {
  const page = await as('chen.jing', 'zh-Hans');
  await page.goto(`${governance('collection')}?tab=notices`);
  const card = page.getByRole('article').filter({ hasText: 'WEB-2.1' });
  await card.getByRole('button', { name: /^尚未答复的客户/ }).click();
  const table = card.getByRole('grid', { name: '尚未答复的客户' });
  await expect(table.getByRole('row').nth(1)).toContainText('KH-');
  await expect(table.getByRole('row').nth(1)).toContainText('客户服务');
  await picture(page, 'notice-missing');
});

test('consent is recorded with its notice; withdrawn, the customer disappears from use at once', async ({
  as,
}) => {
  const entry = await as('wu.ting');
  const consents = entry.getByRole('region', { name: 'Consents' });

  await test.step('the answers of one paper are recorded together', async () => {
    await entry.goto(customerForm(customer.documentId));
    await expect(consents).toBeVisible();
    await entry.getByRole('button', { name: 'Record consent' }).click();
    const dialog = entry.getByRole('dialog', { name: /^Record what/ });
    await dialog.getByRole('button', { name: 'Record', exact: true }).click();
    await expect(dialog.getByText('Fill in this field.')).toBeVisible();
    await field(dialog, 'Evidence').fill('SCAN-E2E-1');
    await dialog.getByRole('button', { name: 'Another answer' }).click();
    await choose(dialog.locator('fieldset > div').nth(1), 'Purpose', 'Marketing');
    await choose(dialog.locator('fieldset > div').nth(1), 'Kind of consent', 'Marketing');
    await choose(dialog.locator('fieldset > div').nth(1), 'Channel', 'E-mail');
    await picture(entry, 'consent-record');
    await dialog.getByRole('button', { name: 'Record', exact: true }).click();
    await expect(entry.getByText('The answers were recorded.')).toBeVisible();
    await expect(consents.getByRole('listitem').first()).toContainText('Marketing');
    await expect(consents.getByRole('listitem').first()).toContainText('E-mail');
    await expect(consents).toContainText('customer-notice GN-3.1');
  });

  const desk = await as('chen.jing');
  await test.step('she may be contacted by e-mail now', async () => {
    await desk.goto(`${governance('collection')}?tab=marketable`);
    await choose(desk, 'Channel', 'E-mail');
    await expect(desk.getByRole('grid', { name: 'May be contacted' })).toContainText('KH-');
  });

  await test.step('everything is taken back in one step', async () => {
    await desk.goto(customerForm(customer.documentId));
    const side = desk.getByRole('region', { name: 'Consents' });
    await expect(side).toContainText('Given');
    await desk.getByRole('button', { name: 'Withdraw all' }).click();
    const dialog = desk.getByRole('alertdialog', { name: 'Withdraw all consents' });
    await dialog.getByRole('button', { name: 'Withdraw all' }).click();
    await expect(desk.getByText('All consents were withdrawn.')).toBeVisible();
    await expect(side.getByText('Given', { exact: true })).toHaveCount(0);
    await side
      .getByRole('button', { name: /^History of the consent/ })
      .first()
      .click();
    const history = desk.getByRole('dialog', { name: 'History of the consent' });
    await expect(history.getByRole('listitem')).toHaveCount(2);
    await expect(history).toContainText('Consent withdrawn');
    await expect(history).toContainText(/[0-9a-f]{64}/);
    await picture(desk, 'consent-history');
  });

  await test.step('her representative sees masks where there were name and mobile', async () => {
    const representative = await as('li.na');
    await representative.goto(customerList(customer.filingNumber));
    const row = representative.getByRole('row').filter({ hasText: customer.filingNumber });
    await expect(row).toContainText('*');
    await expect(row).not.toContainText(customer.name);
    await expect(row).not.toContainText(customer.mobile);
  });
});
