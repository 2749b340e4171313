import type { Core } from '@strapi/strapi';
import { tablesOf } from '../database';
import { PLUGIN } from '../domain';
import { organisationOf, type StaffRef } from '../organisation/organisation';
import { policyOf } from '../policy';
import type { GovernanceEvent } from './events';
import { mailLanguage, mailText } from './mail-text';
import { NOTIFICATIONS_TABLE } from './models';
import { notificationsOf } from './notifications';

const BATCH = 100;
/** Older notifications are no news: mail that was switched on, or a server that is back, does not send them. */
const NEWS_MS = 24 * 60 * 60 * 1000;

interface Account {
  id: number;
  email: string;
  preferedLanguage: string | null;
  isActive: boolean;
  blocked: boolean | null;
}
type Tally = Array<{ event: GovernanceEvent; count: number }>;

/** Mails of what the panel tells people, where the policy has them. */
export const notificationMailsService = ({ strapi }: { strapi: Core.Strapi }) => ({
  /** Mails what is unread and was not mailed yet. @returns how many mails were sent. */
  send: (now: Date): Promise<number> => sendNotificationMails(strapi, now),
});

export const notificationMailsOf = (strapi: Core.Strapi) =>
  strapi.plugin(PLUGIN).service('notification-mails') as ReturnType<
    typeof notificationMailsService
  >;

/**
 * Mails of unread notifications: one a person and run, with numbers and a link. They are taken down as mailed before the mail
 * goes out, so that nobody gets one twice, and put back where it could not be sent, so that a later run tries again.
 */
async function sendNotificationMails(strapi: Core.Strapi, now: Date): Promise<number> {
  if (!policyOf(strapi).get().notifications.email) return 0;
  const outcome = { sent: 0, failures: new Map<string, number>() };
  for (let after = 0; ;) {
    const ids = await recipientsAfter(strapi, after, now);
    const people = [...(await organisationOf(strapi).byIds(ids)).values()];
    const accounts = await accountsOf(strapi, people);
    for (const person of people) {
      const account = accounts.get(person.userId ?? 0);
      if (!account || !person.active) continue;
      try {
        outcome.sent += Number(await mailTo(strapi, person, account, now));
      } catch (error) {
        const { name } = error as Error;
        outcome.failures.set(name, (outcome.failures.get(name) ?? 0) + 1);
      }
    }
    const last = ids.at(-1);
    if (last === undefined || ids.length < BATCH) break;
    after = last;
  }
  for (const [name, count] of outcome.failures) {
    // The name of the error, not its text, which may quote the address.
    strapi.log.error(
      `${count} notification mails could not be sent (${name}). The next runs try again for a day; see the email plugin's settings.`
    );
  }
  return outcome.sent;
}

const news = async (strapi: Core.Strapi, now: Date) => {
  const tables = await tablesOf(strapi);
  return () =>
    tables(NOTIFICATIONS_TABLE)
      .where({ mailed_at: null, read_at: null })
      .where('at', '>', new Date(now.getTime() - NEWS_MS));
};

async function recipientsAfter(strapi: Core.Strapi, after: number, now: Date): Promise<number[]> {
  const rows = (await (
    await news(strapi, now)
  )()
    .distinct('staff_id')
    .where('staff_id', '>', after)
    .orderBy('staff_id')
    .limit(BATCH)) as Array<{ staff_id: number }>;
  return rows.map((row) => row.staff_id);
}

/** The accounts that can sign in, by id. */
async function accountsOf(
  strapi: Core.Strapi,
  people: readonly StaffRef[]
): Promise<Map<number, Account>> {
  const rows = (await strapi.db.query('admin::user').findMany({
    select: ['id', 'email', 'preferedLanguage', 'isActive', 'blocked'],
    where: { id: { $in: people.flatMap(({ userId }) => userId ?? []) } },
  })) as Account[];
  return new Map(
    rows.filter(({ isActive, blocked }) => isActive && !blocked).map((row) => [row.id, row])
  );
}

/** @returns whether there was something to tell. */
async function mailTo(
  strapi: Core.Strapi,
  person: StaffRef,
  { email, preferedLanguage }: Account,
  now: Date
): Promise<boolean> {
  const unmailed = await news(strapi, now);
  const [newest] = (await unmailed().where({ staff_id: person.id }).max({ id: 'id' })) as Array<{
    id: number | null;
  }>;
  if (!newest?.id) return false;
  const upTo = newest.id;
  const counted = (await unmailed()
    .where({ staff_id: person.id })
    .where('id', '<=', upTo)
    .select('event')
    .count({ count: '*' })
    .groupBy('event')
    .orderBy('event')) as Array<{ event: GovernanceEvent; count: number | string }>;
  const events: Tally = counted.map(({ event, count }) => ({ event, count: Number(count) }));
  const waiting = await notificationsOf(strapi).waitingFor(person);
  const taken = await unmailed()
    .where({ staff_id: person.id })
    .where('id', '<=', upTo)
    .update({ mailed_at: now });
  if (taken === 0) return false;
  const message = mailText({
    language: mailLanguage(preferedLanguage),
    waiting,
    events,
    link: `${strapi.config.get('admin.absoluteUrl')}/plugins/${PLUGIN}/notifications`,
  });
  try {
    await strapi
      .plugin('email')
      .service('email')
      .send({ to: email, ...message });
  } catch (error) {
    const tables = await tablesOf(strapi);
    await tables(NOTIFICATIONS_TABLE)
      .where({ staff_id: person.id, mailed_at: now })
      .update({ mailed_at: null });
    throw error;
  }
  return true;
}
