import { dataOf, governedTypes } from './canaries';
import { createNarrowToken, type Caller } from './callers';
import type { Client } from './http';
import type { Report } from './report';
import { governedRelations } from './routes';
import { recordOf, type World } from './world';

const CHANNEL = 'MCP';

interface Tool {
  name: string;
  inputSchema?: { properties?: Record<string, unknown> };
}

interface Reply {
  result?: { tools?: Tool[] };
}

/** Sends one request of the protocol (JSON-RPC 2.0 over streamable HTTP). */
function createMcp(client: Client, caller: Caller, token = caller.mcpToken) {
  const asToken = token ? { ...caller, headers: { authorization: `Bearer ${token}` } } : caller;
  return async (method: string, params: Record<string, unknown> = {}): Promise<Reply> => {
    const answer = await client(CHANNEL, asToken, {
      method: 'POST',
      template: `/mcp ${String(params.name ?? method)}`,
      path: '/mcp',
      body: { jsonrpc: '2.0', id: 1, method, params },
    });
    // The answer comes as JSON or as one server-sent event.
    const data = /^data: (.*)$/m.exec(answer.text)?.[1] ?? answer.text;
    try {
      return JSON.parse(data) as Reply;
    } catch {
      return {};
    }
  };
}

type Mcp = ReturnType<typeof createMcp>;

/** Lists the tools that each caller is offered and calls those that read, with every way to ask that their schemas have. */
export async function sweepMcpReads(
  world: World,
  callers: Caller[],
  client: Client,
  report: Report
): Promise<void> {
  for (const caller of callers.filter(({ kind }) => kind !== 'user')) {
    report.expect(CHANNEL, caller.name);
    const mcp = createMcp(client, caller);
    const clientInfo = { name: 'leak-sweep', version: '1' };
    await mcp('initialize', { protocolVersion: '2025-06-18', capabilities: {}, clientInfo });
    await mcp('prompts/list');
    await mcp('resources/list');
    const tools = (await mcp('tools/list')).result?.tools ?? [];
    const reading = tools.filter(({ name }) => /^(list|get|media_(list|get))_/.test(name));
    await eachTool(world, caller, client, reading, async (call, { name }) => {
      for (const input of readInputs(world, name)) await call(input);
    });
    if (caller.name === 'Super Admin') await checkReach(world, mcp, report);
  }
}

/** Does something with each tool, by a token that is made for the tool's type alone. */
async function eachTool(
  world: World,
  caller: Caller,
  client: Client,
  tools: Tool[],
  work: (call: (input: Record<string, unknown>) => Promise<Reply>, tool: Tool) => Promise<void>
): Promise<void> {
  const tokens = new Map<string, string>();
  for (const tool of tools) {
    const uid = typeOf(world, tool.name) ?? '';
    const token = tokens.get(uid) ?? (await createNarrowToken(world.strapi, caller, uid));
    tokens.set(uid, token);
    const mcp = createMcp(client, caller, token);
    await work((input) => mcp('tools/call', { name: tool.name, arguments: input }), tool);
  }
}

/** That the tools show the canary records at all, by their masks. */
async function checkReach(world: World, mcp: Mcp, report: Report): Promise<void> {
  for (const uid of governedTypes(world.strapi).keys()) {
    const { documentId, canaries } = recordOf(world, uid, 'own');
    const name = `get_${slugOf(uid)}`;
    const text = JSON.stringify(await mcp('tools/call', { name, arguments: { documentId } }));
    report.check(
      `MCP shows the canary record of ${uid} to the super admin, by its masks`,
      canaries.every(({ mask }) => text.includes(JSON.stringify(mask).slice(1, -1))),
      `${name} answered: ${text.slice(0, 300)}`
    );
  }
}

