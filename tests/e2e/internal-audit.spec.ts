import type { Locator, Page } from '@playwright/test';
import { choose, expect, field, governance, picture, test } from './support/panel';

const TITLE = '第三季度信息存储审计';
const FOUND = '备份介质的交接没有登记。';
const DONE = '已建立交接登记表并补登近三个月的记录。';

/** The day so many days from now, as a form takes it. */
const dayFromNow = (days: number): string =>
  new Date(Date.now() + days * 24 * 3_600_000).toISOString().slice(0, 10);

const card = (page: Page, text: string | RegExp): Locator =>
  page.getByRole('article').filter({ hasText: text });

const choosePerson = async (dialog: Locator, label: string, name: string): Promise<void> => {
  await field(dialog, label).fill(name);
  await dialog.page().getByRole('option', { name }).click();
};

const confirm = async (page: Page, act: string): Promise<void> => {
  await page.getByRole('button', { name: act, exact: true }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: act, exact: true }).click();
};

const say = async (page: Page, act: string, label: string, text: string): Promise<void> => {
  await page.getByRole('button', { name: act, exact: true }).click();
  const dialog = page.getByRole('dialog', { name: act });
  await field(dialog, label).fill(text);
  await dialog.getByRole('button', { name: act, exact: true }).click();
  await expect(dialog).toBeHidden();
};

test('an audit goes from its plan through a finding, its remediation and its re-check to the closure', async ({
  as,
}) => {
  const auditor = await as('zheng.kai');

  await test.step('the auditor plans it, and is told what is missing', async () => {
    await auditor.goto(governance('audits'));
    await auditor.getByRole('button', { name: 'Plan an audit' }).click();
    const dialog = auditor.getByRole('dialog', { name: 'Plan an audit' });
    await expect(field(dialog, 'Title')).toBeVisible();
    await dialog.getByRole('button', { name: 'Save' }).click();
    await expect(dialog.getByText('Fill in this field.').first()).toBeVisible();
    await field(dialog, 'Title').fill(TITLE);
    await field(dialog, 'Period from').fill('2030-07-01');
    await field(dialog, 'Period to').fill('2030-09-30');
    await field(dialog, 'Planned for').fill('2030-10-10');
    await dialog.getByRole('checkbox', { name: 'Audit', exact: true }).check();
    await choosePerson(dialog, 'Lead auditor', '郑凯');
    await dialog.getByRole('button', { name: 'Save' }).click();
    await expect(dialog.getByRole('alert')).toContainText('nobody audits their own');
    await dialog.getByRole('checkbox', { name: 'Audit', exact: true }).uncheck();
    await choosePerson(dialog, 'Auditors', '何云');
    await expect(dialog.getByRole('button', { name: 'Remove 何云' })).toBeVisible();
    await dialog.getByRole('button', { name: 'Save' }).click();
    await expect(dialog).toBeHidden();
    await expect(card(auditor, TITLE)).toContainText('Planned');
  });

  await test.step('it begins, and finds something', async () => {
    await card(auditor, TITLE).getByRole('link', { name: /^Open/ }).click();
    await expect(auditor.getByRole('heading', { level: 1 })).toContainText(TITLE);
    await confirm(auditor, 'Begin the audit');
    await auditor.getByRole('button', { name: 'Record a finding' }).click();
    const dialog = auditor.getByRole('dialog', { name: /^Record a finding/ });
    await choose(dialog, 'Severity', 'Critical');
    await choose(dialog, 'Chapter', 'Storage');
    await field(dialog, 'What was found').fill(FOUND);
    await choosePerson(dialog, 'Person responsible', '孙磊');
    await field(dialog, 'Due date').fill(dayFromNow(60));
    await dialog.getByRole('button', { name: 'Save' }).click();
    await expect(dialog.getByRole('alert')).toContainText('dueOn');
    await field(dialog, 'Due date').fill(dayFromNow(3));
    await dialog.getByRole('button', { name: 'Save' }).click();
    await expect(card(auditor, FOUND)).toContainText('Critical');
    await expect(card(auditor, FOUND)).toContainText('Due soon');
    await say(auditor, 'Report', 'Conclusion', '存储总体合规，一项须限期整改。');
    await expect(auditor.getByRole('region', { name: 'Conclusion' })).toBeVisible();
  });

  await test.step('the person responsible, who may read no audits, is led to the finding and remediates it', async () => {
    const responsible = await as('sun.lei');
    await responsible.goto(governance('notifications'));
    await card(responsible, 'You are responsible for remediating it')
      .first()
      .getByRole('link', { name: 'Audits' })
      .click();
    await card(responsible, FOUND)
      .getByRole('button', { name: /^Remediate/ })
      .click();
    const dialog = responsible.getByRole('dialog');
    await field(dialog, 'Remediation').fill(DONE);
    await dialog.getByRole('button', { name: 'Add evidence' }).click();
    await field(dialog, 'Reference 1').fill('not an address');
    await dialog.getByRole('button', { name: 'Remediate' }).click();
    await expect(dialog.getByRole('alert')).toContainText('must be the address of a page');
    await field(dialog, 'Reference 1').fill('https://wiki.example/handover');
    await dialog.getByRole('button', { name: 'Remediate' }).click();
    await expect(dialog).toBeHidden();
    await expect(card(responsible, FOUND)).toContainText('Remediated');
    await responsible.goto(governance('audits'));
    await expect(responsible.getByRole('tab')).toHaveText(['My findings']);
    await expect(card(responsible, FOUND)).toContainText(TITLE);
  });

  await test.step('an auditor re-checks and closes it, and then the audit', async () => {
    await auditor.reload();
    await expect(auditor.getByRole('button', { name: 'Close the audit' })).toBeHidden();
    await card(auditor, FOUND)
      .getByRole('button', { name: /^Re-check/ })
      .click();
    const dialog = auditor.getByRole('dialog');
    await dialog.getByRole('radio', { name: 'Passed' }).check();
    await field(dialog, 'How it was checked').fill('抽查登记表，记录完整。');
    await dialog.getByRole('button', { name: 'Re-check' }).click();
    await card(auditor, FOUND)
      .getByRole('button', { name: /^Close finding/ })
      .click();
    await confirm(auditor, 'Close the audit');
    await expect(auditor.getByRole('button', { name: 'Close the audit' })).toBeHidden();
  });

  await test.step('the report says it all, and stands alone on paper', async () => {
    await auditor.getByRole('link', { name: 'Report', exact: true }).click();
    const report = auditor.getByRole('article', { name: /^Report of an internal audit/ });
    for (const part of [TITLE, FOUND, DONE, 'https://wiki.example/handover', '孙磊', 'Signature']) {
      await expect(report).toContainText(part);
    }
    await expect(report.getByRole('img', { name: /Critical 1/ })).toBeVisible();
    await auditor.emulateMedia({ media: 'print' });
    await expect(report).toBeVisible();
    await expect(auditor.getByRole('navigation')).toHaveCount(0);
    await expect(auditor.getByRole('button', { name: 'Print' })).toBeHidden();
    await auditor.emulateMedia({ media: null });
  });
});

