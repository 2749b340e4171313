import { spawn, spawnSync, type StdioOptions } from 'node:child_process';
import { readdirSync } from 'node:fs';
import path from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

const TOOLS = ['pg_dump', 'pg_restore', 'psql'] as const;
type Tool = (typeof TOOLS)[number];

/** Where Debian and its like keep the tools of each version. */
const VERSIONED = '/usr/lib/postgresql';
const ERROR_LINES = 3;

/** PostgreSQL's own client programs, of a version that fits the server. */
export interface PostgresTools {
  directory: string;
  version: number;
}

export type PostgresEnvironment = Record<string, string>;

const major = (program: string): number | null => {
  const { stdout } = spawnSync(program, ['--version'], { encoding: 'utf8' });
  const [, version] = / (\d+)(?:[.\s]|beta|rc|devel)/.exec(stdout ?? '') ?? [];
  return version ? Number(version) : null;
};

function directories(configured: string | undefined): string[] {
  if (configured) return [configured];
  const inPath = (process.env.PATH ?? '').split(path.delimiter).filter(Boolean);
  let versioned: string[] = [];
  try {
    versioned = readdirSync(VERSIONED)
      .sort((a, b) => Number(b) - Number(a))
      .map((version) => path.join(VERSIONED, version, 'bin'));
  } catch {
    // Another system.
  }
  return [...inPath, ...versioned];
}

/**
 * Finds the tools. @param server the server's major version: pg_dump refuses a server that is newer than itself.
 * @throws Error that says what to install.
 */
export function findTools(server: number, configured?: string): PostgresTools {
  const found = new Set<number>();
  for (const directory of directories(configured)) {
    const versions = TOOLS.map((tool) => major(path.join(directory, tool)));
    if (versions.includes(null)) continue;
    const version = Math.min(...(versions as number[]));
    found.add(version);
    if (version >= server) return { directory, version };
  }
  const there =
    found.size > 0 ? `Those of version ${[...found].join(', ')} are too old for it.` : '';
  throw new Error(
    `Backups of PostgreSQL need ${TOOLS.join(', ')} of version ${server} or newer. ${there} ` +
      `Install postgresql-client-${server}, or name their folder in GOVERNANCE_BACKUP_TOOLS.`
  );
}

function start(
  { directory }: PostgresTools,
  tool: Tool,
  args: readonly string[],
  env: PostgresEnvironment,
  stdio: StdioOptions
) {
  const child = spawn(path.join(directory, tool), args, {
    env: { PATH: process.env.PATH, HOME: process.env.HOME, LC_ALL: 'C', ...env },
    stdio,
  });
  let said = '';
  child.stderr?.on('data', (part: Buffer) => {
    said = (said + part.toString()).slice(-64 * 1024);
  });
  const done = new Promise<void>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => {
      if (code === 0) resolve();
      else reject(new Error(`${tool} ended with ${code}: ${errorsIn(said)}`));
    });
  });
  // Whoever starts two waits for one after the other.
  done.catch(() => undefined);
  return { child, done };
}

/** The lines that tell what is wrong; those with details may quote a row. */
const errorsIn = (said: string): string =>
  said
    .split('\n')
    .filter((line) => /(error|FATAL|ERROR): /.test(line))
    .slice(0, ERROR_LINES)
    .join(' ') || 'it said nothing of it.';

/** Runs one of the tools to its end. @throws Error with what it said. */
export async function runTool(
  tools: PostgresTools,
  tool: Tool,
  args: readonly string[],
  env: PostgresEnvironment
): Promise<void> {
  await start(tools, tool, args, env, ['ignore', 'ignore', 'pipe']).done;
}

/**
 * Restores a dump in one transaction: all of it, or nothing.
 * @param before statements that run first, in the same transaction.
 */
export async function restoreDump(
  tools: PostgresTools,
  { dump, schema, before }: { dump: string; schema: string; before: string },
  env: PostgresEnvironment
): Promise<void> {
  const psql = start(
    tools,
    'psql',
    ['--no-psqlrc', '--quiet', '--single-transaction', '--set=ON_ERROR_STOP=1', '--file=-'],
    env,
    ['pipe', 'ignore', 'pipe']
  );
  const restore = start(
    tools,
    'pg_restore',
    ['--no-owner', '--no-privileges', `--schema=${schema}`, '--file=-', dump],
    env,
    ['ignore', 'pipe', 'pipe']
  );
  const statements = async function* (source: Readable) {
    yield `${before}\n`;
    yield* source;
    // Ended before its end, the input must not be taken for the whole of it.
    await restore.done;
  };
  const fed = pipeline(
    restore.child.stdout as Readable,
    statements as never,
    psql.child.stdin as NodeJS.WritableStream
  ).catch(async (error: Error) => {
    psql.child.kill();
    // psql has ended first: what it says is the reason.
    await psql.done;
    throw error;
  });
  await restore.done.catch(async (error: Error) => {
    psql.child.kill();
    await psql.done.catch(() => undefined);
    throw error;
  });
  await fed;
  await psql.done;
}
