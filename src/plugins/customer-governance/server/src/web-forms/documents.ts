import type { Core } from '@strapi/strapi';
import { entryForm } from '../collection/plans/entry-form';
import { isEmpty } from '../customers/entry/attribute';
import { entryOf, type Entry } from '../customers/entry/entry';
import { policyOf } from '../policy';
import { CUSTOMER } from '../policy/attribute-path';
import { LANGUAGES, WEB_FORM } from './form';
import { originsProblem } from './origins';

const CODE = /^[a-z0-9][a-z0-9-]{1,59}$/;
/** Set by the form itself, and asked of nobody. */
const OWN = new Set(['source', 'method', 'kind']);

/** What is asked of a web form: before it opens, all that it needs to take anybody in. */
export function addWebFormRules(strapi: Core.Strapi): void {
  entryOf(strapi).addRule(WEB_FORM, async (entry) => {
    const { data, stored, attributes, report } = entry;
    const after = (name: string): unknown =>
      name in data ? data[name] : stored ? stored[name] : attributes[name]?.default;
    const code = after('code');
    if (typeof code === 'string' && !CODE.test(code))
      report('code', 'must be lower-case letters, digits and hyphens, such as website-enquiries');
    const origins = after('allowedOrigins');
    const problem = isEmpty(origins) ? null : originsProblem(origins);
    if (problem) report('allowedOrigins', problem);
    const languages = after('languages');
    if (!isEmpty(languages) && !isLanguageList(languages))
      report('languages', `must be a list of languages: ${LANGUAGES.join(', ')}`);
    const cap = after('entriesPerDay');
    if (!isEmpty(cap) && !(Number(cap) >= 1)) report('entriesPerDay', 'must be at least 1');
    if (after('state') === 'active') await reportUnready(strapi, entry, after);
  });
}

async function reportUnready(
  strapi: Core.Strapi,
  { related, report }: Entry,
  after: (name: string) => unknown
): Promise<void> {
  const origins = after('allowedOrigins');
  if (isEmpty(origins) || (Array.isArray(origins) && origins.length === 0))
    report('allowedOrigins', 'name the origins of the pages that may show an open form');
  if (!related.owner?.[0] && !related.department?.[0])
    report('department', 'say to which department or owner the customers go');
  const plan = related.plan?.[0];
  if (!plan) {
    report('plan', 'choose the collection plan that the form is for');
    return;
  }
  const form = await entryForm(strapi, plan.documentId, new Date());
  if (form.inactive) report('plan', `${form.inactive}. An open form needs an active one`);
  const kind = after('customerKind') === 'company' ? 'company' : 'person';
  const asked = new Set(
    form.attributes.filter(({ type }) => type === CUSTOMER).map(({ name }) => name)
  );
  const missing = requiredOf(strapi, kind).filter((name) => !OWN.has(name) && !asked.has(name));
  if (missing.length > 0) {
    report(
      'plan',
      `does not collect what is required of a ${kind}, so nobody could enter: ${missing.join(', ')}`
    );
  }
}

const isLanguageList = (value: unknown): boolean =>
  Array.isArray(value) &&
  value.length > 0 &&
  new Set(value).size === value.length &&
  value.every((language) => LANGUAGES.includes(language as never));

const requiredOf = (strapi: Core.Strapi, kind: 'person' | 'company'): readonly string[] =>
  policyOf(strapi).get().collection.required[kind];
