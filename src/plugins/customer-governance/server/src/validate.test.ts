import Joi from 'joi';
import { validate } from './validate';

const messageOf = (schema: Joi.ObjectSchema, input: object): string => {
  try {
    validate(schema, input);
  } catch (error) {
    return `${(error as Error).message} ${JSON.stringify((error as { details: unknown }).details)}`;
  }
  return '';
};

describe('what is said of wrong input', () => {
  it('names the key and never quotes the value', () => {
    const schema = Joi.object({
      purpose: Joi.string()
        .max(10)
        .pattern(/^[a-z-]+$/),
      ids: Joi.array()
        .items(Joi.string().pattern(/^[a-z]+$/))
        .unique(),
      level: Joi.string().valid('a', 'b'),
      days: Joi.number().integer().max(5),
      from: Joi.date().iso(),
    });
    const secret = '13800138000';
    for (const key of ['purpose', 'level', 'days', 'from']) {
      const message = messageOf(schema, { [key]: secret });
      expect(message).toContain(key);
      expect(message).not.toContain(secret);
    }
    expect(messageOf(schema, { ids: [secret, secret] })).not.toContain(secret);
  });

  it('keeps the message of a schema that has its own', () => {
    const schema = Joi.object({
      id: Joi.string().pattern(/^x$/).messages({ 'string.pattern.base': 'must be an id' }),
    });
    expect(messageOf(schema, { id: 'y' })).toContain('must be an id');
  });
});

describe('an unknown key', () => {
  const schema = Joi.object({ reason: Joi.string() });
  const refusal = (input: object): string => {
    try {
      validate(schema, input);
      return '';
    } catch (error) {
      return JSON.stringify([(error as Error).message, (error as { details: unknown }).details]);
    }
  };

  it('is named when it could be the name of an attribute', () => {
    expect(refusal({ reasn: 'x' })).toContain('reasn');
  });

  it.each(['13800138000', '王小明', 'wang@example.cn', 'wx400_canary'])(
    'is refused without being repeated when it could be a value: %s',
    (key) => {
      const text = refusal({ [key]: 1 });
      expect(text).toContain('not allowed');
      expect(text).not.toContain(key);
    }
  );
});
