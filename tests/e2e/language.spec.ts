import type { Page } from '@playwright/test';
import { demoCases } from '../../scripts/demo/seed';
import en from '../../src/plugins/customer-governance/admin/src/translations/en.json';
import zhHans from '../../src/plugins/customer-governance/admin/src/translations/zh-Hans.json';
import { customerForm, expect, follow, governance, picture, test, type Who } from './support/panel';

/** What the demo company writes with Latin letters: names of its own, codes, numbers and digests. */
const OF_THE_DEMO = [
  /\bSales (East|West)\b|\bInformation\b/g,
  /\b(KH|DC|D|A)-[\d-]+/g,
  /\b[0-9a-f]{64}\b/g,
  /\b(demo)?[a-z0-9]{20,24}\b/g,
  /\bprocess(-\d)?\b/g,
  /\bdemo-seed\b/g,
  // Chinese says so too.
  /\bID\b/g,
  // Of the audit log: formats of files, the time zone, a root hash, a key, a correlation.
  /\b(CSV|NDJSON|Asia\/Shanghai)\b/g,
  /[\w+/]{12}…/g,
  /密钥 [0-9a-f]{8}/g,
  /\b[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\b/g,
  // What the operator sets, and the key that signs certificates.
  /\bGOVERNANCE_[A-Z_]+\b/g,
  /\bcustomer-governance[\w./+:-]*/g,
  /\b[0-9a-f]{8}\b/g,
  // The first letter of a foreign name, before its mask.
  /\p{L}\*\*/gu,
];

const englishOnly = new Set(
  Object.entries(en).flatMap(([id, text]) =>
    !text.includes('{') && text !== zhHans[id as keyof typeof zhHans] ? [text.toLowerCase()] : []
  )
);

/** Words in Latin letters on the page, but for those that the demo wrote. */
const latinWords = async (page: Page): Promise<string[]> => {
  const text = await page.getByRole('main').innerText();
  const rest = OF_THE_DEMO.reduce((left, pattern) => left.replace(pattern, ' '), text);
  return rest.match(/[A-Za-z]{2,}/g) ?? [];
};

/** Messages of the plugin and of the Content Manager that the panel found no translation of. */
const listenForMissing = (page: Page): string[] => {
  const missing: string[] = [];
  page.on('console', (message) => {
    const text = message.text();
    if (text.includes('MISSING_TRANSLATION') && /customer-governance|"content-manager/.test(text)) {
      missing.push(text.split('\n')[0]!);
    }
  });
  return missing;
};

/** Person, page, and something that stands on it once its content is there. */
const PAGES: Array<[Who, string, string]> = [
  ['li.na', 'overview', '现行政策'],
  ['li.na', 'requests', '身份核验'],
  ['wang.fang', 'overview', '待处理事项'],
  ['wang.fang', 'approvals', '部门负责人'],
  ['wang.fang', 'requests?tab=all-grants', '身份证号'],
  ['chen.jing', 'overview', '到期待销毁'],
  ['chen.jing', 'retention', '按月到期'],
  ['chen.jing', 'retention?tab=due', '关系终止'],
  ['chen.jing', 'retention?tab=holds', '专项检查'],
  ['chen.jing', 'retention?tab=orders', '销毁方式'],
  ['chen.jing', 'retention?tab=certificates', 'DC-'],
  ['chen.jing', 'anomalies', '批量查看明文'],
  ['chen.jing', 'anomalies?tab=report', '最突出的异常'],
  ['zheng.kai', 'overview', '最近动态'],
  // Not all of the log: the demo's own type of leads has its labels in English.
  ['zheng.kai', 'audit?action=request.submit', '身份证号'],
  ['zheng.kai', 'audit?action=destruction.certificate', '出具销毁证明'],
  ['zheng.kai', 'audits', '专项审计'],
  ['xu.jie', 'audits', '两项使用授权'],
  ['zheng.kai', `audit?tab=history&recordId=${demoCases.granted}`, '李娜'],
  ['zheng.kai', 'audit?tab=day', '请选择人员和日期。'],
];

/** Those of them that the README in Chinese shows. */
const PICTURES: Record<string, string> = {
  'wang.fang approvals': 'approvals.zh',
  'chen.jing overview': 'overview.zh',
  'chen.jing retention?tab=due': 'retention-due.zh',
};

for (const who of new Set(PAGES.map(([person]) => person))) {
  test(`the pages of ${who} are wholly in Chinese`, async ({ as }) => {
    const page = await as(who, 'zh-Hans');
    const missing = listenForMissing(page);
    for (const [, address, content] of PAGES.filter(([person]) => person === who)) {
      await follow(page, governance(address));
      const here = page.getByRole('navigation').locator('a[aria-current="page"]');
      await expect(here.last()).toHaveAttribute('href', governance(address.split('?')[0]!));
      await expect(page.getByRole('main').getByText(content).first()).toBeVisible();
      expect(await latinWords(page), address).toEqual([]);
      const shown = PICTURES[`${who} ${address}`];
      if (shown) await picture(page, shown);
    }
    expect(missing).toEqual([]);
  });
}

test('the details of an audit entry are in Chinese too', async ({ as }) => {
  const page = await as('zheng.kai', 'zh-Hans');
  await page.goto(governance('audit?action=request.approve'));
  await page.getByRole('button', { name: '展开详情' }).first().click();
  await expect(page.getByText('审批角色')).toBeVisible();
  expect(await latinWords(page)).toEqual([]);
});

test('a certificate is in Chinese', async ({ as }) => {
  const page = await as('chen.jing', 'zh-Hans');
  await page.goto(governance('retention?tab=certificates'));
  await page.getByRole('main').getByRole('link').last().click();
  await expect(page.getByRole('article')).toBeVisible();
  expect(await latinWords(page)).toEqual([]);
  await picture(page, 'certificate.zh');
});

test('the form of a customer says everything of the plugin in Chinese', async ({ as }) => {
  const page = await as('li.na', 'zh-Hans');
  const missing = listenForMissing(page);
  await page.goto(customerForm(demoCases.pending));
  await expect(page.getByText('暂无该记录的使用授权。')).toBeVisible();
  await expect(page.getByLabel('身份证号', { exact: true })).toHaveValue(/^\d{3}\*+\d{4}$/);
  await picture(page, 'customer-form.zh');

  await page.getByRole('button', { name: '申请使用：身份证号' }).click();
  const dialog = page.getByRole('dialog', { name: '申请使用' });
  await dialog.getByRole('button', { name: '提交申请' }).click();
  await expect(dialog.getByText('请填写此项。').first()).toBeVisible();
  expect((await dialog.innerText()).match(/[A-Za-z]{2,}/g)).toBeNull();
  await page.keyboard.press('Escape');

  const lines = (await page.getByRole('main').innerText()).split('\n');
  const english = lines.filter((line) => englishOnly.has(line.trim().toLowerCase()));
  expect(english).toEqual([]);
  expect(missing).toEqual([]);
});
