import type { Core } from '@strapi/strapi';
import { errors } from '@strapi/utils';
import Joi from 'joi';
import type { RequestContext } from '../domain';
import { validate } from '../validate';
import { publishedBundle, publishedTile } from './published';
import { hashAt, parseTilePath, rootOf, cached } from './tree/tiles';
import { transparencyOf } from './transparency';

/** What a controller that answers with bytes needs of Koa's context. */
interface FileContext extends RequestContext {
  path: string;
  type: string;
  set(name: string, value: string): void;
}

/** What stands at the path of a tile never changes. It is for whoever asked, not for caches that others share. */
const FOREVER = 'private, max-age=31536000, immutable';

const size = Joi.number().integer().min(1).max(Number.MAX_SAFE_INTEGER);
const nothing = Joi.object({});
const inclusionSchema = Joi.object<{ entry: string; size?: number }>({
  entry: Joi.string()
    .pattern(/^[0-9a-z]{24}$/)
    .required(),
  size,
});
const consistencySchema = Joi.object<{ from: number; to?: number }>({
  from: size.required(),
  to: size,
});

/** The log as monitors and verifiers read it: C2SP tlog-tiles under `/log`, and proofs for who has no tool of that kind. */
export const logController = ({ strapi }: { strapi: Core.Strapi }) => {
  const log = () => transparencyOf(strapi);

  const newest = async () => {
    const checkpoint = await log().store.newestCheckpoint();
    if (!checkpoint) {
      throw new errors.NotFoundError(
        'No checkpoint is signed yet. The first one follows the first entry within seconds.'
      );
    }
    return checkpoint;
  };

  const signedSize = async (asked: number | undefined): Promise<number> => {
    const { treeSize } = await newest();
    if (asked !== undefined && asked > treeSize) {
      throw new errors.NotFoundError(
        `The newest checkpoint is of ${treeSize} entries. Ask for a size up to that.`
      );
    }
    return asked ?? treeSize;
  };

  const noteAt = async (treeSize: number) =>
    (await log().store.checkpointAt(treeSize))?.note ?? null;

  const file = (ctx: FileContext, bytes: Buffer | null) => {
    if (!bytes) {
      throw new errors.NotFoundError(
        'There is nothing at this address: it is beyond the newest checkpoint, was pruned, or is not there as it was hashed. audit:verify tells which.'
      );
    }
    ctx.type = 'application/octet-stream';
    ctx.set('Cache-Control', FOREVER);
    ctx.body = bytes;
  };

  /** The part of the raw path that names the tile, so that one tile has one address. */
  const addressIn = (ctx: FileContext) => {
    const address = parseTilePath(ctx.path.slice(ctx.path.indexOf('/log/') + '/log/'.length));
    if (!address) {
      throw new errors.NotFoundError(
        'This is not the path of a tile in the form of C2SP tlog-tiles, such as tile/0/x001/234 or tile/entries/000.p/5.'
      );
    }
    return address;
  };

  return {
    async checkpoint(ctx: FileContext) {
      validate(nothing, ctx.query);
      const { note } = await newest();
      ctx.type = 'text/plain; charset=utf-8';
      ctx.set('Cache-Control', 'no-cache');
      ctx.body = note;
    },

    async tile(ctx: FileContext) {
      validate(nothing, ctx.query);
      const { level, ...rest } = addressIn(ctx);
      // Entries have a route and a permission of their own.
      if (level === 'entries') throw new errors.NotFoundError();
      const { treeSize } = await newest();
      file(ctx, await publishedTile(log().store, { level, ...rest }, treeSize));
    },

    async entries(ctx: FileContext) {
      validate(nothing, ctx.query);
      const address = addressIn(ctx);
      const { treeSize } = await newest();
      file(ctx, await publishedBundle(strapi, address, treeSize));
    },

    async inclusion(ctx: RequestContext) {
      const { entry, size: asked } = validate(inclusionSchema, ctx.query);
      const leafIndex = await log().leafOf(entry);
      if (leafIndex === null) {
        throw new errors.NotFoundError(
          'The log has no such entry, or no checkpoint covers it yet. Ask again in a few seconds.'
        );
      }
      const treeSize = await signedSize(asked);
      if (leafIndex >= treeSize) {
        throw new errors.NotFoundError(
          `The entry is number ${leafIndex}: a tree of ${treeSize} entries does not hold it.`
        );
      }
      const tiles = cached(log().store.tiles());
      ctx.body = {
        entry,
        leafIndex,
        treeSize,
        ...(await whole(async () => ({
          leafHash: base64(await hashAt(tiles, 0, leafIndex, treeSize)),
          hashes: (await log().inclusion(leafIndex, treeSize)).map(base64),
          rootHash: base64(await rootOf(tiles, treeSize)),
        }))),
        checkpoint: await noteAt(treeSize),
      };
    },

    async consistency(ctx: RequestContext) {
      const asked = validate(consistencySchema, ctx.query);
      const to = await signedSize(asked.to);
      if (asked.from > to) {
        throw new errors.ValidationError(
          `from: a tree of ${to} entries does not go on from one of ${asked.from}. Ask the other way round.`
        );
      }
      const tiles = cached(log().store.tiles());
      const head = async (treeSize: number) => ({
        treeSize,
        rootHash: base64(await rootOf(tiles, treeSize)),
        checkpoint: await noteAt(treeSize),
      });
      ctx.body = await whole(async () => ({
        from: await head(asked.from),
        to: await head(to),
        hashes: (await log().consistency(asked.from, to)).map(base64),
      }));
    },

    async state(ctx: RequestContext) {
      validate(nothing, ctx.query);
      ctx.body = await log().state();
    },

    async keys(ctx: RequestContext) {
      validate(nothing, ctx.query);
      ctx.body = { keys: await log().signer().keys() };
    },
  };
};

const base64 = (hash: Buffer): string => hash.toString('base64');

/** Without the hashes that a tree is made of, nothing can be proved; whoever asks cannot help it, but is told. */
async function whole<T>(prove: () => Promise<T>): Promise<T> {
  try {
    return await prove();
  } catch {
    throw new errors.ApplicationError(
      'The hashes of the log are not whole, so that nothing can be proved. Tell the administrator to run audit:verify.'
    );
  }
}
