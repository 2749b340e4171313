import { documentsOf, type Demo } from './context';
import { dayBefore } from './days';
import { emailOf } from './people';
import { documentIdOf } from './random';
import { approveAs } from './requests';
import { asSeed, asUser, serviceOf } from './services';
import { demoCases } from './stories';
import { HOLD } from './uids';

/** Legal holds: of a customer whose time is over, of one whose hold is due for review, and of whoever fits a filter. */
export async function createHolds({ strapi, now, progress }: Demo): Promise<void> {
  const holds = [
    {
      scope: 'customer',
      customer: demoCases.held,
      reason: '合同纠纷仲裁进行中，证据须保留至裁决生效。',
      reviewOn: dayBefore(now, -90),
    },
    {
      scope: 'customer',
      customer: demoCases.reviewed,
      reason: '客户投诉调查尚未结案。',
      reviewOn: dayBefore(now, 3),
    },
    {
      scope: 'filter',
      filter: { $and: [{ kind: { $eq: 'person' } }, { keyCustomer: { $eq: true } }] },
      reason: '监管部门对重点个人客户的专项检查，资料一律不得销毁。',
      reviewOn: dayBefore(now, -30),
    },
  ];
  for (const [index, data] of holds.entries()) {
    const documentId = documentIdOf('legal-hold', String(index + 1));
    await asUser(strapi, emailOf('chen.jing'), () =>
      documentsOf(strapi, HOLD).create({ data: { documentId, ...data } })
    );
    progress('Legal holds', index + 1, holds.length);
  }
}

/** A destruction from proposal to certificate: proposed, approved, carried out and watched over by four people. */
export async function destroySome({ strapi, progress }: Demo): Promise<void> {
  const customers = demoCases.destroyed;
  const retention = serviceOf(strapi, 'retention');
  const me = () => serviceOf(strapi, 'organisation').requireStaff();
  const order = await asUser(strapi, emailOf('chen.jing'), async () =>
    retention.propose({ customers, reason: '合作关系已结束满三年，保存期限届满。' }, await me())
  );
  await asUser(strapi, emailOf('chen.jing'), async () =>
    retention.review.submit(order, await me())
  );
  await approveAs(strapi, 'liu.yang', order, '同意销毁。');
  await asUser(strapi, emailOf('sun.lei'), async () => retention.confirm(order, await me()));
  await asUser(strapi, emailOf('zheng.kai'), async () => retention.supervise(order, await me()));
  await asSeed(strapi, () => retention.run(order));
  progress('Destroyed customers', customers.length, customers.length);
}
