import type { Page } from '@playwright/test';
import { residentId } from '../../scripts/demo/numbers';
import { demoCases } from '../../scripts/demo/seed';
import { entered } from './support/customers';
import {
  choose,
  customerForm,
  customerList,
  expect,
  field,
  fieldButton,
  notification,
  picture,
  test,
} from './support/panel';

const save = (page: Page) => page.getByRole('button', { name: 'Save', exact: true }).click();

/** Chooses the record that a relation leads to. */
const relate = async (page: Page, label: string, name: string): Promise<void> => {
  const input = page.getByRole('combobox', { name: label });
  await input.click();
  await input.fill(name);
  await page.getByRole('option', { name }).click();
  await expect(page.getByRole('button', { name, exact: true })).toBeVisible();
};

const withWrongCheckDigit = (number: string): string =>
  `${number.slice(0, -1)}${number.endsWith('1') ? '2' : '1'}`;

/** What the panel says about the entry beside the form. */
const standards = (page: Page, title = 'Entry standards') =>
  page.getByRole('complementary').filter({ has: page.getByRole('heading', { name: title }) });

const replace = async (page: Page, label: string, value: string): Promise<void> => {
  await fieldButton(page, 'Replace', label).click();
  await field(page, label).fill(value);
};

test('what the collection plan does not allow is refused by name, and nothing typed is lost', async ({
  as,
}) => {
  const page = await as('wu.ting');
  await page.goto(customerForm('create'));
  const typed = {
    Name: '上官云飞',
    Mobile: '13800009001',
    Industry: '批发和零售',
    'E-mail': 'shangguan@example.com',
    WeChat: 'demo_wx_9001',
    Position: '采购经理',
  };
  const beyond = ['E-mail', 'WeChat', 'Position'];
  for (const [label, value] of Object.entries(typed)) await field(page, label).fill(value);
  await choose(page, 'Source', 'Marketing event');
  await choose(page, 'Collection method', 'Direct');
  await relate(page, 'Collection plan', 'Exhibition 2026');
  await relate(page, 'Owner', '李娜');
  await relate(page, 'Department', 'Sales East');
  await save(page);

  for (const attribute of ['email', 'wechat', 'position']) {
    await expect(notification(page)).toContainText(
      `${attribute}: the plan exhibition-2026 does not collect it`
    );
  }
  for (const label of beyond)
    await expect(field(page, label)).toHaveAttribute('aria-invalid', 'true');
  for (const [label, value] of Object.entries(typed)) {
    await expect(field(page, label)).toHaveValue(value);
  }
  await expect(page.getByRole('combobox', { name: 'Source' })).toHaveText('Marketing event');
  await expect(page.getByRole('button', { name: 'Exhibition 2026', exact: true })).toBeVisible();
  await picture(page, 'entry-refused', { withNotification: true });

  for (const label of beyond) await field(page, label).fill('');
  await save(page);
  await expect(page).not.toHaveURL(/\/create/);
  await expect(field(page, 'Name')).toHaveValue('上官**');
});

test('a sensitive attribute without a separate consent is refused', async ({ as }) => {
  const page = await as('wu.ting');
  const number = residentId('310115', '1990-01-01');
  await page.goto(customerForm(demoCases.unconsented));
  await field(page, 'Resident ID').fill(number);
  await save(page);
  await expect(notification(page)).toContainText(
    /residentId: is sensitive, and the customer has not consented to it separately/
  );
  await expect(field(page, 'Resident ID')).toHaveAttribute('aria-invalid', 'true');
  await expect(field(page, 'Resident ID')).toHaveValue(number);
});

test('a resident ID, a landline and an e-mail address that cannot exist are refused together', async ({
  as,
}) => {
  const page = await as('wu.ting');
  const wrong = {
    Landline: '12345678901',
    'Resident ID': withWrongCheckDigit(residentId('310115', '1990-01-01')),
    'E-mail': 'nobody',
  };
  await page.goto(customerForm(demoCases.keyCustomer));
  for (const [label, value] of Object.entries(wrong)) await replace(page, label, value);
  await save(page);

  await expect(notification(page)).toContainText('landline: Expected a landline number');
  await expect(notification(page)).toContainText('residentId: The check digit of the resident ID');
  await expect(notification(page)).toContainText('email: Expected one e-mail address');
  for (const [label, value] of Object.entries(wrong)) {
    await expect(field(page, label)).toHaveAttribute('aria-invalid', 'true');
    await expect(field(page, label)).toHaveValue(value);
  }

  for (const label of Object.keys(wrong)) await fieldButton(page, 'Undo', label).click();
  await expect(field(page, 'E-mail')).toHaveValue(/^k\*+@example\.com$/);
});

