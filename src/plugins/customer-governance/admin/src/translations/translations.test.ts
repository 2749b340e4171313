import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { createIntl } from 'react-intl';

import {
  ACTION_GROUPS,
  ACTOR_KINDS,
  ALERT_SEVERITIES,
  ALERT_STATES,
  ANOMALY_KINDS,
  APPROVER_ROLES,
  ATTACHMENT_STATES,
  AUDIT_ACTIONS,
  AUDIT_KINDS,
  BACKUP_FAILURES,
  BACKUP_KINDS,
  BACKUP_STATES,
  BACKUP_STEPS,
  BASES,
  CATEGORIES,
  CHANGE_STATES,
  CHANNELS,
  CHAPTERS,
  CONDITIONS,
  CONSENT_SCOPES,
  CONSENT_STATES,
  CONTACT_CHANNELS,
  CUSTOMER_STAGES,
  DESTROYED_RECORDS,
  CUSTOMER_CLASSES,
  DETAIL_VALUES,
  DETAILS,
  DUPLICATE_KEYS,
  EVIDENCE_KINDS,
  FACT_STATES,
  FILING_STATES,
  FINDING_STATES,
  GRANT_STATES,
  GUARDIAN_RELATIONSHIPS,
  IMPORT_STATES,
  INTERNAL_AUDIT_STATES,
  KINDS,
  ITEM_STATES,
  LEVELS,
  MEDIA,
  MERGE_STATES,
  METHODS,
  NOTICE_STATES,
  NOTIFICATION_EVENTS,
  ORDER_STATES,
  DISPUTE_STATES,
  OUTCOMES,
  OWNERSHIP_RULES,
  SETTLEMENTS,
  VISIT_KINDS,
  PLACES,
  REQUEST_STATES,
  RETENTION_EVENTS,
  RETENTION_STANDINGS,
  ROW_STATES,
  SAMPLE_STATES,
  SEVERITIES,
  STEP_STATES,
  SYSTEM_ACTORS,
  VERIFICATION_METHODS,
  VERIFICATION_OUTCOMES,
} from '../api/vocabulary';
import en from './en.json';
import zhHans from './zh-Hans.json';

type Messages = Record<string, string>;

const PREFIX = 'customer-governance.';
const SOURCE = join(__dirname, '..');

const languages: [string, Messages][] = [
  ['en', en],
  ['zh-Hans', zhHans],
];

const sourceFiles = (): string[] =>
  readdirSync(SOURCE, { recursive: true, encoding: 'utf8' })
    .filter((path) => /\.tsx?$/.test(path) && !/\.test\.tsx?$/.test(path))
    .map((path) => readFileSync(join(SOURCE, path), 'utf8'));

