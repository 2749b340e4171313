import Joi from 'joi';

/** Schemas of the words that several chapters of the policy share. */

export const code = Joi.string()
  .max(60)
  .pattern(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/)
  .messages({ 'string.pattern.base': 'must be lower-case words joined by hyphens' });

export const attributeName = Joi.string()
  .max(120)
  .pattern(/^[A-Za-z]\w*$/)
  .messages({ 'string.pattern.base': 'must be the name of an attribute' });

const UID = String.raw`(?:api|plugin|admin)::[a-z][\w-]*\.[a-z][\w-]*`;

export const uid = Joi.string().pattern(new RegExp(`^${UID}$`));

export const attributePath = Joi.string()
  .max(240)
  .pattern(new RegExp(String.raw`^(?:${UID}|[a-z][a-z0-9-]*)\.[A-Za-z]\w*$`))
  .messages({
    'string.pattern.base':
      "must be an attribute: 'customer.mobile', or with the full uid 'api::lead.lead.mobile'",
  });

/** A text, or the same text in both languages of the panel. */
export function localText(max: number): Joi.Schema {
  const text = Joi.string().max(max).required();
  return Joi.alternatives()
    .conditional(Joi.object().unknown(), {
      then: Joi.object({ en: text, zh: text }),
      otherwise: Joi.string().max(max),
    })
    .messages({ 'string.base': 'must be a text, or an object with the texts en and zh' });
}

/** An object with the keys of `T`: one that the schema forgot, or does not know, fails to compile. */
export function shape<T>(keys: { [K in AnyKey<T>]-?: Joi.Schema }): Joi.ObjectSchema {
  return Joi.object(keys as Joi.SchemaMap);
}

/** The keys of every member of a union, not only those that all members share. */
type AnyKey<T> = T extends unknown ? keyof T : never;

/** A whole number of at least `min`; the upper bound only keeps slips of the keyboard out. */
export function count(min: number, max: number): Joi.NumberSchema {
  return Joi.number().integer().min(min).max(max);
}

/** A list in which nothing stands twice. */
export function listOf(item: Joi.Schema): Joi.ArraySchema {
  return Joi.array().items(item).unique().messages({ 'array.unique': 'stands in the list twice' });
}

/** A list of objects that are told apart by their code. */
export function codedList(item: Joi.Schema): Joi.ArraySchema {
  return Joi.array()
    .items(item)
    .unique('code', { ignoreUndefined: true })
    .messages({ 'array.unique': 'has the code of an earlier entry of the list' });
}
