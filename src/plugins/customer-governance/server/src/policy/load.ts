import { createHash } from 'node:crypto';
import { mergePolicy } from './merge';
import { PolicyError } from './policy-error';
import type { Policy, PolicyDocument, PresetName } from './policy';
import { processPreset } from './presets/process';
import { strictPreset } from './presets/strict';
import { schemaProblems } from './schema';

export const PRESETS: Readonly<Record<PresetName, PolicyDocument>> = {
  strict: strictPreset,
  process: processPreset,
};

const DEFAULT_PRESET: PresetName = 'process';

/**
 * Makes the policy from the project's configuration: a preset with the project's own values over it, validated and frozen.
 * Throws a `PolicyError` that lists every problem.
 */
export function loadPolicy(config: unknown): Policy {
  if (
    config !== undefined &&
    (typeof config !== 'object' || config === null || Array.isArray(config))
  ) {
    throw new PolicyError(['policy: must be an object']);
  }
  const own = { ...(config as Record<string, unknown> | undefined) };
  // An unknown preset stays in the document, where the schema finds it together with whatever else is wrong.
  const base = isPreset(own.preset) ? PRESETS[own.preset] : PRESETS[DEFAULT_PRESET];
  const problems: string[] = [];
  const candidate = mergePolicy(base, own, problems);
  problems.push(...schemaProblems(candidate));
  if (problems.length > 0) {
    throw new PolicyError(problems);
  }
  // A copy, so that freezing does not reach the configuration object of the application.
  const document = structuredClone(candidate) as PolicyDocument;
  return deepFreeze({ ...document, digest: digestOf(document) });
}

/** SHA-256 of the document's canonical JSON, in hexadecimal: the same for the same policy, however it is written down. */
export function digestOf(document: unknown): string {
  return createHash('sha256').update(canonicalJson(document)).digest('hex');
}

function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_key, part: unknown) =>
    typeof part === 'object' && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part
  );
}

function deepFreeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null) {
    Object.values(value).forEach(deepFreeze);
    Object.freeze(value);
  }
  return value;
}

function isPreset(name: unknown): name is PresetName {
  return typeof name === 'string' && Object.hasOwn(PRESETS, name);
}
