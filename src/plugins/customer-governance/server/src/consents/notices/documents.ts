import type { Core } from '@strapi/strapi';
import { isBookkeeping, isEmpty } from '../../customers/entry/attribute';
import { sameValue } from '../../customers/entry/body';
import { entryOf } from '../../customers/entry/entry';
import { currentOperation } from '../../operation';
import { forbidden } from '../../refusal';
import { NOTICE } from './notices';
import { textsProblem } from './texts';

/** What the publication writes; no form does. */
const STAMPS = [
  'state',
  'textHash',
  'publishedCode',
  'publisher',
  'issuedAt',
  'replacedAt',
  'reliedUntil',
];
const CODE = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/;
/** It stands in the log, where free text has no place. */
const VERSION = /^[\w.-]{1,40}$/;

const FROZEN =
  'A notice that was published stays as it was, since people consented to it. Make its next version instead.';
const NO_DELETION =
  'Only a draft is deleted: a notice that was published is part of the evidence of consents.';

/** What is asked of notices: drafts are written freely, published ones stay [COL-4]. */
export function addNoticeRules(strapi: Core.Strapi): void {
  entryOf(strapi).addRule(NOTICE, ({ attributes, data, stored, report }) => {
    if (stored && stored.state !== 'draft') throw forbidden(FROZEN);
    for (const name of STAMPS) {
      const attribute = attributes[name];
      if (!attribute || isBookkeeping(name) || !(name in data)) continue;
      const before = stored ? stored[name] : attribute.default;
      if (!sameValue(attribute, data[name], before)) {
        report(name, 'is written by the publication of the notice. Use the action Publish');
      }
    }
    const after = { ...stored, ...data };
    if (!isEmpty(after.code) && !CODE.test(String(after.code))) {
      report('code', 'must be lower-case words joined by hyphens');
    }
    if (!isEmpty(after.version) && !VERSION.test(String(after.version))) {
      report('version', 'may have letters, digits, dots, hyphens and underscores, such as 2.1');
    }
    if ('texts' in data || !stored) {
      const problem = textsProblem(after.texts);
      if (problem) report('texts', problem);
    }
  });
}

interface WriteEvent {
  params: { where?: Record<string, unknown>; data?: unknown };
}

/** The same at the last line before the database. */
export function protectNotices(strapi: Core.Strapi): void {
  const refuseNew = (event: unknown) => {
    if (currentOperation()) return;
    const rows = [(event as WriteEvent).params.data].flat() as Array<
      { state?: unknown } | undefined
    >;
    if (rows.some((row) => row?.state !== undefined && row.state !== 'draft')) {
      throw forbidden('A notice becomes published by its own action. Save it as a draft first.');
    }
  };
  const refuseUnless = (reason: string) => async (event: unknown) => {
    if (currentOperation()) return;
    const { where = {} } = (event as WriteEvent).params;
    const kept = await strapi.db
      .query(NOTICE)
      .count({ where: { $and: [where, { state: { $ne: 'draft' } }] } });
    if (kept > 0) throw forbidden(reason);
    refuseNew(event);
  };
  strapi.db.lifecycles.subscribe({
    models: [NOTICE],
    beforeCreate: refuseNew,
    beforeCreateMany: refuseNew,
    beforeUpdate: refuseUnless(FROZEN),
    beforeUpdateMany: refuseUnless(FROZEN),
    beforeDelete: refuseUnless(NO_DELETION),
    beforeDeleteMany: refuseUnless(NO_DELETION),
  });
}
