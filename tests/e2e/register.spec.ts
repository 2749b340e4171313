import { mobileNumber } from '../../scripts/demo/numbers';
import { choose, expect, field, governance, notification, picture, test } from './support/panel';

const REGISTER = governance('register');
const CALLER = '太史青云';
const MOBILE = '13800009101';

test('what a visitor leaves at the counter makes a customer, and its owner is proposed with the reason', async ({
  as,
}) => {
  const clerk = await as('wu.ting');
  await clerk.goto(REGISTER);
  await clerk.getByRole('combobox', { name: 'Taken by' }).fill('李');
  await clerk.getByRole('option', { name: /^李娜/ }).click();
  await field(clerk, 'Interest').fill('参观样品间');
  await clerk.getByRole('checkbox', { name: 'The visitor left name and mobile' }).click();
  await field(clerk, 'Name').fill(CALLER);
  await field(clerk, 'Industry').fill('制造业');
  await field(clerk, 'Mobile').fill('138');
  await field(clerk, 'Mobile').press('Enter');
  // Nothing is written, and nothing typed is lost.
  await expect(clerk.getByRole('tabpanel').getByRole('alert')).toContainText('mobile: Expected');
  await expect(field(clerk, 'Name')).toHaveValue(CALLER);
  await choose(clerk, 'Source', 'Sales');
  await field(clerk, 'Mobile').fill(MOBILE);
  await field(clerk, 'Mobile').press('Enter');

  const entered = clerk.getByRole('article', { name: 'Visit taken by 李娜' });
  await expect(entered).toContainText('李娜 took the visit or call');
  await expect(field(clerk, 'Name')).toBeHidden();
  await picture(clerk, 'register');
  await entered.getByRole('button', { name: 'Give to 李娜' }).click();
  await expect(entered).toContainText('Proposal accepted');

  const owner = await as('li.na');
  await owner.goto(`${REGISTER}?tab=leads`);
  const leads = owner.getByRole('grid', { name: 'My leads' });
  await expect(leads.getByRole('row').filter({ hasText: '太史**' })).toContainText('not filed yet');
});

test('a head hands out in turn what is in the pool, and sees what nobody followed up', async ({
  as,
}) => {
  const head = await as('wang.fang');
  await head.goto(`${REGISTER}?tab=pool`);
  const pool = head.getByRole('grid', { name: 'Pool' });
  const lapsed = pool.getByRole('row').filter({ hasText: 'Not followed up' });
  await expect(lapsed).toHaveCount(1);
  await expect(lapsed).toContainText('夏侯**');
  await picture(head, 'register-pool');
  const before = await pool.getByRole('row').count();
  await lapsed.getByRole('checkbox').click();
  await head.getByRole('button', { name: 'Hand out 1 in turn' }).click();
  await expect(notification(head)).toContainText('1 customer was handed out.');
  await expect(pool.getByRole('row')).toHaveCount(before - 1);
  await expect(lapsed).toHaveCount(0);
});

test('who is on file is told by number and department alone; a claim is decided by the superior', async ({
  as,
}) => {
  const reason = '客户来电指定由我跟进。';
  const colleague = await as('zhou.wei', 'zh-Hans');
  await colleague.goto(REGISTER);
  await choose(colleague, '方式', '来电');
  await colleague.getByRole('checkbox', { name: '来访者留下了姓名和手机' }).click();
  await field(colleague, '姓名').fill('澹台静');
  await field(colleague, '手机').fill(mobileNumber(951));
  await field(colleague, '行业').fill('制造业');
  await field(colleague, '行业').press('Enter');
  const entered = colleague.getByRole('article', { name: /周伟/ });
  await expect(entered).toContainText('Sales East');
  await expect(entered).not.toContainText('澹台');
  await expect(entered).not.toContainText('李娜');
  await picture(colleague, 'register-known.zh');
  await entered.getByRole('button', { name: '主张归属' }).click();
  const dialog = colleague.getByRole('dialog');
  await dialog.getByRole('textbox').fill(reason);
  await dialog.getByRole('button', { name: '主张归属' }).click();
  await colleague.getByRole('tab', { name: '归属争议' }).click();
  const claim = colleague.getByRole('article').filter({ hasText: reason });
  await expect(claim).toContainText('徐洁');

  const superior = await as('xu.jie');
  await superior.goto(governance('approvals'));
  const waiting = superior.getByRole('article').filter({ hasText: reason });
  await expect(waiting).toContainText('李娜');
  await waiting.getByRole('button', { name: /^Approve/ }).click();
  await superior
    .getByRole('dialog', { name: 'Approve this step' })
    .getByRole('button', { name: 'Approve' })
    .click();
  await expect(waiting).toBeHidden();

  await colleague.goto(`${REGISTER}?tab=leads`);
  await expect(
    colleague.getByRole('grid').getByRole('row').filter({ hasText: '澹台*' })
  ).toHaveCount(1);
});
