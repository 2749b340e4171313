import { eachOf, type Demo } from './context';
import { before } from './days';
import { mobileNumber } from './numbers';
import { emailOf, type Organisation, type PersonKey } from './people';
import type { Plans } from './plans';
import { asUser, serviceOf } from './services';

interface Visit {
  hoursAgo: number;
  kind: 'visit' | 'call' | 'online';
  staff: PersonKey;
  interest: string;
  outcome: string | null;
  nextStep: string | null;
  /** What was left of the visitor; nothing where they only asked. */
  details: Record<string, string> | null;
}

const person = (name: string, industry: string) => ({ kind: 'person', name, industry });

/** Visits and calls of this week, as 吴婷 has written them down at the counter. */
const VISITS: readonly Visit[] = [
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

/** Writes visits and calls into the register; of two of them the owner is still to be decided. */
export async function registerVisits(
  demo: Demo,
  { staff }: Organisation,
  { plans }: Plans
): Promise<void> {
  const { strapi, now } = demo;
  const { visits } = serviceOf(strapi, 'register');
  await asUser(strapi, emailOf('wu.ting'), async () => {
    const clerk = await serviceOf(strapi, 'organisation').requireStaff();
    await eachOf(demo, 'Visits', [...VISITS.entries()], async ([index, visit]) => {
      const { hoursAgo, details, ...entry } = visit;
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
      await visits.register(written, clerk, null, written, at);
    });
  });
}
