import type { Page } from '@playwright/test';
import { choose, expect, field, governance, notification, picture, test } from './support/panel';

const REASON = '名单来自市场部，号码已过期；已与本人核实。';

const alert = (page: Page, title: string) =>
  page.getByRole('article').filter({ has: page.getByRole('heading', { name: title }) });
const lookups = 'Many look-ups without a hit · 孙磊';
const bulk = 'Bulk reveal · 周伟';
const leaving = 'Views before leaving · 周伟';

test('what somebody does before leaving is put before the information department in plain words', async ({
  as,
}) => {
  const page = await as('chen.jing');
  await page.goto(governance('anomalies'));
  await expect(alert(page, leaving)).toContainText(/5\d records in clear on one day/);
  await expect(alert(page, leaving)).toContainText('High');
  await expect(alert(page, leaving)).toContainText('Sales West');
  await expect(alert(page, bulk)).toContainText(
    '54 records revealed within 60 minutes; an alert is raised from 50 on.'
  );
  await alert(page, bulk)
    .getByRole('button', { name: /^Show the evidence/ })
    .click();
  const evidence = alert(page, bulk).getByRole('row').filter({ hasText: 'Value revealed' });
  await expect(evidence).toHaveCount(3);
  await expect(evidence.first()).toContainText('Mobile');
  await picture(page, 'anomalies');

  await choose(page, 'Severity', 'Medium');
  await expect(alert(page, lookups)).toBeVisible();
  await expect(alert(page, bulk)).toBeHidden();
  await expect(page).toHaveURL(/severity=medium/);
});

test('an alert is taken up and closed with a reason, and not by the person concerned', async ({
  as,
}) => {
  await test.step('the person concerned sees it, and decides nothing', async () => {
    const page = await as('sun.lei');
    await page.goto(governance('anomalies'));
    await expect(alert(page, lookups)).toContainText('Somebody else decides on it');
    await expect(alert(page, lookups).getByRole('button', { name: /^Acknowledge/ })).toBeHidden();
    await expect(alert(page, bulk).getByRole('button', { name: /^Acknowledge/ })).toBeVisible();
  });

  const page = await as('chen.jing');
  await test.step('a colleague is told of it and takes it up', async () => {
    await page.goto(governance('notifications'));
    await page
      .getByRole('article')
      .filter({ hasText: 'An alert was raised.' })
      .first()
      .getByRole('link', { name: 'Anomalies' })
      .click();
    await alert(page, lookups)
      .getByRole('button', { name: /^Acknowledge/ })
      .click();
    await expect(notification(page)).toContainText('The alert was acknowledged.');
    await expect(alert(page, lookups)).toContainText('Acknowledged by');
  });

  await test.step('and closes it, with a reason and not without', async () => {
    await alert(page, lookups)
      .getByRole('button', { name: /^Close/ })
      .click();
    const dialog = page.getByRole('dialog', { name: `Close ${lookups}` });
    await dialog.getByRole('button', { name: 'Close', exact: true }).last().click();
    await expect(dialog.getByText('Fill in this field.')).toBeVisible();
    await field(dialog, 'Reason').fill(REASON);
    await dialog.getByRole('button', { name: 'Close', exact: true }).last().click();
    await expect(alert(page, lookups)).toContainText(REASON);
    await expect(alert(page, lookups).getByRole('button', { name: /^Close/ })).toBeHidden();
  });
});

test('the report of a week compares it with the one before, and an auditor goes on to the log', async ({
  as,
}) => {
  const page = await as('zheng.kai');
  await page.goto(governance('anomalies?tab=report'));
  const report = page.getByRole('article', { name: /^Anomalies of week \d{4}-W\d{2}$/ });
  await expect(report).toContainText(/\d+ alerts, against 0 in the week before\./);
  await expect(report.getByRole('img', { name: /^By rule: .*Bulk reveal/ })).toBeVisible();
  await expect(report.getByRole('img', { name: /^By department: .*Sales West/ })).toBeVisible();
  await expect(report.getByRole('listitem').filter({ hasText: leaving })).toBeVisible();
  await picture(page, 'anomaly-report');

  await page.getByRole('button', { name: 'Week before' }).click();
  await expect(report).toContainText('No alerts, against 0 in the week before.');
  await page.getByRole('button', { name: 'Week after' }).click();
  await expect(report).toContainText('against 0 in the week before');

  await page.goto(governance('anomalies'));
  await alert(page, bulk)
    .getByRole('link', { name: /audit log$/ })
    .click();
  await expect(page).toHaveURL(/audit\?actor=admin%3A\d+&from=/);
  await expect(page.getByRole('row').filter({ hasText: '周伟' }).first()).toBeVisible();
});
