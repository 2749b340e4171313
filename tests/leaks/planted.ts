import type { Report } from './report';
import { CUSTOMER, type CanaryRecord } from './records';
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
  await customersOf(world).where({ id: column.id }).update(plaintextOf(world, column));
}

/** The table of the customers itself, past everything that guards it. */
function customersOf({ strapi }: World) {
  const { tableName } = strapi.db.metadata.get(CUSTOMER);
  const schema = strapi.db.getSchemaName();
  return schema
    ? strapi.db.connection.withSchema(schema).table(tableName)
    : strapi.db.connection.table(tableName);
}

/** What is put into the columns of a record, by column. */
function plaintextOf({ strapi }: World, { canaries }: CanaryRecord): Record<string, string> {
  const { attributes } = strapi.db.metadata.get(CUSTOMER) as unknown as {
    attributes: Record<string, { columnName?: string }>;
  };
  return Object.fromEntries(
    canaries.map(({ attribute, value }) => [attributes[attribute]?.columnName ?? attribute, value])
  );
}

/** Says so when what was put into the columns stands there no more: then somebody wrote the record in the meantime. */
export async function tellOverwritten(world: World): Promise<void> {
  const column = recordOf(world, CUSTOMER, 'planted-column');
  const row = await customersOf(world).where({ id: column.id }).first();
  const gone = Object.entries(plaintextOf(world, column)).filter(
    ([name, value]) => row?.[name] !== value
  );
  if (gone.length === 0) return;
  const entries: Array<{ action: string; at: string }> = await world.strapi.db
    .connection('governance_audit_entries')
    .whereRaw('CAST(record_ids AS text) LIKE ?', `%${column.documentId}%`)
    .select('action', 'at')
    .orderBy('id');
  console.log(
    `Written over in the meantime, of ${row ? 'a row that is there' : 'a row that is gone'}: ` +
      `${gone.map(([name]) => name).join(', ')}; ${JSON.stringify(entries)}`
  );
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
