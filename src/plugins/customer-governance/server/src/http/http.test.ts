import fc from 'fast-check';
import { cleanInput, findUnclean } from './clean-input';
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

  it('is refused as a list', async () => {
    await expect(cleanInput()(context({ request: { body: [1] } }), pass)).rejects.toMatchObject({
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
  const lineFor = async (path: string) => {
    const lines: string[] = [];
    const strapi = { log: { http: (line: string) => lines.push(line) } } as never;
    await requestLog({}, { strapi })({ method: 'GET', path, status: 200 }, pass);
    return lines.join('\n');
  };

  it('has method, path and status', async () => {
    expect(await lineFor('/api/leads/abc123')).toMatch(/^GET \/api\/leads\/abc123 \(\d+ ms\) 200$/);
  });

  it.each([
    '/api/leads/13800138000',
    '/api/leads/%E7%8E%8B',
    '/api/leads/a@b.cn',
    '/api/leads/330106198501018888',
  ])('leaves out of %s what a client could have typed as a value', async (path) => {
    expect(await lineFor(path)).toContain('GET /api/leads/…');
  });
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
