import { fork } from 'node:child_process';
import path from 'node:path';

/** One HTTP request, ready to be sent. */
export interface Call {
  method: 'GET' | 'POST';
  path: string;
  headers: Record<string, string>;
  body?: string;
}

type Reply = { seconds?: number; status?: number; text?: string; error?: string };

export interface Client {
  /** Sends a block of requests. @returns how long it took, in seconds. @throws when one is not answered with 2xx. */
  block(calls: Call[]): Promise<number>;
  /** Sends one request, for its answer. */
  one(call: Call): Promise<{ status: number; text: string }>;
  close(): void;
}

/** A client over keep-alive connections, in a process of its own. */
export function createClient(url: string, concurrency: number): Client {
  const child = fork(path.join(__dirname, 'client.mjs'), [url, String(concurrency)]);
  const ask = (kind: 'one' | 'block', requests: Call[]): Promise<Reply> =>
    new Promise((resolve, reject) => {
      const gone = () => reject(new Error('The client of the benchmark has ended by itself.'));
      child.once('message', (reply: Reply) => {
        child.off('exit', gone);
        if (reply.error === undefined) resolve(reply);
        else reject(new Error(reply.error));
      });
      child.once('exit', gone);
      child.send({ kind, requests }, (error) => error && reject(error));
    });
  return {
    block: async (calls) => (await ask('block', calls)).seconds ?? 0,
    async one(call) {
      const { status = 0, text = '' } = await ask('one', [call]);
      return { status, text };
    },
    close: () => child.disconnect(),
  };
}
