import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import type { Caller } from './callers';
import { dataOf } from './canaries';
import type { Client } from './http';
import { NOBODY, type Report } from './report';
import type { Search } from './search';
import type { CanaryRecord } from './records';
import type { World } from './world';

const CHANNEL = 'webhooks';

interface Delivery {
  event: string;
  uid: string;
}

export interface Receiver {
  deliveries: Delivery[];
  /** Waits until nothing has come for a while. */
  settle(): Promise<void>;
  close(): void;
}

/** Receives webhooks on this machine and searches what they carry. */
export async function startReceiver(
  world: World,
  superAdmin: Caller,
  client: Client,
  search: Search,
  report: Report
): Promise<Receiver> {
  const deliveries: Delivery[] = [];
  report.expect(CHANNEL);
  const server = http.createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      const body = Buffer.concat(parts);
      const payload = parsed(body);
      const event = payload.event ?? String(request.headers['x-strapi-event']);
      deliveries.push({ event, uid: payload.uid ?? '' });
      report.called(CHANNEL);
      const head = Buffer.from(request.rawHeaders.join('\n'));
      for (const { form, canaries } of search(Buffer.concat([head, body]))) {
        const place = `${event} of ${payload.uid ?? '?'}`;
        const detail = 'payload of a webhook';
        report.found({ channel: CHANNEL, caller: NOBODY, place, detail, form, canaries });
      }
      response.end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`;

  const store = world.strapi.get('webhookStore') as unknown as {
    allowedEvents: Map<string, string>;
  };
  const answer = await client('other routes write', superAdmin, {
    method: 'POST',
    template: '/admin/webhooks',
    path: '/admin/webhooks',
    body: { name: 'sweep', url, headers: {}, events: [...store.allowedEvents.values()] },
  });
  if (answer.status !== 201) throw new Error(`The webhook cannot be registered: ${answer.text}`);

  return {
    deliveries,
    async settle() {
      for (let count = -1; count !== deliveries.length;) {
        count = deliveries.length;
        await wait(400);
      }
    },
    close: () => server.close(),
  };
}

function parsed(body: Buffer): Partial<Delivery> {
  try {
    return JSON.parse(body.toString('utf8')) as Partial<Delivery>;
  } catch {
    return {};
  }
}

/**
 * Creates, changes and deletes a record of every governed type by the document service, which every write of a person or
 * program goes through, and sees that the webhooks told of each.
 */
export async function writeForWebhooks(
  world: World,
  receiver: Receiver,
  records: CanaryRecord[],
  report: Report
): Promise<void> {
  const actor = world.strapi.plugin('customer-governance').service('actor') as {
    asSystem<T>(name: string, work: () => Promise<T>): Promise<T>;
  };
  // A customer takes its contacts along, so it goes last.
  for (const record of [...records].reverse()) {
    const documents = world.strapi.documents(record.uid as never) as unknown as {
      update(params: unknown): Promise<unknown>;
      delete(params: unknown): Promise<unknown>;
    };
    const { documentId } = record;
    await actor.asSystem('leak-sweep', async () => {
      await documents.update({ documentId, data: dataOf(world.sent.get(record.uid) ?? []) });
      await documents.delete({ documentId });
    });
  }
  await receiver.settle();
  for (const uid of new Set(records.map((record) => record.uid))) {
    for (const event of ['entry.update', 'entry.delete']) {
      report.check(
        `webhooks tell of ${event} of ${uid}`,
        receiver.deliveries.some((delivery) => delivery.event === event && delivery.uid === uid),
        'no such webhook came, so that nothing of it was searched'
      );
    }
  }
}