test('a mask is not taken for a value', async ({ as }) => {
  const page = await as('wu.ting');
  const customer = entered(demoCases.keyCustomer);
  await page.goto(customerForm(customer.documentId));
  await replace(page, 'Name', '王**');
  await save(page);
  await expect(notification(page)).toContainText(/name: looks like a mask, not a value/);
  await expect(field(page, 'Name')).toHaveValue('王**');

  const owner = await as('li.na');
  await owner.goto(customerList(customer.filingNumber));
  await expect(owner.getByRole('row').filter({ hasText: customer.filingNumber })).toContainText(
    customer.name
  );
});

test('while somebody types, the panel says how complete the file is, what is wrong and what is saved otherwise', async ({
  as,
}) => {
  const page = await as('wu.ting');
  await page.goto(customerForm('create'));
  const panel = standards(page);
  const required = (count: string) =>
    panel.getByRole('progressbar', { name: `Required: ${count}`, exact: true });
  await expect(required('0 of 4')).toBeVisible();
  await expect(panel).toContainText('Missing: Name, Mobile, Source, Industry');

  await field(page, 'Name').fill('司马青');
  await field(page, 'Mobile').fill('+86 138-0000-9010');
  await expect(panel).toContainText('11 digits of mainland China');
  await expect(required('2 of 4')).toBeVisible();
  await expect(panel).toContainText('Mobile → 138****9010');
  await field(page, 'Industry').fill('wholesale and retail trade');
  await expect(panel).toContainText('Industry → 批发和零售业');
  await choose(page, 'Choose: Industry', 'E Construction');
  await expect(field(page, 'Industry')).toHaveValue('建筑业');
  await expect(panel).not.toContainText('Industry →');
  await field(page, 'Address').fill('浙江省杭州市西湖区示例路9号');
  await expect(panel).toContainText('Region code → 330106');
  await field(page, 'E-mail').fill('nobody');
  await expect(panel).toContainText('E-mail Expected one e-mail address');
  await field(page, 'E-mail').fill('');
  await expect(panel).not.toContainText('To be corrected');
  await expect(panel).toContainText('Collection plan choose the collection plan');
  await choose(page, 'Source', 'Sales');
  await expect(required('4 of 4')).toBeVisible();
  await panel.scrollIntoViewIfNeeded();
  await picture(page, 'entry-standards');

  await choose(page, 'Collection method', 'Direct');
  await relate(page, 'Collection plan', 'Customer relations');
  await save(page);
  await expect(page).not.toHaveURL(/\/create/);
  await expect(field(page, 'Mobile')).toHaveValue('138****9010');
  await expect(field(page, 'Industry')).toHaveValue('建筑业');
  await expect(field(page, 'Region code')).toHaveValue('330106');
});

test('a customer who is on file already is told while being typed, and refused when saved', async ({
  as,
}) => {
  const page = await as('wu.ting');
  const customer = entered(demoCases.keyCustomer);
  await page.goto(customerForm('create'));
  const panel = standards(page);
  await field(page, 'Name').fill(customer.name);
  await field(page, 'Mobile').fill(customer.mobile);
  await expect(panel).toContainText('On file already', { timeout: 15_000 });
  await expect(panel).toContainText(customer.filingNumber);
  await save(page);
  await expect(notification(page)).toContainText('is on file already');
  await expect(notification(page)).toContainText(customer.filingNumber);
});

test('the standards speak Chinese in a Chinese panel', async ({ as }) => {
  const page = await as('wu.ting', 'zh-Hans');
  await page.goto(customerForm('create'));
  const panel = standards(page, '录入规范');
  await expect(panel.getByRole('progressbar', { name: '必填项: 0/4', exact: true })).toBeVisible();
  await page.locator('input[name="residentId"]').fill('110105');
  await expect(panel).toContainText('需要更正');
  await expect(panel).toContainText('请先创建客户并记录其单独同意');
  await expect(panel).toContainText('18 位公民身份号码');

  await field(page, '手机号').fill('139');
  await page.getByRole('button', { name: '保存', exact: true }).click();
  await expect(notification(page)).toContainText('采集计划：请选择采集所依据的采集计划');
  await expect(field(page, '手机号')).toHaveAttribute('aria-invalid', 'true');
  // Under its own label an attribute need not be named.
  await expect(page.getByText(/^须为手机号：/).first()).toBeVisible();
  await picture(page, 'entry-refused.zh', { withNotification: true });
});
