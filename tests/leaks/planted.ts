import type { Report } from './report';
import { CUSTOMER } from './records';
import { recordOf, type World } from './world';

export const PLANTED_PATH = '/leak-sweep-planted';

/**
 * Puts three leaks into the running application, each with canaries of its own. The sweep then does what it always does,
 * and must come upon them by itself.
 */
export async function plantLeaks(world: World): Promise<void> {
  const { strapi } = world;

  const route = recordOf(world, CUSTOMER, 'planted-route');
  const vault = strapi.plugin('customer-governance').service('vault') as {
    unseal(uid: string, ids: string[], attributes: string[]): Promise<Map<string, object>>;
  };
  strapi.server.routes([
    {
      method: 'GET',
      path: PLANTED_PATH,
      handler: async (ctx: { body: unknown }) => {
        const attributes = route.canaries.map(({ attribute }) => attribute);
        const values = await vault.unseal(route.uid, [route.documentId], attributes);
        ctx.body = { data: values.get(route.documentId) };
      },
      config: { auth: false },
    },
  ] as never);

  const logged = recordOf(world, CUSTOMER, 'planted-log').canaries[0];
  (strapi.log as unknown as { silly(line: string): void }).silly(`Looked at ${logged.value}`);

  const column = recordOf(world, CUSTOMER, 'planted-column');
  const { tableName, attributes } = strapi.db.metadata.get(CUSTOMER) as unknown as {
    tableName: string;
    attributes: Record<string, { columnName?: string }>;
  };
  const written = column.canaries.map(({ attribute, value }) => [
    attributes[attribute]?.columnName ?? attribute,
    value,
  ]);
  const schema = strapi.db.getSchemaName();
  const table = schema
    ? strapi.db.connection.withSchema(schema).table(tableName)
    : strapi.db.connection.table(tableName);
  await table.where({ id: column.id }).update(Object.fromEntries(written));
}

/** Whether each planted leak was found where it leaks. A leak that was missed is a sweep that proves nothing. */
export function checkPlanted(report: Report, channels: { storage: string[]; reads: string[] }) {
  const found = (label: string, wanted: string[]) =>
    report
      .planted()
      .some(
        ({ channel, canaries }) =>
          wanted.includes(channel) && canaries.some((canary) => canary.label === label)
      );
  const must = (what: string, label: string, wanted: string[]) =>
    report.check(
      `the planted leak is found: ${what}`,
      found(label, wanted),
      `nothing of the record "${label}" was found in ${wanted.join(' or ')}`
    );
  must('a route that returns unsealed values', 'planted-route', ['other routes read']);
  must('a log line with a value', 'planted-log', ['log']);
  must('plaintext in a column, in the bytes of the database', 'planted-column', channels.storage);
  for (const channel of channels.reads) {
    must(`plaintext in a column, by way of ${channel}`, 'planted-column', [channel]);
  }
}
