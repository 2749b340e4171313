import type { Core } from '@strapi/strapi';
import { errors } from '@strapi/utils';
import { visibleToAsker } from '../../access/visibility';
import { collectedAttributes } from '../../collection/documents';
import type { RequestContext } from '../../domain';
import { organisationOf } from '../../organisation/organisation';
import { pageOf } from '../../paging';
import { CUSTOMER } from '../../policy/attribute-path';
import { validate, validateParams } from '../../validate';
import { mayReadAttribute } from '../entry/request';
import { mergesOf } from './merges';
import { schemas } from './schemas';
import { differencesOf, fileRows, fileView, type FileView, type MergeView } from './views';

const NO_SUCH_FILES = 'No such customers, or not ones that you may read.';

/** Suspected duplicates and their merging, as people use them. */
export const mergesController = ({ strapi }: { strapi: Core.Strapi }) => {
  const merges = () => mergesOf(strapi);

  const assertVisible = async (documentIds: readonly string[]): Promise<void> => {
    const visible = await visibleToAsker(strapi, CUSTOMER, documentIds);
    if (documentIds.some((id) => !visible.has(id))) throw new errors.NotFoundError(NO_SUCH_FILES);
  };

  const readable = <T extends { differences: MergeView['differences'] }>(view: T): T => ({
    ...view,
    differences: view.differences.filter(({ attribute }) =>
      mayReadAttribute(strapi, CUSTOMER, attribute)
    ),
  });

  const viewsOf = async (ids: string[]): Promise<MergeView[]> => {
    const views = await merges().views(ids);
    return ids.flatMap((id) => {
      const view = views.get(id);
      return view ? [readable(view)] : [];
    });
  };

  /** Of a file out of sight only what a refused entry is told: number and department. */
  const told = (file: FileView, visible: ReadonlySet<string>) =>
    visible.has(file.documentId)
      ? file
      : {
          documentId: null,
          label: null,
          owner: null,
          filingNumber: file.filingNumber,
          department: file.department,
        };

  return {
    /** Files that may be of one customer: of all, or of one file. */
    async suspicions(ctx: RequestContext) {
      const { customer, cursor, limit } = validate(schemas.list, ctx.query);
      if (customer) await assertVisible([customer]);
      const { suspicions } = merges();
      const after = Number(cursor ?? 0);
      const found = await (customer
        ? suspicions.ofFile(customer, after, limit + 1)
        : suspicions.page(after, limit + 1));
      const { items, nextCursor } = pageOf(found, limit);
      const ids = items.flatMap(({ files }) => files);
      const files = await fileRows(strapi, ids);
      const visible = await visibleToAsker(strapi, CUSTOMER, [...new Set(ids)]);
      ctx.body = {
        items: items.flatMap(({ id, key, files: pair }) => {
          const rows = pair.flatMap((documentId) => files.get(documentId) ?? []);
          // One may have gone since the claims were read.
          if (rows.length < pair.length) return [];
          return [{ id, key, files: rows.map((row) => told(fileView(row), visible)) }];
        }),
        nextCursor,
      };
    },

    async dismiss(ctx: RequestContext) {
      const { files } = validate(schemas.distinct, ctx.request.body);
      const person = await organisationOf(strapi).requireStaff();
      await assertVisible(files);
      await merges().suspicions.dismiss(...files, person, new Date());
      ctx.body = { files };
    },

    /** Two files side by side, by their masks. */
    async compare(ctx: RequestContext) {
      const { survivor, merged } = validate(schemas.pair, ctx.query);
      await assertVisible([survivor, merged]);
      const rows = await fileRows(
        strapi,
        [survivor, merged],
        collectedAttributes(strapi, CUSTOMER)
      );
      const [one, other] = [rows.get(survivor), rows.get(merged)];
      if (!one || !other) throw new errors.NotFoundError(NO_SUCH_FILES);
      ctx.body = readable({
        survivor: fileView(one),
        merged: fileView(other),
        differences: differencesOf(strapi, one, other, []),
      });
    },

    async preview(ctx: RequestContext) {
      const choice = validate(schemas.choice, ctx.request.body);
      const requester = await organisationOf(strapi).requireStaff();
      await assertVisible([choice.survivor, choice.merged]);
      ctx.body = await merges().preview(choice, requester);
    },

    async submit(ctx: RequestContext) {
      const proposal = validate(schemas.proposal, ctx.request.body);
      const requester = await organisationOf(strapi).requireStaff();
      await assertVisible([proposal.survivor, proposal.merged]);
      const id = await merges().submit(proposal, requester);
      ctx.status = 201;
      ctx.body = (await viewsOf([id]))[0];
    },

    async withdraw(ctx: RequestContext) {
      const { documentId } = validateParams(schemas.id, ctx.params);
      validate(schemas.nothing, ctx.request.body);
      await merges().withdraw(documentId);
      ctx.body = (await viewsOf([documentId]))[0];
    },

    /** Requests of whoever asks; or, of a customer, what its file came out of and what waits. */
    async find(ctx: RequestContext) {
      const { customer, cursor, limit } = validate(schemas.list, ctx.query);
      if (customer) await assertVisible([customer]);
      const of = customer
        ? { customer }
        : { requester: await organisationOf(strapi).requireStaff() };
      const rows = await merges().page(of, cursor ? Number(cursor) : null, limit + 1);
      const { items, nextCursor } = pageOf(rows, limit);
      ctx.body = { items: await viewsOf(items.map((row) => row.document_id)), nextCursor };
    },

    /** Where the file of a number that is no more is now; its number and department, and the file itself for its readers. */
    async locate(ctx: RequestContext) {
      const { number } = validateParams(schemas.number, ctx.params);
      const current = await merges().locate({ number });
      const row = current ? (await fileRows(strapi, [current])).get(current) : undefined;
      if (!row) throw new errors.NotFoundError('No file of this number was merged into another.');
      ctx.body = told(fileView(row), await visibleToAsker(strapi, CUSTOMER, [row.documentId]));
    },
  };
};
