import fc from 'fast-check';
import { cleanInput, findUnclean } from './clean-input';
import { refuseDrafts } from './drafts';
import { quietErrors } from './quiet-errors';
import { requestLog } from './request-log';

const context = (over: object) => ({ path: '/api/things', query: {}, request: {}, ...over });
const pass = async () => undefined;

describe('text that no column can hold', () => {
  it.each([
    ['a NUL in the body', { request: { body: { a: { b: ['x\0'] } } } }],
    ['a NUL as a key', { request: { body: { 'x\0': 1 } } }],
    ['half a surrogate pair in the query', { query: { filters: { name: '\ud800' } } }],
    ['an encoded NUL in the address', { path: '/api/things/%00' }],
    ['an address that is no valid encoding', { path: '/api/%E0%A4%A' }],
  ])('is refused: %s', async (_what, over) => {
    await expect(cleanInput()(context(over), pass)).rejects.toMatchObject({
      name: 'ValidationError',
    });
  });

  it.each([
    ['a list', [1]],
    ['plain text', 'name=x'],
  ])('is refused as a body that is no object: %s', async (_what, body) => {
    await expect(cleanInput()(context({ request: { body } }), pass)).rejects.toMatchObject({
      name: 'ValidationError',
    });
  });

  it.each(['22P02', '22003', '42883'])(
    'is told from a fault of the server when the database says %s',
    async (code) => {
      const fails = () => Promise.reject(Object.assign(new Error('value 13800138000'), { code }));
      const refused = cleanInput()(context({}), fails);
      await expect(refused).rejects.toMatchObject({ name: 'ValidationError' });
      await expect(refused).rejects.not.toThrow(/13800138000/);
    }
  );

  it('leaves the faults of the server as they are', async () => {
    const fault = Object.assign(new Error('gone'), { code: '57P01' });
    await expect(cleanInput()(context({}), () => Promise.reject(fault))).rejects.toBe(fault);
  });

  it('is named by its place and not quoted', () => {
    const body = { data: { mobile: '13800138000\0' } };
    expect(findUnclean(body, [])).toEqual(['data', 'mobile']);
  });

  it('lets every well-formed text pass, emoji and all', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        fc.pre(!text.includes('\0'));
        expect(findUnclean({ text }, [])).toBeNull();
      })
    );
  });

  it('refuses nesting without end instead of running out of stack', () => {
    let body: unknown = 'x';
    for (let depth = 0; depth < 50_000; depth += 1) body = { a: body };
    expect(findUnclean(body, [])).not.toBeNull();
  });
});

describe('the request log', () => {
  const lineFor = async (path: string, route?: string) => {
    const lines: string[] = [];
    const strapi = { log: { http: (line: string) => lines.push(line) } } as never;
    const ctx = { method: 'GET', path, status: 200, _matchedRoute: route };
    await requestLog({}, { strapi })(ctx, pass);
    return lines.join('\n');
  };

  it.each([
    ['/api/leads', '/api/leads'],
    ['/api/leads/a1b2c3d4e5f6g7h8i9j0k1l2', '/api/leads/:id'],
    ['/admin/users/17', '/admin/users/:id'],
    [
      '/content-manager/collection-types/api::lead.lead',
      '/content-manager/collection-types/:model',
    ],
  ])('has method, path and status: %s', async (path, route) => {
    const line = await lineFor(path, route);
    expect(line.startsWith(`GET ${path} (`)).toBe(true);
    expect(line).toMatch(/\(\d+ ms\) 200$/);
  });

  it.each([
    '13800138000',
    '%E7%8E%8B',
    'a@b.cn',
    '330106198501018888',
    'EZ1234567',
    'zhangsan',
    '%E0%A4%A',
  ])('leaves out %s, which a client could have typed as a value', async (value) => {
    expect(await lineFor(`/api/leads/${value}`, '/api/leads/:id')).toContain('GET /api/leads/… ');
  });

  it.each([undefined, '/((?!uploads/).+)', '/uploads/(.*)'])(
    'leaves out a path of which no route knows the words',
    async (route) => {
      expect(await lineFor('/zhangsan/13800138000', route)).toContain('GET /… ');
    }
  );
});

describe('an error of the body parser', () => {
  const thrown = async (error: unknown): Promise<unknown> => {
    try {
      await quietErrors()({}, () => Promise.reject(error));
      return null;
    } catch (caught) {
      return caught;
    }
  };

  it('loses the body that it carries, and says what to do', async () => {
    const error = Object.assign(new SyntaxError('Unexpected token 王'), {
      status: 400,
      body: '{"name": 王小明',
    });
    const caught = await thrown(error);
    expect(caught).toMatchObject({ name: 'ValidationError' });
    expect(JSON.stringify(caught) + String((caught as Error).stack)).not.toContain('王');
  });

  it('is told from other errors, which stay as they are', async () => {
    const fault = new Error('gone');
    expect(await thrown(fault)).toBe(fault);
    expect(await thrown(Object.assign(new Error('large'), { status: 413 }))).toMatchObject({
      name: 'PayloadTooLargeError',
    });
  });
});

it('tells the words of a schema from a fault of the server, and quotes none of them', async () => {
  const error = Object.assign(new Error('Unrecognized key: "13800138000"'), { name: 'ZodError' });
  const answer = quietErrors()({}, () => Promise.reject(error));
  await expect(answer).rejects.toMatchObject({ name: 'ValidationError' });
  await expect(answer).rejects.not.toThrow(/13800138000/);
});

describe('a refusal that its controller stumbles over', () => {
  const stumble = () => Promise.reject(new TypeError('cannot read'));

  it('stays a refusal', async () => {
    const ctx = { status: 403, body: { error: { status: 403, name: 'ForbiddenError' } } };
    await expect(quietErrors()(ctx, stumble)).resolves.toBeUndefined();
  });

  it('is not made of a fault that nobody had answered yet', async () => {
    const ctx = { status: 404, body: undefined };
    await expect(quietErrors()(ctx, stumble)).rejects.toThrow(TypeError);
  });
});

describe('publishing what has no drafts', () => {
  const types = { 'api::a.a': { options: { draftAndPublish: true } }, 'api::b.b': {} };
  const middleware = refuseDrafts({}, { strapi: { contentTypes: types } as never });
  const call = (path: string) => middleware({ path }, async () => undefined);

  it.each([
    '/content-manager/collection-types/api%3A%3Ab.b/abc/actions/unpublish',
    '/content-manager/collection-types/api::b.b/actions/publish',
    '/content-manager/single-types/api::b.b/actions/discard',
  ])('is refused: %s', async (path) => {
    await expect(call(path)).rejects.toMatchObject({ name: 'ValidationError' });
  });

  it.each([
    '/content-manager/collection-types/api::a.a/abc/actions/publish',
    '/content-manager/collection-types/api::b.b/actions/bulkDelete',
    '/content-manager/collection-types/api::unknown.type/abc/actions/publish',
  ])('lets pass: %s', async (path) => {
    await expect(call(path)).resolves.toBeUndefined();
  });
});
