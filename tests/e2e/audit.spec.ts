import { demoCases } from '../../scripts/demo/seed';
import { everyProtectedValue } from './support/customers';
import { behindTheScenes } from './support/database';
import { ask, choose, expect, field, governance, loginOf, picture, test } from './support/panel';

interface Entry {
  id: number;
  action: string;
  attributes: string[];
  purpose: string | null;
}
interface Answer {
  items: Entry[];
  nextCursor: string | null;
}

const AUDIT = '/customer-governance/audit-entries';
const TYPE = 'plugin::customer-governance.audit-entry';
const CUSTOMER = 'plugin::customer-governance.customer';

test('an auditor reads who did what to whom and what for', async ({ as }) => {
  const page = await as('zheng.kai');
  await page.goto(governance('audit'));
  await field(page, 'Record ID').fill(demoCases.granted);
  await choose(page, 'Action', 'Request submitted');
  await page.getByRole('button', { name: 'Search' }).click();
  await expect(page).toHaveURL(/action=request\.submit/);

  const row = page.getByRole('row').filter({ hasText: 'Request submitted' });
  await expect(row).toHaveCount(1);
  await expect(row).toContainText('李娜');
  await expect(row).toContainText('Resident ID');
  await expect(row).toContainText('Identity verification');
  await row.getByRole('button', { name: 'Show details' }).click();
  await expect(page.getByText(demoCases.granted)).toBeVisible();
  await picture(page, 'audit');

  await page.getByRole('button', { name: 'Clear filters' }).click();
  await expect(page.getByRole('row')).toHaveCount(26);
});

test('what was refused stands in the log too', async ({ as }) => {
  const representative = await as('li.na');
  const answer = await ask(representative, 'POST', '/customer-governance/reveal', {
    type: CUSTOMER,
    documentIds: [demoCases.keyCustomer],
    attributes: ['bankCard'],
    purpose: 'contract-performance',
  });
  expect(answer.status).toBe(403);

  const page = await as('zheng.kai');
  await page.goto(governance('audit'));
  await field(page, 'Record ID').fill(demoCases.keyCustomer);
  await choose(page, 'Outcome', 'Refused');
  await choose(page, 'Action', 'Access refused');
  await page.getByRole('button', { name: 'Search' }).click();
  const row = page.getByRole('row').filter({ hasText: 'Access refused' }).first();
  await expect(row).toContainText('李娜');
  await expect(row).toContainText('Bank card');
  await expect(row).toContainText('Contract performance');
  await expect(row).toContainText('Refused');
});

test('the log goes on page after page', async ({ as }) => {
  const page = await as('zheng.kai');
  await page.goto(governance('audit'));
  const rows = page.getByRole('row');
  await expect(rows).toHaveCount(26);
  await page.getByRole('button', { name: 'Load more' }).click();
  await expect(rows).toHaveCount(51);
});

test('an auditor finds a person by name', async ({ as }) => {
  const page = await as('zheng.kai');
  await page.goto(governance('audit'));
  const person = page.getByRole('combobox', { name: 'Person' });
  await person.click();
  await person.fill('李娜');
  await page.getByRole('option', { name: /^李娜/ }).click();
  await page.getByRole('button', { name: 'Search' }).click();
  await expect(page).toHaveURL(/actor=staff/);
  const rows = page
    .getByRole('row')
    .filter({ has: page.getByRole('button', { name: 'Show details' }) });
  await expect(rows.first()).toContainText('李娜');
  const all = await rows.count();
  await expect(rows.filter({ hasText: '李娜' })).toHaveCount(all);
  await page.reload();
  await expect(person).toHaveValue('李娜');
});

