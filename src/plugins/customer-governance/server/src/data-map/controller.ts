import type { Core } from '@strapi/strapi';
import Joi from 'joi';
import { auditOf } from '../audit/audit';
import type { RequestContext } from '../domain';
import { validate } from '../validate';
import { dataMap } from './data-map';
import { dataMapFile } from './file';
import type { FileLanguage } from './words';

const nothing = Joi.object<Record<string, never>>({});
const exportSchema = Joi.object<{ language: FileLanguage }>({
  language: Joi.valid('en', 'zh').default('en'),
});

/** The data map as the panel shows it, and as a file. */
export const dataMapController = ({ strapi }: { strapi: Core.Strapi }) => ({
  async find(ctx: RequestContext) {
    validate(nothing, ctx.query);
    ctx.body = { types: await dataMap(strapi) };
  },

  async export(ctx: RequestContext & { set(name: string, value: string): void }) {
    const { language } = validate(exportSchema, ctx.query);
    const types = await dataMap(strapi);
    await auditOf(strapi).append({
      action: 'data-map.export',
      details: { count: types.reduce((sum, { attributes }) => sum + attributes.length, 0) },
    });
    ctx.set('Content-Type', 'text/csv; charset=utf-8');
    ctx.set('Content-Disposition', 'attachment; filename="data-map.csv"');
    ctx.set('Cache-Control', 'no-store');
    ctx.body = dataMapFile(types, language);
  },
});
