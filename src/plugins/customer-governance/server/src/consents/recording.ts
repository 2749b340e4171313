import type { Core } from '@strapi/strapi';
import { errors } from '@strapi/utils';
import { askersAbility, mayReadCustomer } from '../customers/visibility';
import { inTransaction } from '../database';
import { policyOf } from '../policy';
import { CONTACT, CUSTOMER, resolveType } from '../policy/attribute-path';
import { forbidden } from '../refusal';
import type { Channel } from './channels';
import type { ConsentAnswer, Relationship } from './electronic';
import { NOTICE } from './notices/models';
import type { NoticeRow } from './notices/notices';

const CONSENT = resolveType('consent');
const PURPOSE = resolveType('purpose');
/** More are not offered in one form. */
const SHOWN = 100;
const CREATE = 'plugin::content-manager.explorer.create';

/** One paper or talk, with what was answered to each of its boxes. */
export interface RecordedConsents {
  /** DocumentId of the notice that was shown. */
  notice?: string | null;
  noticeVersion?: string | null;
  evidenceKind: 'signed-paper' | 'electronic';
  evidence: string;
  /** DocumentId of an attachment of the customer. */
  evidenceFile?: string | null;
  reference?: string | null;
  givenAt?: Date | null;
  guardianContact?: string | null;
  guardianRelationship?: Relationship | null;
  answers: ReadonlyArray<Omit<ConsentAnswer, 'expiresAt'> & { channel?: Channel }>;
}

/** Nothing that is left open is written at all. */
const filled = (data: Record<string, unknown>) =>
  Object.fromEntries(Object.entries(data).filter(([, value]) => value !== null && value !== ''));

/**
 * Records what a customer answered, box by box, all or nothing, by the rules of every entry.
 * @returns documentIds of the consents.
 * @throws ForbiddenError, NotFoundError, or ValidationError that names everything that is wrong.
 */
export async function recordConsents(
  strapi: Core.Strapi,
  customer: string,
  { answers, ...common }: RecordedConsents
): Promise<string[]> {
  const ability = askersAbility(strapi) as
    { can(action: string, subject: string): boolean } | undefined;
  if (!ability?.can(CREATE, CONSENT)) {
    throw forbidden('Your role may not record consents. Ask an administrator for the permission.');
  }
  if (!(await mayReadCustomer(strapi, ability, customer))) {
    throw new errors.NotFoundError('There is no such customer, or not one that you may read.');
  }
  const purposes: Array<{ code: string; documentId: string }> = await strapi.db
    .query(PURPOSE)
    .findMany({
      select: ['code', 'documentId'],
      where: { code: { $in: answers.map(({ purpose }) => purpose) }, active: true },
    });
  const byCode = new Map(purposes.map(({ code, documentId }) => [code, documentId]));
  return inTransaction(strapi, async () => {
    const made: string[] = [];
    for (const { purpose, agreed, ...answer } of answers) {
      const { documentId } = await strapi.documents(CONSENT as never).create({
        data: filled({
          ...common,
          ...answer,
          customer,
          purpose: byCode.get(purpose) ?? null,
          state: agreed ? 'given' : 'refused',
          guardian: Boolean(common.guardianContact),
        }) as never,
      });
      made.push(documentId);
    }
    return made;
  });
}

/** What the form that records consents offers, besides purposes and notices. */
export async function recordingOptions(strapi: Core.Strapi, customer: string) {
  const ability = askersAbility(strapi) as
    { can(action: string, subject: string): boolean } | undefined;
  if (!ability || !(await mayReadCustomer(strapi, ability, customer))) {
    throw new errors.NotFoundError('There is no such customer, or not one that you may read.');
  }
  const row = await strapi.db.query(CUSTOMER).findOne({
    select: ['id'],
    where: { documentId: customer },
    populate: {
      plan: {
        select: ['id', 'noticeVersion'],
        populate: { notice: { select: ['code'] }, purposes: { select: ['code'] } },
      },
    },
  });
  const [purposes, notices, contacts] = await Promise.all([
    strapi.db.query(PURPOSE).findMany({
      select: ['id', 'code', 'name'],
      where: { active: true },
      orderBy: 'code',
      limit: SHOWN,
    }) as Promise<Array<{ code: string; name: string }>>,
    strapi.db.query(NOTICE).findMany({
      select: ['id', 'documentId', 'title', 'code', 'version', 'state'],
      where: { state: { $ne: 'draft' } },
      orderBy: { id: 'desc' },
      limit: SHOWN,
    }) as Promise<NoticeRow[]>,
    strapi.db.query(CONTACT).findMany({
      select: ['id', 'documentId', 'name'],
      where: { customer: { documentId: customer } },
      orderBy: 'id',
      limit: SHOWN,
    }) as Promise<Array<{ documentId: string; name: string | null }>>,
  ]);
  return {
    purposes: purposes.flatMap((purpose) => policyOf(strapi).purposeView(purpose) ?? []),
    notices: notices.map(({ documentId, title, code, version, state }) => ({
      documentId,
      title,
      code,
      version,
      current: state === 'published',
    })),
    /** By their masks. */
    contacts: contacts.map(({ documentId, name }) => ({ documentId, name })),
    mayRecord: ability.can(CREATE, CONSENT),
    /** Of the customer's plan: what it is for, and which notice is shown under it. */
    plan: row?.plan
      ? {
          notice: (row.plan.notice?.code as string | undefined) ?? null,
          noticeVersion: (row.plan.noticeVersion as string | null) ?? null,
          purposes: ((row.plan.purposes ?? []) as Array<{ code: string }>).map(({ code }) => code),
        }
      : null,
  };
}
