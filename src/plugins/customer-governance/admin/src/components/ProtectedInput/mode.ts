/** Every mask contains this character, and the server refuses it in a value: so it tells the two apart. */
const MASK_CHARACTER = '*';

type FieldValue = string | null | undefined;

const isBlank = (value: FieldValue): boolean =>
  value === null || value === undefined || value === '';

const same = (a: FieldValue, b: FieldValue): boolean => a === b || (isBlank(a) && isBlank(b));

/**
 * - `open`: an ordinary input, because nothing is stored yet or the clear value is in the form anyway;
 * - `locked`: the stored value's mask, not editable;
 * - `replacing`: a new value is being entered over a stored one.
 */
export type FieldMode = 'open' | 'locked' | 'replacing';

interface FieldFacts {
  value: FieldValue;
  /** The value with which the form was filled: a mask, or the clear value of an ambient attribute. */
  initialValue: FieldValue;
  /** True for an ambient attribute that the user may reveal. */
  clearInForm: boolean;
}

/**
 * How the input behaves. It follows from the form's values alone, so that saving, discarding and a
 * refused save all lead to the right mode without any bookkeeping.
 */
export const fieldMode = ({ value, initialValue, clearInForm }: FieldFacts): FieldMode => {
  if (isBlank(initialValue)) return 'open';
  if (clearInForm && !String(initialValue).includes(MASK_CHARACTER)) return 'open';
  return same(value, initialValue) ? 'locked' : 'replacing';
};
