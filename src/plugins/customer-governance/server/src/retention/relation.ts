type Id = number | null;

const idOf = (value: unknown): Id => {
  if (typeof value === 'number') return value;
  if (typeof value === 'string' && /^\d+$/.test(value)) return Number(value);
  if (value && typeof value === 'object' && 'id' in value) return idOf(value.id);
  return null;
};

const lastOf = (value: unknown): unknown => (Array.isArray(value) ? value.at(-1) : value);

/**
 * The id that a to-one relation points at after a write, in whichever of Strapi's forms the write gives it.
 * @param current where it points before the write.
 */
export function targetOf(value: unknown, current: Id = null): Id {
  if (value === undefined) return current;
  if (value === null || typeof value !== 'object' || Array.isArray(value) || 'id' in value) {
    return idOf(lastOf(value));
  }
  const change = value as { set?: unknown; connect?: unknown; disconnect?: unknown };
  if (change.set !== undefined) return idOf(lastOf(change.set));
  const connected = idOf(lastOf(change.connect ?? null));
  if (connected !== null) return connected;
  const disconnected = [change.disconnect ?? []].flat().map(idOf);
  return disconnected.includes(current) ? null : current;
}
