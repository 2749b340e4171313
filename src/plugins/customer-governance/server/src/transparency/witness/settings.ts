import { accessSync, constants, statSync } from 'node:fs';
import path from 'node:path';

/** Where checkpoints are delivered besides; both optional. */
export interface WitnessSettings {
  /** An absolute path. */
  directory?: string;
  url?: string;
  token?: string;
}

const VISIBLE = /^[\x21-\x7e]+$/;

/**
 * The settings of the witnesses as they stand in the configuration.
 * @param base of a relative directory.
 * @throws Error that says what is wrong with them, so that nobody believes in a witness that there is not.
 */
export function readWitnessSettings(
  given: { directory?: unknown; url?: unknown; token?: unknown } | undefined,
  base: string
): WitnessSettings {
  const text = (name: string, value: unknown): string | undefined => {
    if (value === undefined || value === null || value === '') return undefined;
    if (typeof value !== 'string') throw new Error(`${name} must be text.`);
    return value;
  };
  const directory = text('GOVERNANCE_WITNESS_DIRECTORY', given?.directory);
  const url = text('GOVERNANCE_WITNESS_URL', given?.url);
  const token = text('GOVERNANCE_WITNESS_TOKEN', given?.token);
  if (url) checkUrl(url);
  if (token && !url) {
    throw new Error(
      'GOVERNANCE_WITNESS_TOKEN is set, but GOVERNANCE_WITNESS_URL is not. Set the address that it is for, or remove it.'
    );
  }
  if (token && !VISIBLE.test(token)) {
    throw new Error(
      'GOVERNANCE_WITNESS_TOKEN may have visible ASCII characters only. Set it again, without spaces and line breaks.'
    );
  }
  return {
    ...(directory ? { directory: checkedDirectory(path.resolve(base, directory)) } : {}),
    ...(url ? { url } : {}),
    ...(token ? { token } : {}),
  };
}

function checkUrl(url: string): void {
  const parsed = URL.canParse(url) ? new URL(url) : null;
  if (!parsed || !['http:', 'https:'].includes(parsed.protocol)) {
    throw new Error(
      'GOVERNANCE_WITNESS_URL must be an address that begins with https:// or http://.'
    );
  }
  if (parsed.username || parsed.password) {
    throw new Error(
      'GOVERNANCE_WITNESS_URL must not hold a name or password. Give the witness a token in GOVERNANCE_WITNESS_TOKEN.'
    );
  }
}

/** It is not made here: a mistyped path, or a share that is not mounted, would pass for a witness. */
function checkedDirectory(directory: string): string {
  try {
    if (!statSync(directory).isDirectory()) throw new Error('not a directory');
    accessSync(directory, constants.W_OK);
  } catch {
    throw new Error(
      `GOVERNANCE_WITNESS_DIRECTORY (${directory}) is not a directory that can be written. Make it, or correct the path.`
    );
  }
  return directory;
}
