import { parseArgs } from 'node:util';
import { auditCommands } from './audit.mjs';
import { backupCommands } from './backup.mjs';
import { duplicateCommands } from './duplicates.mjs';
import { vaultCommands } from './vault.mjs';

/**
 * Every command by its name: `takes` names what must be given, `options` what may be, each with the word for its value, and
 * `flags` what is just said; `alone` says whether it needs no application for what it was given.
 * @type {Record<string, { takes?: string, options?: Record<string, string>, flags?: string[], does: string,
 *   alone?: (options: Record<string, any>) => boolean,
 *   run(context: { service: (name: string) => any, given: string[], options: Record<string, any> }): Promise<void> }>}
 */
const commands = { ...vaultCommands, ...duplicateCommands, ...auditCommands, ...backupCommands };

const callOf = (name, { takes, options = {}, flags = [] }) =>
  [
    name,
    ...(takes ? [takes] : []),
    ...Object.entries(options).map(([option, value]) => `[--${option} ${value}]`),
    ...flags.map((flag) => `[--${flag}]`),
  ].join(' ');

function usage() {
  const lines = Object.entries(commands).map(([name, command]) => [
    callOf(name, command),
    command.does,
  ]);
  const width = Math.max(...lines.map(([call]) => call.length));
  return `npm run governance -- COMMAND\n\n${lines
    .map(([call, does]) => `  ${call.padEnd(width)}  ${does}`)
    .join('\n')}\n`;
}

/**
 * Reads what was called for. @returns the command, bound to what it was given.
 * @throws Error that says how to call.
 */
export function readCommand([name, ...args]) {
  const command = Object.hasOwn(commands, name ?? '') ? commands[name] : undefined;
  if (!command) throw new Error(usage());
  const options = Object.fromEntries([
    ...Object.keys(command.options ?? {}).map((option) => [option, { type: 'string' }]),
    ...(command.flags ?? []).map((flag) => [flag, { type: 'boolean' }]),
  ]);
  let parsed;
  try {
    parsed = parseArgs({ args, options, allowPositionals: true });
  } catch (error) {
    throw new Error(`${error.message}\nnpm run governance -- ${callOf(name, command)}`, {
      cause: error,
    });
  }
  if (parsed.positionals.length !== (command.takes ? 1 : 0)) {
    throw new Error(`npm run governance -- ${callOf(name, command)}\n${command.does}`);
  }
  const given = { given: parsed.positionals, options: { ...parsed.values } };
  return {
    alone: command.alone?.(given.options) ?? false,
    run: (service) => command.run({ service, ...given }),
  };
}
