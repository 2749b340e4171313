/**
 * Attributes of database models. Each call makes an object of its own: Strapi writes the column's name into the object,
 * so that two attributes that share one would become one column.
 */
export const attribute = {
  id: () => ({ type: 'increments' }),
  text: () => ({ type: 'string', column: { type: 'string', args: [255] } }),
  longText: () => ({ type: 'text', column: { type: 'text', args: ['longtext'] } }),
  whole: () => ({ type: 'integer' }),
  milliseconds: () => ({ type: 'biginteger' }),
  yesNo: () => ({ type: 'boolean' }),
  moment: () => ({ type: 'datetime' }),
};
