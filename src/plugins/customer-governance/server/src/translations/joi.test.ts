import Joi from 'joi';
import { validate } from '../validate';
import { translatorOf } from './language';
import joi from './zh-Hans.joi.json';

const text = Joi.string();
const number = Joi.number();
const list = Joi.array();
const peers = Joi.object({ a: text, b: text });

/** A schema and what it refuses, for each rule of the library that our schemas use. */
const REFUSED: Array<[string, Joi.Schema, unknown]> = [
  ['a missing key', Joi.object({ name: text.required() }), {}],
  ['an unknown key', Joi.object({}), { name: 1 }],
  ['a key that must not be', Joi.object({ name: Joi.forbidden() }), { name: 1 }],
  ['no text', text, {}],
  ['an empty text', text, ''],
  ['a text too short', text.min(2), 'x'],
  ['a text too long', text.max(2), 'xxx'],
  ['a text of another length', text.length(2), 'x'],
  ['spaces around a text', text.trim().strict(), ' x '],
  ['no address of a page', text.uri(), 'x'],
  ['an address of another kind', text.uri({ scheme: ['https'] }), 'ftp://x'],
  ['no moment', text.isoDate(), 'x'],
  ['no number', number, 'x'],
  ['no whole number', number.integer(), 1.5],
  ['a number too small', number.min(2), 1],
  ['a number too large', number.max(2), 3],
  ['a number below nothing', number.positive(), -1],
  ['a number beyond all numbers', number, Number.MAX_SAFE_INTEGER * 8],
  ['neither true nor false', Joi.boolean(), 'x'],
  ['no date', Joi.date(), 'x'],
  ['a date in another form', Joi.date().iso(), 'x'],
  ['no list', list, 'x'],
  ['a list too short', list.min(2), [1]],
  ['a list too long', list.max(1), [1, 2]],
  ['a list with something twice', list.unique(), [1, 1]],
  ['a list with a gap', list.items(text), [undefined]],
  ['no object', Joi.object(), 'x'],
  ['an object with too little', Joi.object().min(1), {}],
  ['an object with too little of two', Joi.object().min(2), {}],
  ['one of several', Joi.valid('a', 'b'), 'x'],
  ['none of the types', Joi.alternatives(text, number), {}],
  ['two of which one may be', peers.xor('a', 'b'), { a: '1', b: '2' }],
  ['two of which one may be, or none', peers.oxor('a', 'b'), { a: '1', b: '2' }],
  ['none of which one must be', peers.or('a', 'b'), {}],
  ['one without the other', peers.with('a', 'b'), { a: '1' }],
  ['one of two that belong together', peers.and('a', 'b'), { a: '1' }],
];

const messagesOf = (schema: Joi.Schema, given: unknown): string[] => {
  try {
    validate(Joi.object({ given: schema }), { given });
  } catch (error) {
    const { details } = error as { details: { errors: Array<{ message: string }> } };
    return details.errors.map(({ message }) => message);
  }
  return [];
};

describe('what the library that checks input says', () => {
  it.each(REFUSED)('is translated for %s', (_what, schema, given) => {
    const messages = messagesOf(schema, given);
    expect(messages).not.toEqual([]);
    for (const message of messages) {
      const words = translatorOf('zh-Hans')(message).replace(/"[^"]*"|\[[^\]]*\]/g, '');
      expect(words).toMatch(/\p{Script=Han}/u);
      expect(words).not.toMatch(/[a-z]{2,} [a-z]{2,}/);
    }
  });

  it('is no more than what stands in the catalogue', () => {
    const said = REFUSED.flatMap(([, schema, given]) => messagesOf(schema, given));
    const fits = (sentence: string) => {
      const literals = sentence
        .split(/\{\d+\}/)
        .map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
      return new RegExp(`^${literals.join('.+')}$`);
    };
    const unsaid = Object.keys(joi).filter(
      (sentence) => !said.some((message) => fits(sentence).test(message))
    );
    expect(unsaid).toEqual([]);
  });
});
