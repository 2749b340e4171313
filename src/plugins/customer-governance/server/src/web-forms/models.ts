import type { Core } from '@strapi/strapi';
import { attribute } from '../model-attributes';

/** Tokens that an entry was made with, as digests: none is good twice. */
export const NONCES = 'governance_web_form_nonces';
/** What was answered under a client's own key, so that what is sent again is answered again and not entered again. */
export const ANSWERS = 'governance_web_form_answers';
/** How often an address or a form was called in a span of time; addresses as keyed digests. */
export const HITS = 'governance_web_form_hits';
/** How many entries a form took and refused in a day. */
export const DAYS = 'governance_web_form_days';

export function registerWebFormModels(strapi: Core.Strapi): void {
  const models = strapi.get('models');
  models.add({
    uid: 'plugin::customer-governance.web-form-nonce',
    singularName: 'governance-web-form-nonce',
    tableName: NONCES,
    attributes: {
      id: attribute.id(),
      nonce: attribute.text(),
      expires_at: attribute.milliseconds(),
    },
    indexes: [
      { name: 'gov_web_form_nonces', columns: ['nonce'], type: 'unique' },
      { name: 'gov_web_form_nonces_end', columns: ['expires_at'] },
    ],
  });
  models.add({
    uid: 'plugin::customer-governance.web-form-answer',
    singularName: 'governance-web-form-answer',
    tableName: ANSWERS,
    attributes: {
      id: attribute.id(),
      form: attribute.whole(),
      key_digest: attribute.text(),
      body_digest: attribute.text(),
      answer: attribute.longText(),
      expires_at: attribute.milliseconds(),
    },
    indexes: [
      { name: 'gov_web_form_answers', columns: ['form', 'key_digest'], type: 'unique' },
      { name: 'gov_web_form_answers_end', columns: ['expires_at'] },
    ],
  });
  models.add({
    uid: 'plugin::customer-governance.web-form-hit',
    singularName: 'governance-web-form-hit',
    tableName: HITS,
    attributes: {
      id: attribute.id(),
      bucket: attribute.text(),
      since: attribute.milliseconds(),
      hits: attribute.whole(),
    },
    indexes: [
      { name: 'gov_web_form_hits', columns: ['bucket', 'since'], type: 'unique' },
      { name: 'gov_web_form_hits_since', columns: ['since'] },
    ],
  });
  models.add({
    uid: 'plugin::customer-governance.web-form-day',
    singularName: 'governance-web-form-day',
    tableName: DAYS,
    attributes: {
      id: attribute.id(),
      form: attribute.whole(),
      day: attribute.text(),
      entered: attribute.whole(),
      refused: attribute.whole(),
    },
    indexes: [{ name: 'gov_web_form_days', columns: ['form', 'day'], type: 'unique' }],
  });
}
