import { LANGUAGE_COOKIE } from './language';
import { refusalsInLanguage } from './refusals';

interface Asked {
  path?: string;
  query?: Record<string, unknown>;
  sent?: unknown;
  cookie?: string;
  preferred?: string | null;
  accepts?: string;
  status?: number;
  body?: unknown;
}

const problem = (path: string, message: string) => ({ path: [path], message, name: 'E' });
const REFUSAL = {
  data: null,
  error: {
    status: 400,
    name: 'ValidationError',
    message: 'mobile: must be text; name: is too long',
    details: {
      errors: [problem('mobile', 'mobile: must be text'), problem('name', 'name: is too long')],
    },
  },
};

/** What is answered to somebody who asks so. */
async function answered(asked: Asked) {
  const { path, query, sent, cookie, preferred, accepts, status, body } = {
    status: 400,
    body: REFUSAL,
    ...asked,
  };
  const headers: Record<string, string> = {};
  const ctx = {
    path,
    status,
    body,
    query,
    request: { body: sent },
    state: { user: preferred === undefined ? undefined : { preferedLanguage: preferred } },
    cookies: { get: (name: string) => (name === LANGUAGE_COOKIE ? cookie : undefined) },
    acceptsLanguages: (...languages: string[]) =>
      languages.find((language) => accepts?.startsWith(language)) ?? languages[0],
    vary: (field: string) => void (headers.Vary = field),
    set: (field: string, value: string) => void (headers[field] = value),
  };
  await refusalsInLanguage()(ctx as never, () => Promise.resolve());
  return { body: ctx.body as typeof REFUSAL, headers };
}

describe('a refusal', () => {
  it('is in English for whoever does not say otherwise', async () => {
    const { body, headers } = await answered({});
    expect(body).toBe(REFUSAL);
    expect(headers).toEqual({ Vary: 'Accept-Language' });
  });

  it('is in Chinese for a client that accepts it, each problem and all of them together', async () => {
    const { body, headers } = await answered({ accepts: 'zh-CN,zh;q=0.9' });
    const [mobile, name] = body.error.details.errors.map(({ message }) => message);
    expect([mobile, name]).toEqual(['mobile：须为文本', 'name：过长']);
    expect(body.error.message).toBe(`${mobile}；${name}`);
    expect(headers['Content-Language']).toBe('zh-Hans');
  });

  it('names attributes in a form of the panel as the form names them', async () => {
    const named = async (path: string) =>
      (await answered({ accepts: 'zh', path })).body.error.details.errors[0]?.message;
    const types = '/content-manager/collection-types';
    expect(await named(`${types}/plugin::customer-governance.customer`)).toBe('手机号：须为文本');
    expect(await named(`${types}/plugin::customer-governance.contact/abc`)).toBe(
      '手机号：须为文本'
    );
    expect(await named(`${types}/plugin::customer-governance.constructor`)).toBe(
      'mobile：须为文本'
    );
    expect(await named(`${types}/api::lead.lead`)).toBe('mobile：须为文本');
  });

  it('keeps everything but its words', async () => {
    const { body } = await answered({ accepts: 'zh' });
    expect(body.data).toBeNull();
    expect(body.error).toMatchObject({ status: 400, name: 'ValidationError' });
    expect(body.error.details.errors.map(({ path }) => path)).toEqual([['mobile'], ['name']]);
  });

  it('is in the language that is asked for by name, then of the page, of the account and of the browser', async () => {
    const inChinese = async (asked: Asked) =>
      (await answered(asked)).headers['Content-Language'] === 'zh-Hans';
    expect(await inChinese({ preferred: 'zh-Hans' })).toBe(true);
    expect(await inChinese({ preferred: 'en', accepts: 'zh-CN' })).toBe(false);
    expect(await inChinese({ preferred: null, accepts: 'zh-CN' })).toBe(true);
    expect(await inChinese({ cookie: 'zh-Hans', preferred: 'en' })).toBe(true);
    expect(await inChinese({ cookie: 'en', preferred: 'zh-Hans', accepts: 'zh' })).toBe(false);
    expect(await inChinese({ cookie: 'fr', accepts: 'zh' })).toBe(false);
    expect(await inChinese({ query: { language: 'zh' }, cookie: 'en' })).toBe(true);
    expect(await inChinese({ sent: { language: 'zh-Hans' } })).toBe(true);
    expect(await inChinese({ sent: { language: 'en' }, accepts: 'zh' })).toBe(false);
    expect(
      await inChinese({ query: { language: 'fr' }, sent: { language: 7 }, accepts: 'zh' })
    ).toBe(true);
  });

  it.each([
    ['of no body', undefined],
    ['of a text', 'Not Found'],
    ['without an error', { data: null }],
    ['whose error is none', { error: null }],
    ['whose problems are no list', { error: { message: 'x', details: { errors: 'x' } } }],
    ['whose problems are nothing', { error: { details: { errors: [null] } } }],
  ])('%s stays as it is', async (_what, body) => {
    expect((await answered({ accepts: 'zh', status: 404, body })).body).toEqual(body);
  });

  it('is all that is touched', async () => {
    const body = { error: { message: 'must be text' } };
    expect((await answered({ accepts: 'zh', status: 200, body })).body).toBe(body);
  });
});
