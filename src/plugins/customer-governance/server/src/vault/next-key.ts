const SUFFIX = '#next';

/**
 * The type under which the key store keeps a key that is about to take the place of a record's key. Until it has, the
 * record's sealed row may be under either.
 */
export const nextOf = (type: string): string => `${type}${SUFFIX}`;

/** The type of the record that a stored key is of. */
export const typeOfKey = (type: string): string =>
  type.endsWith(SUFFIX) ? type.slice(0, -SUFFIX.length) : type;
