import type { GovernanceEvent } from './events';

export type MailLanguage = 'en' | 'zh';

/** What a mail may say: how many decisions wait, how often each event occurred, and where to look. */
export interface MailContent {
  language: MailLanguage;
  waiting: number;
  events: ReadonlyArray<{ event: GovernanceEvent; count: number }>;
  link: string;
}

type Words = Record<GovernanceEvent, string> & {
  subject(waiting: number): string;
  waiting(waiting: number): string;
  news: string;
  line(what: string, count: number): string;
  link: string;
};

const WORDS: Record<MailLanguage, Words> = {
  en: {
    subject: (waiting) =>
      waiting === 0
        ? 'Customer governance: news'
        : `Customer governance: decisions that wait for you: ${waiting}`,
    waiting: (waiting) => `Decisions that wait for you now: ${waiting}`,
    news: 'Since the last mail:',
    line: (what, count) => `- ${what}: ${count}`,
    link: 'Open the notifications:',
    submitted: 'Requests submitted',
    'step-pending': 'New requests for your decision',
    reminder: 'Reminders of decisions that are due soon',
    escalated: 'Overdue requests that were put before you',
    approved: 'Your requests that were approved',
    rejected: 'Your requests that were rejected',
    returned: 'Your requests that were sent back to be changed',
    withdrawn: 'Requests taken back',
    expired: 'Your requests that expired',
    'grant-revoked': 'Grants of yours that were revoked',
    'grant-suspended': 'Grants of yours that were suspended',
    'grant-resumed': 'Grants of yours that were resumed',
    'grant-ended': 'Grants of yours that ended',
    'audit-proposed': 'Internal audits proposed',
    'finding-opened': 'New audit findings for you to remediate',
    'finding-due': 'Audit findings that are due soon',
    'finding-overdue': 'Audit findings that are overdue',
    'finding-remediated': 'Remediated audit findings that wait for a re-check',
    'finding-reopened': 'Audit findings whose re-check failed',
    'anomaly-raised': 'New alerts of anomalies',
    'anomaly-report': 'Weekly reports of anomalies',
    'hold-review': 'Legal holds whose review date has come',
    'destruction-overdue': 'Warnings that a destruction is overdue',
    'plan-ended': 'Collection plans that have ended',
    'notice-changed': 'Notices that have changed, so that customers have to be asked again',
    'filing-returned': 'Customers that the reviewer returned to be corrected',
    'verification-due': 'Notices that facts of your customers are to be verified',
    'order-review': 'Destruction orders to be reviewed',
    'order-supervision': 'Destruction orders that wait for a second person',
    'task-assigned': 'New tasks of destruction for you',
    'task-reminder': 'Tasks of destruction that are not confirmed yet',
    'key-epoch-overdue': 'Key epochs that could not be ended',
    'backup-failed': 'Backups or drills that failed',
    'backup-overdue': 'Warnings that the backup is overdue',
    'drill-overdue': 'Warnings that a drill of a restore is overdue',
  },
  zh: {
    subject: (waiting) =>
      waiting === 0 ? '客户信息治理：新消息' : `客户信息治理：${waiting} 项待您审批`,
    waiting: (waiting) => `目前待您审批：${waiting} 项`,
    news: '自上次邮件以来：',
    line: (what, count) => `- ${what}：${count} 项`,
    link: '打开消息列表：',
    submitted: '已提交的申请',
    'step-pending': '新的待审批申请',
    reminder: '即将到期的审批提醒',
    escalated: '逾期后转交您审批的申请',
    approved: '您的申请已获批准',
    rejected: '您的申请被驳回',
    returned: '您的申请被退回修改',
    withdrawn: '已撤回的申请',
    expired: '您的申请已过期',
    'grant-revoked': '您的授权已被撤销',
    'grant-suspended': '您的授权已被暂停',
    'grant-resumed': '您的授权已恢复',
    'grant-ended': '您的授权已结束',
    'audit-proposed': '系统提议的审计项目',
    'finding-opened': '新的待整改审计发现',
    'finding-due': '即将到期的审计发现',
    'finding-overdue': '逾期未整改的审计发现',
    'finding-remediated': '已整改、待复查的审计发现',
    'finding-reopened': '复查未通过的审计发现',
    'anomaly-raised': '新的异常告警',
    'anomaly-report': '异常周报',
    'hold-review': '复核日期已到的法律保留',
    'destruction-overdue': '销毁逾期提醒',
    'plan-ended': '已到期关闭的采集计划',
    'notice-changed': '已更新、需重新征求客户同意的告知书',
    'filing-returned': '审核退回、待补正的客户',
    'verification-due': '客户关键信息待核实通知',
    'order-review': '待复核的销毁单',
    'order-supervision': '等待监销人确认的销毁单',
    'task-assigned': '新的人工销毁任务',
    'task-reminder': '尚未确认的人工销毁任务',
    'key-epoch-overdue': '未能按期结束的密钥纪元',
    'backup-failed': '失败的备份或恢复演练',
    'backup-overdue': '备份逾期提醒',
    'drill-overdue': '恢复演练逾期提醒',
  },
};

/** Subject and text of a mail. Numbers, words of this file and the link; nothing of any request. */
export function mailText({ language, waiting, events, link }: MailContent) {
  const words = WORDS[language];
  return {
    subject: words.subject(waiting),
    text: [
      words.waiting(waiting),
      '',
      words.news,
      ...events.map(({ event, count }) => words.line(words[event], count)),
      '',
      words.link,
      link,
      '',
    ].join('\n'),
  };
}

/** The language of a mail by the one that the panel has for the person; English for whoever never chose. */
export const mailLanguage = (preferred: string | null | undefined): MailLanguage =>
  preferred?.toLowerCase().startsWith('zh') ? 'zh' : 'en';
