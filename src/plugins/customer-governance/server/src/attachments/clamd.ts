import { once } from 'node:events';
import net from 'node:net';
import type { Scan } from './scanner';

/** A scanner that says nothing for so long is not there. */
const SILENCE_MS = 60_000;
const MAX_ANSWER = 4096;

/**
 * Reads where clamd listens: `tcp://host:3310` or `unix:/run/clamav/clamd.ctl`.
 * @throws Error when the address is neither.
 */
export function clamdAddress(text: string): net.NetConnectOpts {
  const unix = /^unix:(\/.+)$/.exec(text);
  if (unix) return { path: unix[1] as string };
  const tcp = /^tcp:\/\/(\[[0-9a-f:]+\]|[\w.-]+):(\d{1,5})$/i.exec(text);
  if (!tcp) {
    throw new Error(
      'GOVERNANCE_SCANNER must say where clamd listens: tcp://host:port or unix:/path/of/the/socket.'
    );
  }
  return { host: (tcp[1] as string).replace(/^\[|\]$/g, ''), port: Number(tcp[2]) };
}

/** Has clamd look at content, by its command INSTREAM: pieces with their length before them, and an empty one at the end. */
export function clamdScan(address: net.NetConnectOpts, silenceMs = SILENCE_MS): Scan {
  return async (content) => {
    const socket = net.connect(address);
    socket.setTimeout(silenceMs, () => socket.destroy(new Error('clamd does not answer.')));
    let answer = '';
    socket.setEncoding('latin1');
    socket.on('data', (text: string) => {
      if (answer.length < MAX_ANSWER) answer += text;
    });
    const closed = once(socket, 'close');
    closed.catch(() => undefined);
    // Kept for whoever waits last: an error may come while a piece is being written.
    const failed = new Promise<never>((_resolve, reject) => socket.once('error', reject));
    failed.catch(() => undefined);
    try {
      await Promise.race([once(socket, 'connect'), failed]);
      socket.write('zINSTREAM\0');
      for await (const chunk of content) {
        // It answers before the end when it has seen enough.
        if (answer.includes('\0') || socket.destroyed) break;
        const length = Buffer.alloc(4);
        length.writeUInt32BE(chunk.length);
        socket.write(length);
        if (!socket.write(chunk)) await Promise.race([once(socket, 'drain'), closed, failed]);
      }
      // Not ended: clamd would take that for a client that no longer listens.
      if (!socket.destroyed) socket.write(Buffer.alloc(4));
      await Promise.race([closed, failed]);
    } finally {
      socket.destroy();
    }
    return verdictOf(answer);
  };
}

/** What clamd says: `stream: OK`, `stream: Name FOUND`, or what went wrong. The name of a finding is not passed on. */
function verdictOf(answer: string): 'clean' | 'infected' {
  const [said = ''] = answer.split('\0', 1);
  if (said === 'stream: OK') return 'clean';
  if (/^stream: .+ FOUND$/.test(said)) return 'infected';
  throw new Error('clamd gave no verdict.');
}
