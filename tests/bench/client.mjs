// The client, in a process of its own: with it in the application's, its work would count as the application's, on both
// sides alike, and so bring every ratio closer to 1. Called with the address and the number of requests at a time.
import http from 'node:http';

const [address = '', atATime = '1'] = process.argv.slice(2);
const concurrency = Number(atATime);
const agent = new http.Agent({ keepAlive: true, maxSockets: concurrency });
const { hostname, port } = new URL(address);

/** Sends one request and reads its answer to the end. */
function send({ method, path, headers, body }) {
  return new Promise((resolve, reject) => {
    const length = body === undefined ? {} : { 'content-length': Buffer.byteLength(body) };
    const request = http.request(
      { agent, hostname, port, method, path, headers: { ...headers, ...length } },
      (response) => {
        const parts = [];
        response.on('data', (part) => parts.push(part));
        response.on('error', reject);
        response.on('end', () => {
          resolve({ status: response.statusCode ?? 0, body: Buffer.concat(parts) });
        });
      }
    );
    request.on('error', (error) => {
      // The application had closed the idle connection; nothing was sent on it. See request.reusedSocket in Node's manual.
      const idle = request.reusedSocket && 'code' in error && error.code === 'ECONNRESET';
      if (idle) send({ method, path, headers, body }).then(resolve, reject);
      else reject(error);
    });
    request.end(body);
  });
}

/** Sends all, so many at a time, and stops at the first that is not answered as it should be. */
async function sendAll(requests) {
  let next = 0;
  const started = process.hrtime.bigint();
  const work = async () => {
    for (let request = requests[next++]; request; request = requests[next++]) {
      const { status, body } = await send(request);
      if (status < 200 || status > 299) {
        throw new Error(
          `${request.method} ${request.path} was answered ${status}: ${String(body).slice(0, 500)}`
        );
      }
    }
  };
  await Promise.all(Array.from({ length: concurrency }, work));
  return Number(process.hrtime.bigint() - started) / 1e9;
}

process.on('message', async ({ kind, requests }) => {
  try {
    if (kind === 'one') {
      const { status, body } = await send(requests[0]);
      process.send?.({ status, text: body.toString('utf8') });
    } else {
      process.send?.({ seconds: await sendAll(requests) });
    }
  } catch (error) {
    process.send?.({ error: error instanceof Error ? error.message : String(error) });
  }
});
process.on('disconnect', () => agent.destroy());