/** As Strapi names tools after types: `plugin::a.b` is `plugin-a_b`, and `api::a.a` is `a`. */
function slugOf(uid: string): string {
  const [namespace, name] = uid.toLowerCase().split('::');
  const [first, ...rest] = (name ?? '').split('.');
  const parts = namespace === 'api' && first === rest[0] ? [first] : [first, ...rest];
  return namespace === 'api' ? parts.join('_') : `${namespace}-${parts.join('_')}`;
}

/** The type that a tool is about: `list_lead`, `get_plugin-customer-governance_customer`. */
const typeOf = ({ strapi }: World, tool: string): string | undefined =>
  Object.keys(strapi.contentTypes).find((uid) => tool.slice(tool.indexOf('_') + 1) === slugOf(uid));

function readInputs(world: World, tool: string): Array<Record<string, unknown>> {
  const uid = typeOf(world, tool);
  if (!uid) return [{}, { id: 1 }];
  const governed = governedTypes(world.strapi).has(uid);
  if (tool.startsWith('get_')) {
    if (!governed) return [{ documentId: 'missing0000000000000000a' }];
    return ['own', 'foreign', 'planted-column'].map((label) => ({
      documentId: recordOf(world, uid, label).documentId,
    }));
  }
  const across = governedRelations(world.strapi, uid).map(([relation, target]) => {
    const [first] = recordOf(world, target, 'own').canaries;
    return { filters: { [relation]: { [first.attribute]: { $eq: first.value } } } };
  });
  if (!governed) return [{ page: 1, pageSize: 100 }, ...across];
  const own = recordOf(world, uid, 'own').canaries;
  return [
    // The canaries' masks sort among the first or the last.
    ...['asc', 'desc'].map((order) => ({ pageSize: 100, sort: `${own[0].attribute}:${order}` })),
    { status: 'draft', locale: 'en', sort: own.map(({ attribute }) => ({ [attribute]: 'asc' })) },
    ...across,
    { filters: { $or: own.map(({ attribute, value }) => ({ [attribute]: { $eq: value } })) } },
    { filters: { $or: own.map(({ attribute, twin }) => ({ [attribute]: { $contains: twin } })) } },
  ];
}

/** Calls the tools that write: with values of the wrong kind, with what they want, and at last the deletion. */
export async function sweepMcpWrites(
  world: World,
  callers: Caller[],
  client: Client
): Promise<void> {
  const rank = ({ name }: Tool) => ['create', 'update', 'delete'].indexOf(name.split('_')[0]);
  for (const caller of callers.filter(({ mcpToken }) => mcpToken)) {
    const tools = (await createMcp(client, caller)('tools/list')).result?.tools ?? [];
    const writing = tools
      .filter((tool) => rank(tool) >= 0)
      .sort((one, other) => rank(one) - rank(other));
    await eachTool(world, caller, client, writing, async (call, { name }) => {
      for (const input of writeInputs(world, caller, name)) await call(input);
    });
  }
}

function writeInputs(world: World, caller: Caller, tool: string): Array<Record<string, unknown>> {
  const uid = typeOf(world, tool);
  const sent = world.sent.get(uid ?? '') ?? world.typed;
  const values = sent.map(({ value }) => value);
  const [one] = values;
  const throwaway = world.throwaways.get(caller.name)?.find((record) => record.uid === uid);
  const documentId = throwaway?.documentId ?? 'missing0000000000000000a';
  const shifted = Object.fromEntries(
    sent.map(({ attribute }, at) => [attribute, values[(at + 1) % values.length]])
  );
  if (tool.startsWith('delete')) return [{ documentId }];
  const wrong = [
    { documentId, data: { unknown: one } },
    { documentId, data: one },
    { documentId: one, data: { [world.typed[0].value]: one } },
  ];
  if (!uid || !governedTypes(world.strapi).has(uid)) return wrong.slice(0, 1);
  const nested = Object.fromEntries(sent.map(({ attribute, value }) => [attribute, { value }]));
  return [
    ...wrong,
    { documentId, data: shifted },
    { documentId, data: nested },
    { documentId, data: dataOf(sent) },
  ];
}