/** Ids of messages written out in the code: the arguments of `t` and `messageId`, and what forms keep for `t`. */
const writtenIds = (source: string): string[] => [
  ...[...source.matchAll(/\b(?:t|messageId)\(\s*'([^']+)'/g)].map(([, id]) => id),
  ...[...source.matchAll(/'((?:error|purpose)\.[A-Za-z]+)'/g)].map(([, id]) => id),
  ...[...source.matchAll(/\?\s*'([a-z]+\.[A-Za-z]+)'\s*:\s*'([a-z]+\.[A-Za-z]+)'/g)].flatMap(
    ([, one, other]) => [one, other]
  ),
];

/** Ids composed in the code, with a pattern in the place of what is filled in. */
const composedIds = (source: string): RegExp[] =>
  [...source.matchAll(/\b(?:t|messageId)\(\s*`([^`]+)`/g)].map(
    ([, id]) =>
      new RegExp(
        `^${id
          .split(/\$\{[^}]*\}/)
          .map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
          .join('[A-Za-z0-9-]+')}$`
      )
  );

const vocabularies: Record<string, readonly string[]> = {
  condition: CONDITIONS,
  action: AUDIT_ACTIONS,
  actor: ACTOR_KINDS,
  alertSeverity: ALERT_SEVERITIES,
  alertState: ALERT_STATES,
  anomaly: ANOMALY_KINDS,
  auditKind: AUDIT_KINDS,
  backupFailure: BACKUP_FAILURES,
  backupKind: BACKUP_KINDS,
  backupStep: BACKUP_STEPS,
  basis: BASES,
  channel: CHANNELS,
  contact: CONTACT_CHANNELS,
  relationship: GUARDIAN_RELATIONSHIPS,
  category: CATEGORIES,
  chapter: CHAPTERS,
  detail: DETAILS,
  group: ACTION_GROUPS,
  detailValue: DETAIL_VALUES,
  evidence: EVIDENCE_KINDS,
  kind: KINDS,
  level: LEVELS,
  itemState: ITEM_STATES,
  medium: MEDIA,
  method: METHODS,
  place: PLACES,
  record: DESTROYED_RECORDS,
  'notifications.event': NOTIFICATION_EVENTS,
  'retention.class': CUSTOMER_CLASSES,
  'retention.event': RETENTION_EVENTS,
  'retention.standing': RETENTION_STANDINGS,
  role: APPROVER_ROLES,
  ownershipRule: OWNERSHIP_RULES,
  rowState: ROW_STATES,
  scope: CONSENT_SCOPES,
  settlement: SETTLEMENTS.filter((code) => code !== 'none'),
  visitKind: VISIT_KINDS,
  severity: SEVERITIES,
  stage: CUSTOMER_STAGES,
  system: SYSTEM_ACTORS,
  duplicateKey: DUPLICATE_KEYS,
  verificationMethod: VERIFICATION_METHODS,
  verificationOutcome: VERIFICATION_OUTCOMES,
  state: [
    ...REQUEST_STATES,
    ...CHANGE_STATES,
    ...ATTACHMENT_STATES,
    ...STEP_STATES,
    ...GRANT_STATES,
    ...ORDER_STATES,
    ...IMPORT_STATES,
    ...INTERNAL_AUDIT_STATES,
    ...FINDING_STATES,
    ...FILING_STATES,
    ...CONSENT_STATES,
    ...NOTICE_STATES,
    ...DISPUTE_STATES,
    ...BACKUP_STATES,
    ...FACT_STATES,
    ...MERGE_STATES,
    ...SAMPLE_STATES,
    ...OUTCOMES,
    'overdue',
    'due-soon',
    'escalated',
    'repeated',
  ],
};

/** `{count}`, `{count, plural, …}`: what a message is filled with. A brace after `one` or `other` opens a text instead. */
const PLACEHOLDER = /(?<!\b(?:zero|one|two|few|many|other|=\d+)\s+)\{\s*(\w+)\s*[,}]/g;

const placeholders = (message: string): string[] =>
  [...new Set([...message.matchAll(PLACEHOLDER)].map(([, name]) => name))].sort();

const own = (messages: Messages): string[] =>
  Object.keys(messages)
    .filter((id) => id.startsWith(PREFIX))
    .map((id) => id.slice(PREFIX.length));

describe('the translations', () => {
  // Of two that have one key the later would win, in silence.
  it.each(['en.json', 'zh-Hans.json'])('say each thing once in %s', (file) => {
    const keys = [...readFileSync(join(__dirname, file), 'utf8').matchAll(/^ {2}"([^"]+)":/gm)];
    const names = keys.map(([, name]) => name);
    expect(names.filter((name, at) => names.indexOf(name) !== at)).toEqual([]);
    expect(names.length).toBeGreaterThan(100);
  });

  it('have the same ids in every language', () => {
    expect(Object.keys(zhHans).sort()).toEqual(Object.keys(en).sort());
  });

  it.each(languages)('leave no message empty in %s', (_language, messages) => {
    const empty = Object.entries(messages).filter(([, message]) => message.trim() === '');
    expect(empty).toEqual([]);
  });

  it('fill every message with the same values in every language', () => {
    const differing = Object.entries(en as Messages)
      .filter(([id, message]) => {
        const other = (zhHans as Messages)[id] ?? '';
        return placeholders(message).join() !== placeholders(other).join();
      })
      .map(([id]) => id);
    expect(differing).toEqual([]);
  });

  it.each(languages)('can be formatted in %s', (locale, messages) => {
    const errors: string[] = [];
    const intl = createIntl({ locale, messages, onError: ({ message }) => errors.push(message) });
    const formatted = Object.entries(messages).map(([id, message]) =>
      intl.formatMessage({ id }, Object.fromEntries(placeholders(message).map((name) => [name, 2])))
    );
    expect(errors).toEqual([]);
    expect(formatted.filter((text) => /[{}]/.test(text))).toEqual([]);
  });

  it('keep to the prefix of the plugin, but for types, attributes and choices that the Content Manager shows', () => {
    const foreign = Object.keys(en).filter(
      (id) =>
        !id.startsWith(PREFIX) &&
        !id.startsWith('content-manager.content-types.plugin::customer-governance.') &&
        // “Legal hold”, `marketing-event`: the Content Manager looks these up as they stand.
        !/^[A-Z][a-z]+( [a-z]+)*$/.test(id) &&
        !/^[a-z]+(-[a-z]+)*$/.test(id)
    );
    expect(foreign).toEqual([]);
  });

  it('have every id that is written out in the code', () => {
    const known = new Set(own(en));
    const missing = sourceFiles()
      .flatMap(writtenIds)
      .filter((id) => !known.has(id));
    expect(missing).toEqual([]);
  });

  it('have at least one id for each that is composed in the code', () => {
    const known = own(en);
    const missing = sourceFiles()
      .flatMap(composedIds)
      .filter((pattern) => !known.some((id) => pattern.test(id)));
    expect(missing).toEqual([]);
  });

  it.each(Object.entries(vocabularies))('know every %s of the server', (vocabulary, codes) => {
    const known = new Set(own(en));
    expect(codes.filter((code) => !known.has(`${vocabulary}.${code}`))).toEqual([]);
  });

  it('hold nothing that the code does not use', () => {
    const sources = sourceFiles();
    const written = new Set(sources.flatMap(writtenIds));
    const composed = sources.flatMap(composedIds);
    const termed = new Set(
      Object.entries(vocabularies).flatMap(([name, codes]) =>
        codes.map((code) => `${name}.${code}`)
      )
    );
    const unused = own(en).filter(
      (id) => !written.has(id) && !termed.has(id) && !composed.some((pattern) => pattern.test(id))
    );
    expect(unused).toEqual([]);
  });
});
