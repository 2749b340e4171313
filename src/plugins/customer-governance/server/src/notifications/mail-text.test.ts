import { EVENTS, webhookEvents, type GovernanceEvent } from './events';
import { mailLanguage, mailText } from './mail-text';

const link = 'https://crm.example/admin/plugins/customer-governance/notifications';

it('a mail says how many decisions wait, what happened, and where to look', () => {
  const events = [
    { event: 'step-pending', count: 2 },
    { event: 'approved', count: 1 },
  ] as const;
  expect(mailText({ language: 'zh', waiting: 3, events, link })).toEqual({
    subject: '客户信息治理：3 项待您审批',
    text: [
      '目前待您审批：3 项',
      '',
      '自上次邮件以来：',
      '- 新的待审批申请：2 项',
      '- 您的申请已获批准：1 项',
      '',
      '打开消息列表：',
      link,
      '',
    ].join('\n'),
  });
});

it('the subject of a mail does not speak of decisions where none waits', () => {
  const { subject } = mailText({ language: 'en', waiting: 0, events: [], link });
  expect(subject).toBe('Customer governance: news');
});

it.each(['en', 'zh'] as const)('every event has its words in %s', (language) => {
  const events = (Object.keys(EVENTS) as GovernanceEvent[]).map((event) => ({
    event,
    count: 1,
  }));
  const { text } = mailText({ language, waiting: 0, events, link });
  expect(text).not.toContain('undefined');
});

it.each([
  ['zh-Hans', 'zh'],
  ['zh', 'zh'],
  ['en', 'en'],
  ['de', 'en'],
  ['', 'en'],
  [null, 'en'],
])('a mail to somebody whose panel is in %j is in %s', (preferred, language) => {
  expect(mailLanguage(preferred)).toBe(language);
});

it('webhooks list every event once, each under a key of its own', () => {
  const listed = webhookEvents();
  expect(listed).toContainEqual([
    'GOVERNANCE_REQUEST_STEP_PENDING',
    'governance.request.step-pending',
  ]);
  expect(new Map(listed).size).toBe(Object.keys(EVENTS).length);
});
