type Plain = Record<string, unknown>;

/** Lists whose entries are told apart by their code; every other list is replaced as a whole. */
const CODED_LISTS = new Set([
  'purposes',
  'approvals.rules',
  'retention.rules',
  'anomalies.rules',
  'attachments.kinds',
  'filing.checklist',
]);

/** Objects that mean one thing only as a whole: half of the preset's and half of the project's would mean nothing. */
const WHOLE = new Set(['collection.entryDeadline', 'filing.number']);

/**
 * Lays a project's values over a preset's. Objects merge key by key. In coded lists an entry with the code of one of the
 * preset's changes that one, field by field; a new code adds an entry, and `{ code, omit: true }` takes one away.
 * What is of the wrong type is taken over as it is, for the schema to refuse; what no schema could see any more, an
 * omission of what is not there, goes to `problems`.
 */
export function mergePolicy(preset: unknown, own: unknown, problems: string[], path = ''): unknown {
  if (own === undefined) {
    return preset;
  }
  if (CODED_LISTS.has(path) && Array.isArray(preset) && Array.isArray(own)) {
    return mergeCoded(preset, own, problems, path);
  }
  if (!isPlain(preset) || !isPlain(own) || WHOLE.has(path)) {
    return own;
  }
  const keys = [...new Set([...Object.keys(preset), ...Object.keys(own)])];
  return Object.fromEntries(
    keys.map((key) => [
      key,
      mergePolicy(ownValue(preset, key), ownValue(own, key), problems, join(path, key)),
    ])
  );
}

function mergeCoded(
  preset: readonly unknown[],
  own: readonly unknown[],
  problems: string[],
  path: string
): unknown[] {
  const merged = [...preset];
  const seen = new Set<unknown>();
  for (const entry of own) {
    const code = codeOf(entry);
    const at = merged.findIndex((other) => code !== undefined && codeOf(other) === code);
    if (isOmission(entry)) {
      if (at < 0 || seen.has(code)) {
        problems.push(`${path}[${String(code)}]: is omitted, but the preset has no such entry`);
      } else {
        merged.splice(at, 1);
      }
    } else if (at < 0) {
      merged.push(entry);
    } else {
      const changed = { ...(merged[at] as Plain), ...given(entry as Plain) };
      if (seen.has(code)) {
        // The second of its code in the project's own list stands beside the first, for the schema to refuse.
        merged.push(changed);
      } else {
        merged[at] = changed;
      }
    }
    seen.add(code);
  }
  return merged;
}

function isOmission(entry: unknown): boolean {
  return isPlain(entry) && entry.omit === true && Object.keys(entry).sort().join() === 'code,omit';
}

/** Without the keys whose value is `undefined`, as `env('NOT_SET')` leaves them. */
function given(entry: Plain): Plain {
  return Object.fromEntries(Object.entries(entry).filter(([, value]) => value !== undefined));
}

function codeOf(entry: unknown): unknown {
  return isPlain(entry) ? entry.code : undefined;
}

function ownValue(object: Plain, key: string): unknown {
  return Object.hasOwn(object, key) ? object[key] : undefined;
}

function join(path: string, key: string): string {
  return path ? `${path}.${key}` : key;
}

function isPlain(value: unknown): value is Plain {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
