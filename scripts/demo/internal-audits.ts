import type { Demo } from './context';
import { before, dayBefore } from './days';
import { emailOf, type Organisation, type PersonKey } from './people';
import { asUser, serviceOf, type NewFinding } from './services';
import { AUDIT_ENTRY, CUSTOMER } from './uids';

const LEAD: PersonKey = 'zheng.kai';

/** What an audit is about; the rest of its plan is the same for both. */
interface Subject {
  kind: 'scheduled' | 'special';
  title: string;
  reason: string | null;
  chapters: string[];
  /** Days ago: the period, the day that it was planned for. */
  from: number;
  to: number;
  planned: number;
}

/** Internal audits: one with all that belongs to it up to its closure, and one under way with a finding that is overdue. */
export async function createInternalAudits(demo: Demo, { staff }: Organisation): Promise<void> {
  const { strapi, now, progress } = demo;
  const { audits, findings } = serviceOf(strapi, 'internal-audits');
  const lead = { id: staff[LEAD].id, manages: true };
  const as = <T>(who: PersonKey, work: () => Promise<T>) => asUser(strapi, emailOf(who), work);
  const asLead = <T>(work: () => Promise<T>) => as(LEAD, work);

  const begin = (subject: Subject): Promise<string> =>
    asLead(async () => {
      const documentId = await audits.plan(
        {
          kind: subject.kind,
          title: subject.title,
          reason: subject.reason,
          scope: { departments: ['east', 'west'], types: [CUSTOMER], chapters: subject.chapters },
          periodFrom: dayBefore(now, subject.from),
          periodTo: dayBefore(now, subject.to),
          plannedOn: dayBefore(now, subject.planned),
          lead: staff[LEAD].documentId,
          auditors: [staff['he.yun'].documentId],
        },
        lead,
        before(now, subject.planned + 14)
      );
      await audits.start(documentId, lead, before(now, subject.planned));
      return documentId;
    });
  const open = (
    audit: string,
    responsible: PersonKey,
    [opened, due]: [number, number],
    finding: Pick<NewFinding, 'severity' | 'chapter' | 'description'>
  ): Promise<string> =>
    asLead(() =>
      findings.open(
        audit,
        {
          ...finding,
          responsible: staff[responsible].documentId,
          dueOn: dayBefore(now, due),
        },
        lead,
        before(now, opened)
      )
    );
  const remediate = async (
    documentId: string,
    who: PersonKey,
    days: number,
    remediation: string
  ): Promise<void> => {
    const evidence = [{ kind: 'entry', reference: await anEntry(demo) }];
    await as(who, () =>
      findings.remediate(
        documentId,
        { remediation, evidence },
        { id: staff[who].id, manages: false },
        before(now, days)
      )
    );
  };
  const recheck = (documentId: string, days: number, passed: boolean, note: string) =>
    asLead(() => findings.recheck(documentId, { passed, note }, lead, before(now, days)));

  const first = await begin({
    kind: 'scheduled',
    title: '上半年客户信息使用与保护审计',
    reason: null,
    chapters: ['collection', 'use', 'protection'],
    from: 330,
    to: 150,
    planned: 120,
  });
  const consents = await open(first, 'wu.ting', [118, 112], {
    severity: 'major',
    chapter: 'collection',
    description: '抽查三十份客户档案，其中两份的同意书未注明告知书版本。',
  });
  const terms = await open(first, 'xu.jie', [118, 108], {
    severity: 'minor',
    chapter: 'use',
    description: '部分使用申请的理由过于笼统，无法判断使用目的是否必要。',
  });
  await asLead(() =>
    audits.report(
      first,
      lead,
      '制度总体执行到位，两项发现不影响客户信息安全，须在期限内整改并复查。',
      before(now, 116)
    )
  );
  await remediate(consents, 'wu.ting', 114, '已为两份同意书补注告知书版本。');
  await recheck(consents, 113, false, '其中一份所注版本与签署日期不符。');
  await remediate(consents, 'wu.ting', 112, '已按签署日期更正告知书版本，并由录入人员互查一遍。');
  await recheck(consents, 111, true, '两份档案均已核对无误。');
  await remediate(terms, 'xu.jie', 110, '已在部门例会上说明申请理由的填写要求。');
  await recheck(terms, 100, true, '抽查其后十份申请，理由均具体明确。');
  for (const finding of [consents, terms]) {
    await asLead(() => findings.close(finding, lead, before(now, 99)));
  }
  await asLead(() => audits.close(first, lead, before(now, 98)));

  const second = await begin({
    kind: 'special',
    title: '重点客户信息查看专项审计',
    reason: '近期重点客户信息的查看次数明显增多。',
    chapters: ['use', 'protection'],
    from: 60,
    to: 20,
    planned: 15,
  });
  await open(second, 'xu.jie', [14, 3], {
    severity: 'major',
    chapter: 'use',
    description: '两项使用授权在工作完成后仍未提前收回。',
  });
  await open(second, 'wu.ting', [2, -4], {
    severity: 'minor',
    chapter: 'protection',
    description: '离开工位时未锁定屏幕的情况仍有发生。',
  });
  progress('Internal audits', 2, 2);
}

/** The documentId of an entry of the log, as evidence. */
async function anEntry({ strapi }: Demo): Promise<string> {
  const [entry] = await strapi.db
    .query(AUDIT_ENTRY)
    .findMany({ select: ['documentId'], orderBy: { id: 'desc' }, limit: 1 });
  return entry.documentId;
}
