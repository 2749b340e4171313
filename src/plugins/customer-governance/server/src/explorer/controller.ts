import type { Core } from '@strapi/strapi';
import { errors } from '@strapi/utils';
import { canonicalEntry } from '../audit/encoding';
import { addDays, type Day } from '../calendar/zone';
import type { RequestContext } from '../domain';
import { organisationOf } from '../organisation/organisation';
import { policyOf } from '../policy';
import { invalid } from '../refusal';
import { transparencyOf } from '../transparency/transparency';
import { validate, validateParams } from '../validate';
import { accountsOf, actorNamed, findActors } from './actors';
import { explorerOf } from './explorer';
import { exportEntries } from './export';
import { actionsOf } from './groups';
import { spanOfDay } from './heat';
import {
  actorsSchema,
  dayOfSchema,
  entrySchema,
  exportSchema,
  figuresSchema,
  MAX_DAYS,
  pageSchema,
  type EntryQuery,
} from './schemas';
import type { Place, Selection } from './selection';
import { entryViews } from './views';

/** Names in a list to choose from. */
const CHOICES = 20;

/** The log as the panel reads it. Names are joined at reading; the log itself holds account ids only. */
export const explorerController = ({ strapi }: { strapi: Core.Strapi }) => {
  const timezone = () => policyOf(strapi).get().calendar.timezone;

  const selectionOf = async (query: EntryQuery): Promise<Selection> => {
    const { actor, recordId, related, action, group, ...rest } = query;
    const selection: Selection = { ...rest };
    if (actor) selection.actors = await accountsOf(strapi, actor);
    if (recordId && related) {
      Object.assign(selection, await explorerOf(strapi).historyOf(recordId));
    } else if (recordId) {
      selection.records = [recordId];
    }
    if (action)
      selection.actions = group && !actionsOf(group).includes(action as never) ? [] : [action];
    else if (group) selection.actions = actionsOf(group);
    return selection;
  };

  return {
    async find(ctx: RequestContext) {
      const { cursor, limit, order, ...query } = validate(pageSchema, ctx.query);
      const by = await selectionOf(query);
      const rows = await explorerOf(strapi).page(by, placeOf(cursor), limit + 1, order);
      const items = rows.slice(0, limit);
      const last = items.at(-1);
      ctx.body = {
        items: await entryViews(strapi, items),
        nextCursor:
          rows.length > limit && last ? `${new Date(last.at).getTime()}-${last.id}` : null,
      };
    },

    async actors(ctx: RequestContext) {
      const { q, value } = validate(actorsSchema, ctx.query);
      ctx.body = {
        items: value
          ? [await actorNamed(strapi, value)]
          : await findActors(strapi, q as string, CHOICES),
      };
    },

    /** The charts. */
    async figures(ctx: RequestContext) {
      const { from, to } = validate(figuresSchema, ctx.query);
      assertDays(from, to);
      const { actors, refusedActors, ...figures } = await explorerOf(strapi).figures.ofDays(
        from,
        to,
        timezone()
      );
      const nameOf = await organisationOf(strapi).namesOfActors([...actors, ...refusedActors]);
      const named = (rows: typeof actors) =>
        rows.map(({ actorKind, actorId, entries, records }) => ({
          actor: { kind: actorKind, id: actorId, name: nameOf({ actorKind, actorId }) },
          entries,
          records,
        }));
      const { workingHours } = policyOf(strapi).get().calendar;
      ctx.body = {
        ...figures,
        actors: named(actors),
        refusedActors: named(refusedActors),
        timezone: timezone(),
        workingHours,
      };
    },

    /** What a person did on a day, by the hour. */
    async day(ctx: RequestContext) {
      const { actor, day } = validate(dayOfSchema, ctx.query);
      const span = spanOfDay(day, timezone());
      const accounts = await accountsOf(strapi, actor);
      const { workingHours } = policyOf(strapi).get().calendar;
      ctx.body = {
        ...span,
        timezone: timezone(),
        workingHours,
        hours: await explorerOf(strapi).figures.ofSpan(accounts, span),
      };
    },

    /** The state of the log's verification at a glance. */
    async state(ctx: RequestContext) {
      const { checkpoint, key, ...state } = await transparencyOf(strapi).state();
      ctx.body = {
        ...state,
        keyId: key.verifierKey.split('+')[1] ?? null,
        origin: key.name,
        checkpoint: checkpoint && {
          treeSize: checkpoint.treeSize,
          rootHash: checkpoint.rootHash,
          at: checkpoint.createdAt,
        },
      };
    },

    /** What a browser needs to verify by itself that an entry is in the tree of the newest checkpoint. */
    async proof(ctx: RequestContext) {
      const { entryId } = validateParams(entrySchema, ctx.params);
      const row = await explorerOf(strapi).find(entryId);
      if (!row) throw new errors.NotFoundError('There is no such entry in the audit log.');
      const log = transparencyOf(strapi);
      const { checkpoint } = await log.state();
      const covered =
        row.leafIndex !== null && checkpoint !== null && row.leafIndex < checkpoint.treeSize;
      ctx.body = {
        canonical: canonicalEntry(row),
        leafIndex: row.leafIndex,
        checkpoint: checkpoint && {
          treeSize: checkpoint.treeSize,
          rootHash: checkpoint.rootHash,
          at: checkpoint.createdAt,
          note: checkpoint.note,
        },
        proof:
          covered && row.leafIndex !== null
            ? (await log.inclusion(row.leafIndex, checkpoint.treeSize)).map((hash) =>
                hash.toString('base64')
              )
            : null,
      };
    },

    async export(ctx: RequestContext & { set(name: string, value: string): void }) {
      const { format, ...query } = validate(exportSchema, ctx.query);
      const by = await selectionOf(query);
      const body = await exportEntries(
        strapi,
        by,
        format,
        Object.keys(query).sort(),
        query.recordId
      );
      ctx.set('Content-Type', `${TYPES[format]}; charset=utf-8`);
      ctx.set('Content-Disposition', `attachment; filename="audit-log.${format}"`);
      ctx.set('Cache-Control', 'no-store');
      ctx.body = body;
    },
  };
};

const TYPES = { csv: 'text/csv', ndjson: 'application/x-ndjson' };

function placeOf(cursor: string | undefined): Place | null {
  if (!cursor) return null;
  const [at, id] = cursor.split('-').map(Number);
  return { at, id };
}

function assertDays(from: Day, to: Day): void {
  if (to < from) throw invalid('to', 'must not be before "from"');
  if (addDays(from, MAX_DAYS) <= to) throw invalid('to', `at most ${MAX_DAYS} days at a time`);
}
