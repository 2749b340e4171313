import { httpWitness } from './endpoint';

const STORE = '0123456789abcdef0123456789abcdef';
const never = new AbortController().signal;

/** A witness behind an address, as far as files of tombstones go. */
function witness(answer: (method: string, url: string) => Response) {
  const called: string[] = [];
  const send = (async (url: string, init: RequestInit) => {
    called.push(`${init.method} ${url}`);
    return answer(String(init.method), url);
  }) as unknown as typeof fetch;
  return {
    target: httpWitness('https://witness.example/keep?of=us', 'token', STORE, send),
    called,
  };
}
const file = { number: 12, content: '{}\n' };

describe('the witness over HTTP', () => {
  it('keeps a file of tombstones at an address of its own, and gives it back', async () => {
    const json = { headers: { 'content-type': 'application/json' } };
    const { target, called } = witness((method) =>
      method === 'PUT' ? new Response(null, { status: 201 }) : new Response(file.content, json)
    );
    expect(await target.deliverTombstones(file, never)).toBe(true);
    expect(await target.tombstones(12, never)).toBe(file.content);
    const address =
      'https://witness.example/keep/tombstones/0123456789abcdef/000000000012.json?of=us';
    expect(called).toEqual([`PUT ${address}`, `GET ${address}`]);
  });

  it.each([404, 405, 501])('may keep checkpoints alone, as one that answers %i', async (status) => {
    const { target } = witness(() => new Response(null, { status }));
    expect(await target.deliverTombstones(file, never)).toBe(false);
    expect(await target.tombstones(12, never)).toBeNull();
  });

  it('holds no file where it answers with something else than one', async () => {
    const { target } = witness(() => new Response('welcome'));
    expect(await target.tombstones(12, never)).toBeNull();
  });

  it('that answers with an error has not been asked', async () => {
    const { target } = witness(() => new Response(null, { status: 503 }));
    await expect(target.tombstones(12, never)).rejects.toMatchObject({ code: 'status-503' });
    await expect(target.deliverTombstones(file, never)).rejects.toMatchObject({
      code: 'status-503',
    });
  });

  it('that holds another file says so', async () => {
    const { target } = witness(() => new Response(null, { status: 409 }));
    await expect(target.deliverTombstones(file, never)).rejects.toMatchObject({
      code: 'witness-differs',
    });
  });
});
