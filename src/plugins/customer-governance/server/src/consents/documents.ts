import type { Core } from '@strapi/strapi';
import { isEmpty } from '../customers/entry/attribute';
import { entryOf, type Entry } from '../customers/entry/entry';
import { CUSTOMER } from '../policy/attribute-path';
import { currentOperation } from '../operation';
import { CONSENT } from './consents';
import { NOTICE, type NoticeRow } from './notices/notices';
import { changedConsentFindings, newConsentFindings } from './rules';
import { forbidden } from '../refusal';

const forbid = (message: string): never => {
  throw forbidden(message);
};

const WITHDRAWN =
  'A withdrawn consent cannot be changed or given again. If the customer agrees anew, record another consent.';
const EVIDENCE_STAYS =
  'A consent cannot be deleted: it is the evidence of what was agreed to. Withdraw it instead; it goes with its customer.';

/** Consents are entered once, withdrawn once, and otherwise stay as they are [COL-4]. */
export function addConsentRules(strapi: Core.Strapi, clock: () => Date = () => new Date()): void {
  entryOf(strapi).addRule(CONSENT, async (entry) => {
    const { action, attributes, data, stored, report } = entry;
    const now = clock();
    if (action === 'create') {
      const notice = await shownNotice(strapi, entry);
      if (notice) noteNotice(entry, notice, now);
      for (const { attribute, reason } of newConsentFindings(data, now)) report(attribute, reason);
      if (notice) data.noticeHash = notice.textHash;
      if (isEmpty(data.givenAt)) data.givenAt = now.toISOString();
      return;
    }
    if (stored?.state === 'withdrawn') forbid(WITHDRAWN);
    const findings = changedConsentFindings(attributes, data, stored ?? {});
    for (const { attribute, reason } of findings) report(attribute, reason);
    // A form sends the state back: should the consent be withdrawn meanwhile, that must not give it again.
    delete data.state;
    delete data.withdrawnAt;
  });
}

/**
 * The notice that was shown: the one that is named, or of the notice that the customer's plan points to, the version that is
 * named. `null` where only a version is known.
 */
async function shownNotice(strapi: Core.Strapi, entry: Entry): Promise<NoticeRow | null> {
  const { data, related } = entry;
  const query = strapi.db.query(NOTICE);
  const named = related.notice?.[0];
  if (named) return query.findOne({ where: { id: named.id } });
  const customer = related.customer?.[0];
  if (!customer || typeof data.noticeVersion !== 'string' || isEmpty(data.noticeVersion)) {
    return null;
  }
  const row = await strapi.db.query(CUSTOMER).findOne({
    select: ['id'],
    where: { id: customer.id },
    populate: { plan: { select: ['id'], populate: { notice: { select: ['code'] } } } },
  });
  const code = row?.plan?.notice?.code as string | undefined;
  if (!code) return null;
  return query.findOne({
    where: { code, version: data.noticeVersion, state: { $ne: 'draft' } },
  });
}

/** Puts version and hash of the notice on the consent, as long as it can have been shown then. */
function noteNotice({ data, report }: Entry, notice: NoticeRow, now: Date): void {
  if (notice.state === 'draft') {
    report('notice', 'is a draft, which nobody was shown. Choose a published version');
    return;
  }
  if (!isEmpty(data.noticeVersion) && data.noticeVersion !== notice.version) {
    report('noticeVersion', 'is not the version of the chosen notice. Leave it out');
  }
  const givenAt = isEmpty(data.givenAt) ? now : new Date(data.givenAt as string);
  if (data.state !== 'refused' && notice.reliedUntil && givenAt >= new Date(notice.reliedUntil)) {
    report('notice', 'was replaced before. Show the current version and record that consent');
  }
  data.notice = notice.id;
  data.noticeVersion = notice.version;
}

interface WriteEvent {
  params: { where?: Record<string, unknown>; data?: Record<string, unknown> };
}

/** Deletion and revival are refused at the last line before the database, for every path that leads there. */
export function protectConsents(strapi: Core.Strapi): void {
  const refuseDeletion = () => {
    if (!currentOperation()) forbid(EVIDENCE_STAYS);
  };
  const refuseRevival = async (event: unknown) => {
    if (currentOperation()) return;
    const { where = {} } = (event as WriteEvent).params;
    const withdrawn = await strapi.db
      .query(CONSENT)
      .count({ where: { $and: [where, { state: 'withdrawn' }] } });
    if (withdrawn > 0) forbid(WITHDRAWN);
  };
  strapi.db.lifecycles.subscribe({
    models: [CONSENT],
    beforeUpdate: refuseRevival,
    beforeUpdateMany: refuseRevival,
    beforeDelete: refuseDeletion,
    beforeDeleteMany: refuseDeletion,
  });
}
