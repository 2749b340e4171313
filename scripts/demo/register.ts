import { eachOf, type Demo } from './context';
import { before } from './days';
import { mobileNumber } from './numbers';
import { emailOf, type Organisation, type PersonKey } from './people';
import type { Plans } from './plans';
import { documentIdOf } from './random';
import { asSeed, asUser, serviceOf } from './services';
import { filingNumberOf } from './stories';

interface Visit {
  hoursAgo: number;
  kind: 'visit' | 'call' | 'online';
  staff: PersonKey;
  interest: string;
  outcome: string | null;
  nextStep: string | null;
  /** What was left of the visitor; nothing where they only asked. */
  details: Record<string, string> | null;
  /** Hours ago that the proposed owner took the customer. */
  accepted?: number;
}

const person = (name: string, industry: string) => ({ kind: 'person', name, industry });

/** Visits and calls of the last weeks, as 吴婷 has written them down at the counter. */
const VISITS: readonly Visit[] = [
  // Nobody followed up in time.
  {
    hoursAgo: 500,
    kind: 'visit',
    staff: 'li.na',
    interest: '了解产品，暂无采购计划',
    outcome: '已介绍产品系列',
    nextStep: '两周内回访',
    details: person('夏侯文渊', '教育'),
    accepted: 480,
  },
  {
    hoursAgo: 76,
    kind: 'visit',
    staff: 'li.na',
    interest: '计划更换供应商，需要报价',
    outcome: '已带看样品间',
    nextStep: '本周内寄送报价单',
    details: person('澹台静', '制造业'),
    accepted: 70,
  },
  {
    hoursAgo: 52,
    kind: 'visit',
    staff: 'li.na',
    interest: '参观样品间，了解交货周期',
    outcome: '已带看，留下资料',
    nextStep: '寄送报价单',
    details: person('诸葛思远', '制造业'),
  },
  {
    hoursAgo: 47,
    kind: 'call',
    staff: 'li.na',
    interest: '询问售后服务范围',
    outcome: '已答复',
    nextStep: null,
    details: null,
  },
  {
    hoursAgo: 29,
    kind: 'call',
    staff: 'li.na',
    interest: '希望比较两种方案的价格',
    outcome: null,
    nextStep: '回电说明方案',
    details: person('司徒明远', '批发和零售业'),
  },
  {
    hoursAgo: 5,
    kind: 'visit',
    staff: 'wu.ting',
    interest: '索取产品手册',
    outcome: '已给手册，未留联系方式',
    nextStep: null,
    details: null,
  },
];
const MOBILES_FROM = 950;

/** 李娜's, and 周伟 has known them for years. */
const DISPUTED = documentIdOf('customer', filingNumberOf(32));

/**
 * Writes visits and calls into the register. Of two of them the owner is still to be decided, one has been with 李娜 since, one
 * is back in the pool, and one customer is claimed by a colleague.
 */
export async function registerVisits(
  demo: Demo,
  { staff }: Organisation,
  { plans }: Plans
): Promise<void> {
  const { strapi, now } = demo;
  const { visits, leads, disputes } = serviceOf(strapi, 'register');
  await asUser(strapi, emailOf('wu.ting'), async () => {
    const clerk = await serviceOf(strapi, 'organisation').requireStaff();
    await eachOf(demo, 'Visits', [...VISITS.entries()], async ([index, visit]) => {
      const { hoursAgo, details, accepted, ...entry } = visit;
      const at = before(now, 0, hoursAgo);
      const left = details && {
        ...details,
        mobile: mobileNumber(MOBILES_FROM + index),
        plan: plans.general,
      };
      const written = {
        ...entry,
        at,
        staff: staff[visit.staff].documentId,
        region: null,
        source: 'sales',
        nextOn: null,
        ...(left && { details: left }),
      };
      const row = await visits.register(written, clerk, null, written, at);
      if (accepted === undefined) return;
      await visits.settle(row, { decision: 'accept' }, before(now, 0, accepted));
    });
  });
  await asSeed(strapi, () => leads.lapse(now));
  await asUser(strapi, emailOf('zhou.wei'), async () => {
    const claimant = await serviceOf(strapi, 'organisation').requireStaff();
    await disputes.raise(
      DISPUTED,
      '该客户三年前即由我接待，近期来电仍直接联系我，请求由我继续跟进。',
      claimant,
      before(now, 0, 3)
    );
  });
}
