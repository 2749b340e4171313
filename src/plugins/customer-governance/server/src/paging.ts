import Joi from 'joi';

export const DEFAULT_LIMIT = 25;
export const MAX_LIMIT = 100;

/** The two keys that every list takes. A cursor is opaque to the client; it is the id of the last row that it has. */
export const pagingKeys = {
  cursor: Joi.string()
    .pattern(/^\d{1,15}$/)
    .messages({
      'string.pattern.base': '"cursor" must be the nextCursor of an earlier answer',
    }),
  limit: Joi.number().integer().min(1).max(MAX_LIMIT).default(DEFAULT_LIMIT),
};

export interface Paging {
  cursor?: string;
  limit: number;
}

/** Cuts the one row more that was asked for, and says where the next page begins. */
export function pageOf<Row extends { id: number | string }>(rows: Row[], limit: number) {
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  return { items, nextCursor: rows.length > limit && last ? String(last.id) : null };
}
