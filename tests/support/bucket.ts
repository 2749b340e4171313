import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';

/** A private bucket in memory, as object storages are: what is fetched must be signed, and what is not there can be deleted. */
export async function startBucket() {
  const files = new Map<string, Buffer>();
  /** Names of the files that were fetched. */
  const fetched: string[] = [];
  const answer = async (request: http.IncomingMessage): Promise<[number, Buffer?]> => {
    const { pathname, searchParams } = new URL(String(request.url), 'http://bucket');
    const name = pathname.slice(1);
    if (request.method === 'PUT') {
      files.set(name, await buffer(request));
      return [200];
    }
    if (request.method === 'DELETE') {
      files.delete(name);
      return [204];
    }
    if (searchParams.get('signature') !== 'valid') return [403];
    fetched.push(name);
    const content = files.get(name);
    return content ? [200, content] : [404];
  };
  const server = http.createServer((request, response) => {
    answer(request).then(
      ([status, content]) => response.writeHead(status).end(content),
      () => response.destroy()
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    files,
    fetched,
    /** What an application takes it as its storage by. */
    env: {
      GOVERNANCE_FILES_PROVIDER: './tests/support/upload-provider.cjs',
      GOVERNANCE_FILES_PROVIDER_OPTIONS: JSON.stringify({
        address: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
      }),
    },
    stop: () =>
      new Promise((resolve) => {
        server.close(resolve);
        server.closeAllConnections();
      }),
  };
}

export type Bucket = Awaited<ReturnType<typeof startBucket>>;
