import { documentsOf, type Demo, type Row } from './context';
import { dayBefore } from './days';
import type { Organisation, PersonKey } from './people';
import { documentIdOf } from './random';
import { PLAN, PURPOSE } from './uids';

export type PlanKey = 'general' | 'exhibition' | 'enquiries' | 'survey';

interface Purpose extends Row {
  code: string;
  attributes: string[];
}

interface Plan {
  title: string;
  code: string;
  goal: string;
  /** Codes of purposes of the policy. */
  purposes: string[];
  /** Left out: whatever one of the purposes justifies. */
  attributes?: string[];
  channels: string[];
  method: 'direct' | 'online';
  /** In days before and after now. */
  started: number;
  ends: number;
  responsible: PersonKey;
  notice: string;
  state: 'active' | 'draft';
}

const NOTICE =
  '我们收集您的信息用于以下目的：{goal} 仅收集所列项目，到期或您撤回同意后删除。' +
  '您可以随时查询、更正、撤回同意或拒绝，撤回不影响此前的处理。';

const PLANS: Record<PlanKey, Plan> = {
  general: {
    title: 'Customer relations',
    code: 'customer-relations',
    goal: '与客户订立并履行合同，提供服务与售后支持。',
    purposes: [
      ...['contract-performance', 'identity-verification', 'customer-service'],
      ...['after-sales', 'marketing'],
    ],
    channels: ['Sales visit', 'Telephone', 'Customer service', 'Partner'],
    method: 'direct',
    started: 3000,
    ends: 900,
    responsible: 'wang.fang',
    notice: 'GN-3.1',
    state: 'active',
  },
  exhibition: {
    title: 'Exhibition 2026',
    code: 'exhibition-2026',
    goal: '在展会上认识新客户，会后取得联系。',
    purposes: ['marketing'],
    attributes: ['name', 'mobile', 'companyName', 'industry'].map((name) => `customer.${name}`),
    channels: ['Exhibition stand'],
    method: 'direct',
    started: 120,
    ends: 90,
    responsible: 'li.na',
    notice: 'EX-2026.1',
    state: 'active',
  },
  enquiries: {
    title: 'Website enquiries',
    code: 'website-enquiries',
    goal: '答复客户通过网站提出的咨询。',
    purposes: ['customer-service', 'marketing'],
    attributes: [
      ...['name', 'mobile', 'companyName', 'industry', 'email', 'wechat', 'position'],
      ...['website', 'companySize', 'needs'],
    ].map((name) => `customer.${name}`),
    channels: ['Website form', 'Online chat'],
    method: 'online',
    started: 2000,
    ends: 400,
    responsible: 'zhou.wei',
    notice: 'WEB-2.0',
    state: 'active',
  },
  survey: {
    title: 'Satisfaction survey (draft)',
    code: 'satisfaction-survey',
    goal: '了解客户对服务的满意度。',
    purposes: ['customer-service'],
    attributes: ['name', 'mobile', 'companyName', 'email'].map((name) => `customer.${name}`),
    channels: ['E-mail'],
    method: 'online',
    started: -30,
    ends: 120,
    responsible: 'chen.jing',
    notice: 'SV-0.1',
    state: 'draft',
  },
};

/** The customer attributes that a plan asks for; `null` for all. */
export const collectedBy = (plan: PlanKey): ReadonlySet<string> | null => {
  const { attributes } = PLANS[plan];
  return attributes ? new Set(attributes.map((path) => path.replace('customer.', ''))) : null;
};

/** The version of the notice that customers of a plan are shown. */
export const noticeOf = (plan: PlanKey): string => PLANS[plan].notice;

export interface Plans {
  /** DocumentIds of the plans. */
  plans: Record<PlanKey, string>;
  /** DocumentIds of the policy's purposes by code. */
  purposes: ReadonlyMap<string, string>;
}

/** Creates the collection plans from the purposes of the policy. */
export async function createPlans(
  demo: Demo,
  { staff }: Organisation,
  notices: Partial<Record<PlanKey, string>>
): Promise<Plans> {
  const { strapi, now } = demo;
  const rows = (await strapi.db.query(PURPOSE).findMany({})) as Purpose[];
  const purposes = new Map(rows.map((row) => [row.code, row]));
  const plans = {} as Plans['plans'];
  for (const [key, plan] of Object.entries(PLANS) as Array<[PlanKey, Plan]>) {
    const served = plan.purposes.map((code) => {
      const purpose = purposes.get(code);
      if (!purpose) throw new Error(`The demo needs the purpose "${code}" of the presets.`);
      return purpose;
    });
    const justified = [...new Set(served.flatMap(({ attributes }) => attributes))];
    const { documentId } = await documentsOf(strapi, PLAN).create({
      data: {
        documentId: documentIdOf('collection-plan', key),
        title: plan.title,
        code: plan.code,
        goal: plan.goal,
        purposes: served.map((purpose) => purpose.documentId),
        attributes: plan.attributes ?? justified,
        channels: plan.channels,
        method: plan.method,
        startsOn: dayBefore(now, plan.started),
        endsOn: dayBefore(now, -plan.ends),
        responsible: staff[plan.responsible].documentId,
        ...(notices[key]
          ? { notice: notices[key] }
          : { noticeVersion: plan.notice, noticeText: NOTICE.replace('{goal}', plan.goal) }),
      },
    });
    // Approved long before the demo begins.
    if (plan.state === 'active') {
      const activatedAt = dayBefore(now, Math.max(plan.started, 1));
      await strapi.db.query(PLAN).update({
        where: { documentId },
        data: { state: 'active', activatedAt: new Date(activatedAt) },
      });
    }
    plans[key] = documentId;
  }
  const count = Object.keys(plans).length;
  demo.progress('Collection plans', count, count);
  return { plans, purposes: new Map(rows.map(({ code, documentId }) => [code, documentId])) };
}
