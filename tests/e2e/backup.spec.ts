import type { Page } from '@playwright/test';
import { agePastBackups, runJob } from './support/database';
import { expect, governance, picture, test } from './support/panel';

const standing = (page: Page, name = 'How backups stand') => page.getByRole('region', { name });
const runs = (page: Page, name = 'Backups and drills') =>
  page.getByRole('list', { name }).getByRole('listitem');
const newest = (page: Page) => runs(page).first();

/** Starts one of the three, and waits for its end. */
async function start(page: Page, what: string): Promise<void> {
  const count = await runs(page).count();
  await page.getByRole('button', { name: `Start: ${what}` }).click();
  await expect(
    page.getByText('It goes on by itself; this page tells how far it is.').first()
  ).toBeVisible();
  await expect(runs(page)).toHaveCount(count + 1);
  await expect(newest(page)).toContainText('Succeeded', { timeout: 60_000 });
}

test('the information department sees that nothing was backed up yet, makes a backup, and tries a restore out', async ({
  as,
}) => {
  const page = await as('chen.jing');
  await page.goto(governance('backup'));
  await expect(standing(page)).toContainText('The backup is overdue');
  await expect(standing(page)).toContainText('A drill of a restore is due');
  await expect(standing(page)).toContainText('archives of the data are in one place only');
  await expect(page.getByText('No backup and no drill yet')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Start: Drill of a restore' })).toBeDisabled();

  // The first one holds everything, whatever was asked for; the next one what changed.
  await start(page, 'Incremental backup');
  await expect(newest(page)).toContainText('Full backup');
  await expect(newest(page)).toContainText('陈静');
  await expect(newest(page)).toContainText(/data-\d{8}T\d{6}Z-full-[0-9a-f]{4} · [\d.,]+ (kB|MB)/);
  await expect(newest(page)).toContainText(/keys-\d{8}T\d{6}Z-full-[0-9a-f]{4}/);
  await expect(standing(page)).not.toContainText('The backup is overdue');
  await expect(standing(page)).toContainText('A drill of a restore is due');
  await start(page, 'Incremental backup');
  await expect(newest(page)).toContainText('Incremental backup');

  await start(page, 'Drill of a restore');
  await expect(newest(page)).toContainText(/[\d,]+ rows in \d+ tables, as many as were backed up/);
  await expect(newest(page)).toContainText(/[\d,]+ entries verified, nothing found/);
  await expect(standing(page)).not.toContainText('A drill of a restore is due');
  await expect(runs(page)).toHaveCount(3);
  await picture(page, 'backup');
});

test('it reads in Chinese, too', async ({ as }) => {
  const page = await as('chen.jing', 'zh-Hans');
  await page.goto(governance('backup'));
  await expect(page.getByRole('heading', { level: 1, name: '备份' })).toBeVisible();
  await expect(runs(page, '备份与演练记录')).not.toHaveCount(0);
  await expect(page.locator('main')).not.toContainText(/customer-governance\.|Backup|Drill/);
});

test('a backup and a drill that are overdue are said on the page, and told to the department', async ({
  as,
}) => {
  const page = await as('chen.jing');
  await agePastBackups(400);
  try {
    await page.goto(governance('backup'));
    await expect(standing(page)).toContainText('The backup is overdue');
    await expect(standing(page)).toContainText('A drill of a restore is due');
    await runJob('backup-watch');
    await page.goto(governance('notifications'));
    await expect(
      page.getByText('No backup has succeeded for longer than the policy allows.').first()
    ).toBeVisible();
  } finally {
    await agePastBackups(-400);
  }
});