test('old and new values of a change are shown for a purpose, to who may be revealed them', async ({
  as,
}) => {
  const changed = 'purchasing@forest.example';
  const representative = await as('li.na');
  const answer = await ask(
    representative,
    'PUT',
    `/content-manager/collection-types/${CUSTOMER}/${demoCases.granted}`,
    { email: changed }
  );
  expect(answer.status).toBe(200);

  for (const who of ['zheng.kai', 'admin'] as const) {
    const page = await as(who);
    await page.goto(governance(`audit?action=record.update&recordId=${demoCases.granted}`));
    await page.getByRole('button', { name: 'Show details' }).first().click();
    await page.getByRole('button', { name: 'Show old and new values' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('button', { name: 'Reveal' }).click();
    await expect(dialog.getByText('Fill in this field.')).toBeVisible();
    await choose(dialog, 'Purpose', 'Contract performance');
    await dialog.getByRole('button', { name: 'Reveal' }).click();
    if (who === 'zheng.kai') {
      await expect(dialog.getByRole('alert')).toContainText('not one that you may read');
      await expect(page.getByText(changed)).toHaveCount(0);
    } else {
      await expect(page.getByText(changed)).toBeVisible();
      await picture(page, 'audit-values');
      await page.getByRole('button', { name: 'Hide', exact: true }).click();
      await expect(page.getByText(changed)).toHaveCount(0);
    }
  }
});

test('an entry is verified in the browser', async ({ as }) => {
  const page = await as('zheng.kai');
  await page.goto(governance('audit?action=request.submit'));
  await expect(page.getByText('In order')).toBeVisible();
  await page.getByRole('button', { name: 'Show details' }).first().click();
  await page.getByRole('button', { name: 'Verify this entry' }).click();
  await expect(page.getByText('Verified', { exact: true })).toBeVisible();
  await picture(page, 'audit-verified');
});

test('what the browser does not find in the tree is not verified', async ({ as }) => {
  const page = await as('zheng.kai');
  await page.route('**/audit-entries/*/proof', async (route) => {
    const answer = await route.fetch();
    const proof = await answer.json();
    const canonical = proof.canonical
      .replace('"basis"', '"Basis"')
      .replace('"channel":"', '"channel":"x');
    await route.fulfill({ response: answer, json: { ...proof, canonical } });
  });
  await page.goto(governance('audit?action=request.submit'));
  await page.getByRole('button', { name: 'Show details' }).first().click();
  await page.getByRole('button', { name: 'Verify this entry' }).click();
  await expect(page.getByText('The entry is not in the signed tree')).toBeVisible();
});

test('a customer has its whole history, and a person the whole day', async ({ as }) => {
  const page = await as('zheng.kai');
  await page.goto(governance(`audit?tab=history&recordId=${demoCases.granted}`));
  await expect(page.getByRole('heading', { name: demoCases.granted })).toBeVisible();
  const submitted = page.getByRole('listitem').filter({ hasText: 'Request submitted' });
  await expect(submitted).toHaveCount(1);
  // The decision names the request alone, not the record.
  await expect(page.getByText('Step approved').first()).toBeVisible();
  await picture(page, 'audit-history');
  await submitted.getByRole('link', { name: '李娜' }).click();
  await expect(page).toHaveURL(/tab=day/);
  await expect(page.getByRole('heading', { name: /^李娜, / })).toBeVisible();
  await expect(
    page.getByRole('listitem').filter({ hasText: 'Request submitted' }).first()
  ).toBeVisible();
  await picture(page, 'audit-day');
});

test('the charts show the same figures as their table', async ({ as }) => {
  const page = await as('zheng.kai');
  await page.goto(governance('audit?tab=charts'));
  await expect(page.getByRole('img', { name: /^Entries by day: / })).toBeVisible();
  await expect(page.getByRole('table', { name: 'Entries by weekday and hour' })).toBeVisible();
  await picture(page, 'audit-charts');
  await page.getByRole('button', { name: 'Show as a table' }).click();
  await expect(
    page.getByRole('table', { name: 'Entries by day' }).getByRole('row')
  ).not.toHaveCount(1);
});

test('an export is a file, and stands in the log', async ({ as }) => {
  const page = await as('zheng.kai');
  await page.goto(governance('audit?action=request.submit'));
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Export CSV' }).click();
  expect((await download).suggestedFilename()).toBe('audit-log.csv');
  await page.goto(governance('audit?action=log.export'));
  await expect(
    page.getByRole('row').filter({ hasText: 'Audit log exported' }).first()
  ).toBeVisible();
});

test('nothing in the log is personal data of a customer', async ({ as }) => {
  const page = await as('zheng.kai');
  await page.goto(governance('audit'));
  const values = everyProtectedValue();
  let cursor: string | null = '';
  let entries = 0;
  while (cursor !== null) {
    const query: string = cursor ? `&cursor=${cursor}` : '';
    const answer = await ask(page, 'GET', `${AUDIT}?limit=100${query}`);
    expect(answer.status).toBe(200);
    const text = JSON.stringify(answer.body);
    expect(values.filter((value) => text.includes(value))).toEqual([]);
    const { items, nextCursor } = answer.body as Answer;
    entries += items.length;
    cursor = nextCursor;
  }
  expect(entries).toBeGreaterThan(400);
});

for (const who of ['zheng.kai', 'admin'] as const) {
  test(`${loginOf(who).role} can change nothing in the log`, async ({ as }) => {
    const page = await as(who);
    await page.goto('/admin');
    const documentId = await behindTheScenes(async (database) => {
      const [entry] = await database('governance_audit_entries').select('document_id').limit(1);
      return String(entry.document_id);
    });
    const entries = () =>
      behindTheScenes((database) => database('governance_audit_entries').orderBy('id'));
    const before = await entries();
    const content = `/content-manager/collection-types/${TYPE}`;
    const attempts = [
      await ask(page, 'POST', AUDIT, { action: 'record.view' }),
      await ask(page, 'PUT', `${AUDIT}/1`, { outcome: 'refused' }),
      await ask(page, 'PATCH', `${AUDIT}/1`, { outcome: 'refused' }),
      await ask(page, 'DELETE', `${AUDIT}/1`),
      await ask(page, 'POST', content, { action: 'record.view', actorKind: 'admin' }),
      await ask(page, 'PUT', `${content}/${documentId}`, { outcome: 'refused' }),
      await ask(page, 'DELETE', `${content}/${documentId}`),
      await ask(page, 'POST', `${content}/actions/bulkDelete`, { documentIds: [documentId] }),
    ];
    for (const { status } of attempts) expect([403, 404, 405]).toContain(status);
    // What was tried is written down as refused; what stood there stands there still.
    const after = await entries();
    expect(after.slice(0, before.length)).toEqual(before);
    const added = after.slice(before.length).map(({ outcome }) => String(outcome));
    expect(added.filter((outcome) => outcome !== 'refused')).toEqual([]);
  });
}

test('not even the database lets an entry be changed or taken away', async () => {
  await expect(
    behindTheScenes((database) =>
      database('governance_audit_entries').where({ id: 1 }).update({ actor_id: '0' })
    )
  ).rejects.toThrow(/append-only|cannot be|immutable/i);
  await expect(
    behindTheScenes((database) => database('governance_audit_entries').where({ id: 1 }).delete())
  ).rejects.toThrow(/append-only|cannot be|immutable/i);
});
