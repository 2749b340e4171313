import { documentsOf, eachOf, type Demo, type Row } from './context';
import { before } from './days';
import { mobileNumber } from './numbers';
import { emailOf, type Organisation, type PersonKey } from './people';
import type { Plans } from './plans';
import type { Portrait } from './portrait';
import { documentIdOf } from './random';
import { asSeed, asUser, serviceOf } from './services';
import { CUSTOMER, GROUP } from './uids';

const CHECKED = { complete: true, accurate: true, compliant: true };

/** Has the customers reviewed and filed in their order, so that each gets the number that its outline has. */
export async function fileCustomers(
  demo: Demo,
  entries: readonly Portrait[],
  { staff }: Organisation
): Promise<void> {
  const filing = serviceOf(demo.strapi, 'filing');
  const reviewer = staff['chen.jing'];
  await asSeed(demo.strapi, () =>
    eachOf(demo, 'Filing', entries, async ({ outline, enteredAt }) => {
      const { documentId, filingNumber } = outline;
      await filing.submit([documentId], null, before(enteredAt, 0, -1));
      const decision = { decision: 'file', checklist: CHECKED } as const;
      const filed = await filing.decide(documentId, decision, reviewer, before(enteredAt, 0, -3));
      if (filed.filingNumber !== filingNumber) {
        throw new Error(`Customer ${filingNumber} was filed as ${filed.filingNumber}.`);
      }
    })
  );
}

type Way = 'entered' | 'in-review' | 'returned';

interface Unfiled {
  key: string;
  way: Way;
  owner: PersonKey;
  data: Record<string, unknown>;
}

const company = (companyName: string, name: string, industry: string) => ({
  kind: 'company',
  companyName,
  name,
  industry,
});
const person = (name: string, industry: string) => ({ kind: 'person', name, industry });

/** Customers on their way into the files, as 吴婷 has entered them for the sales representatives. */
const UNFILED: readonly Unfiled[] = [
  {
    key: 'review-1',
    way: 'in-review',
    owner: 'li.na',
    data: company('上海示例精密仪器有限公司', '方晓峰', '制造业'),
  },
  {
    key: 'review-2',
    way: 'in-review',
    owner: 'li.na',
    data: company('苏州示例新材料有限公司', '钱立群', '制造业'),
  },
  { key: 'review-3', way: 'in-review', owner: 'li.na', data: person('慕容秋水', '批发和零售业') },
  {
    key: 'returned-1',
    way: 'returned',
    owner: 'li.na',
    data: company('杭州示例物流有限公司', '孔令辉', '交通运输、仓储和邮政业'),
  },
  { key: 'entered-1', way: 'entered', owner: 'li.na', data: person('公孙策', '教育') },
];
const MOBILES_FROM = 900;

/** Enters some customers of this week that are not filed yet: to be submitted, in review, and returned. */
export async function enterUnfiled(
  demo: Demo,
  { staff, departments }: Organisation,
  { plans }: Plans
): Promise<void> {
  const { strapi, now } = demo;
  const filing = serviceOf(strapi, 'filing');
  await asUser(strapi, emailOf('wu.ting'), () =>
    eachOf(demo, 'Unfiled customers', [...UNFILED.entries()], async ([index, one]) => {
      const { documentId } = await documentsOf(strapi, CUSTOMER).create({
        data: {
          ...one.data,
          documentId: documentIdOf('unfiled', one.key),
          mobile: mobileNumber(MOBILES_FROM + index),
          source: 'sales',
          method: 'direct',
          firstContactAt: before(now, 0, 20 - index).toISOString(),
          plan: plans.general,
          owner: staff[one.owner].documentId,
          department: departments.east.documentId,
        },
      });
      if (one.way !== 'entered') {
        await filing.submit([documentId], staff['wu.ting'], before(now, 0, 10 - index));
      }
    })
  );
  await asUser(strapi, emailOf('wang.fang'), async () => {
    for (const { key } of UNFILED.filter(({ way }) => way === 'returned')) {
      await filing.decide(
        documentIdOf('unfiled', key),
        {
          decision: 'return',
          checklist: { ...CHECKED, complete: false },
          reasons: '缺少办公地址与统一社会信用代码，请补充后再提交。',
        },
        staff['wang.fang'],
        before(now, 0, 2)
      );
    }
  });
}

const MEMBERS = 3;

/** Some companies of the demo that belong together. */
export async function createGroup({ strapi }: Demo, entries: readonly Portrait[]): Promise<void> {
  const members = entries
    .filter(({ kind, outline }) => kind === 'company' && outline.story === 'usual')
    .slice(0, MEMBERS);
  await asSeed(strapi, async () => {
    const group: Row = await documentsOf(strapi, GROUP).create({
      data: { documentId: documentIdOf('group', 'east'), name: '华东示例集团' },
    });
    for (const { outline } of members) {
      await documentsOf(strapi, CUSTOMER).update({
        documentId: outline.documentId,
        data: { group: group.documentId },
      });
    }
  });
}
