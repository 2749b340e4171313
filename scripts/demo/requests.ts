import type { Core } from '@strapi/strapi';
import type { Demo } from './context';
import { emailOf, type PersonKey } from './people';
import { asUser, serviceOf } from './services';
import { demoCases } from './stories';
import { CUSTOMER } from './uids';

const INBOX = 100;

/** Approves, as a person, the step of a request that waits for them. */
export function approveAs(
  strapi: Core.Strapi,
  person: PersonKey,
  subjectId: string,
  comment: string
): Promise<void> {
  return asUser(strapi, emailOf(person), async () => {
    const approvals = serviceOf(strapi, 'approvals');
    const staff = await serviceOf(strapi, 'organisation').requireStaff();
    const steps = await approvals.inbox(staff, 'pending', null, INBOX);
    const step = steps.find((candidate) => candidate.subjectId === subjectId);
    if (!step) throw new Error(`Nothing waits for ${person} that the demo could approve.`);
    await approvals.decide(step.id, 'approve', comment);
  });
}

const askForResidentId = (strapi: Core.Strapi, customer: string, reason: string) =>
  asUser(strapi, emailOf('li.na'), () =>
    serviceOf(strapi, 'requests').submit({
      type: CUSTOMER,
      records: [customer],
      purpose: 'identity-verification',
      attributes: ['residentId'],
      termDays: 14,
      reason,
    })
  );

/** A request of 李娜 that was approved and gave a grant, and one that waits for her head. */
export async function createRequests({ strapi, progress }: Demo): Promise<void> {
  const granted = await askForResidentId(
    strapi,
    demoCases.granted,
    '签约前需要核对客户身份证件，核对后不再使用。'
  );
  await approveAs(strapi, 'wang.fang', granted, '同意，仅用于本次签约。');
  await approveAs(strapi, 'liu.yang', granted, '同意。');
  await askForResidentId(strapi, demoCases.pending, '客户将于下周到访签约，需要核对身份证件。');
  progress('Access requests', 2, 2);
}

/** A change of a controlled attribute that 李娜's head has yet to approve: the company has a new name. */
export async function createChange({ strapi, progress }: Demo): Promise<void> {
  await asUser(strapi, emailOf('li.na'), async () => {
    const staff = await serviceOf(strapi, 'organisation').requireStaff();
    await serviceOf(strapi, 'changes').submit(
      {
        type: CUSTOMER,
        documentId: demoCases.renamed,
        values: { companyName: '上海瀛洲供应链管理有限公司' },
        reason: '客户已完成工商变更登记，营业执照副本已核对。',
      },
      staff
    );
  });
  progress('Change requests', 1, 1);
}
