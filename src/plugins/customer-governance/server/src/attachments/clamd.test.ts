import { once } from 'node:events';
import fs from 'node:fs';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { clamdAddress, clamdScan } from './clamd';

/** A clamd that reads one INSTREAM and answers. @param answer what it says of the content. */
async function clamd(
  answer: (content: Buffer) => string | null,
  listenAt: (server: net.Server) => void = (server) => server.listen(0, '127.0.0.1')
) {
  const server = net.createServer((socket) => {
    let received = Buffer.alloc(0);
    socket.on('error', () => undefined);
    socket.on('data', (part: Buffer) => {
      received = Buffer.concat([received, part]);
      const content = contentOf(received);
      if (!content) return;
      const said = answer(content);
      if (said !== null) socket.end(`${said}\0`);
    });
  });
  listenAt(server);
  await once(server, 'listening');
  return server;
}

/** The content of a whole INSTREAM; null before its end. */
function contentOf(received: Buffer): Buffer | null {
  expect('zINSTREAM\0').toContain(received.toString('latin1', 0, Math.min(10, received.length)));
  const parts: Buffer[] = [];
  for (let at = 10; at + 4 <= received.length;) {
    const length = received.readUInt32BE(at);
    if (length === 0) return Buffer.concat(parts);
    parts.push(received.subarray(at + 4, at + 4 + length));
    at += 4 + length;
  }
  return null;
}

async function* pieces(...texts: string[]) {
  for (const text of texts) yield Buffer.from(text);
}
const portOf = (server: net.Server) => (server.address() as net.AddressInfo).port;
const at = (server: net.Server) => clamdAddress(`tcp://127.0.0.1:${portOf(server)}`);

describe('a scan by clamd', () => {
  let server: net.Server | undefined;
  afterEach(() => server?.close());

  it('sends the content in pieces and believes what clamd says', async () => {
    let seen = '';
    server = await clamd((content) => {
      seen = content.toString();
      return seen.includes('EICAR') ? 'stream: Eicar-Test-Signature FOUND' : 'stream: OK';
    });
    expect(await clamdScan(at(server))(pieces('one ', 'two'))).toBe('clean');
    expect(seen).toBe('one two');
    expect(await clamdScan(at(server))(pieces('one ', 'EICAR'))).toBe('infected');
  });

  it('works over a socket of the file system', async () => {
    const file = path.join(fs.mkdtempSync(path.join(os.tmpdir(), 'clamd-')), 'clamd.ctl');
    server = await clamd(
      () => 'stream: OK',
      (made) => made.listen(file)
    );
    expect(await clamdScan(clamdAddress(`unix:${file}`))(pieces('x'))).toBe('clean');
  });

  it.each([['INSTREAM size limit exceeded. ERROR'], ['stream: OKAY'], ['UNKNOWN COMMAND'], ['']])(
    'finds nothing clean that clamd did not call clean: %j',
    async (said) => {
      server = await clamd(() => said);
      await expect(clamdScan(at(server))(pieces('x'))).rejects.toThrow('no verdict');
    }
  );

  it('fails when nobody listens, or whoever does keeps silent', async () => {
    server = await clamd(() => null);
    await expect(clamdScan(at(server), 50)(pieces('x'))).rejects.toThrow('does not answer');
    const gone = at(server);
    server.close();
    await expect(clamdScan(gone)(pieces('x'))).rejects.toThrow();
  });

  it.each(['clamd', 'http://127.0.0.1:3310', 'tcp://127.0.0.1', 'unix:relative'])(
    'is not configured with %s',
    (text) => {
      expect(() => clamdAddress(text)).toThrow(/GOVERNANCE_SCANNER/);
    }
  );
});