test('what is overdue is marked, for the person responsible and for those who read audits', async ({
  as,
}) => {
  const leader = await as('liu.yang');
  await leader.goto(governance('audits'));
  const audit = card(leader, '重点客户信息查看专项审计');
  await expect(audit).toContainText('1 finding is overdue');
  await expect(leader.getByRole('button', { name: 'Plan an audit' })).toBeHidden();
  await audit.getByRole('link', { name: /^Open/ }).click();
  await expect(card(leader, '两项使用授权').first()).toContainText('Overdue');
  await expect(leader.getByRole('button', { name: 'Record a finding' })).toBeHidden();
  await picture(leader, 'internal-audit');

  const responsible = await as('xu.jie');
  await responsible.goto(governance('overview'));
  const nav = responsible.getByRole('navigation', { name: 'Governance pages' });
  await nav.getByRole('link', { name: /^Audits/ }).click();
  await expect(card(responsible, '两项使用授权')).toContainText('Overdue');
});

test('who is responsible for nothing has no findings, and no audits to read', async ({ as }) => {
  const page = await as('li.na');
  await page.goto(governance('audits'));
  await expect(page.getByText('You are responsible for no finding.')).toBeVisible();
  await page.goto(governance('audits/any'));
  await expect(page.getByText("You don't have the permissions")).toBeVisible();
});

test('a report is wholly in Chinese', async ({ as }) => {
  const page = await as('zheng.kai', 'zh-Hans');
  await page.goto(governance('audits'));
  await card(page, '上半年客户信息使用与保护审计').getByRole('link', { name: /^查看/ }).click();
  await page.getByRole('link', { name: '审计报告' }).click();
  const report = page.getByRole('article', { name: '客户信息管理内部审计报告' });
  await expect(report).toContainText('复查通过');
  const text = (await report.innerText()).replace(/\bSales (East|West)\b|\b[a-z0-9]{20,24}\b/g, '');
  expect(text.match(/[A-Za-z]{2,}/g)).toBeNull();
  await picture(page, 'audit-report.zh');
});
