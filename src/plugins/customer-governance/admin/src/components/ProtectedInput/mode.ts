/** Every mask contains this character, and the server refuses it in a value: so it tells the two apart. */
const MASK_CHARACTER = '*';

type FieldValue = string | null | undefined;

const isBlank = (value: FieldValue): boolean =>
  value === null || value === undefined || value === '';

const same = (a: FieldValue, b: FieldValue): boolean => a === b || (isBlank(a) && isBlank(b));

/** Whether a value of the form is the stored value's mask. */
export const isMask = (value: FieldValue): boolean => String(value ?? '').includes(MASK_CHARACTER);

/**
 * - `open`: an ordinary input, because nothing is stored yet or the clear value is in the form anyway;
 * - `waiting`: shown, until the server has said whether the clear value may stand in the form;
 * - `locked`: the stored value, not editable: its mask, or a value that only a request changes;
 * - `replacing`: a new value is being entered over a stored one.
 */
export type FieldMode = 'open' | 'waiting' | 'locked' | 'replacing';

interface FieldFacts {
  value: FieldValue;
  /** The value with which the form was filled: a mask, or the clear value of an ambient attribute. */
  initialValue: FieldValue;
  /** True for an ambient attribute that the user may reveal. */
  clearInForm: boolean;
  /** True for an attribute whose changes somebody else approves. */
  controlled?: boolean;
  /** True while the server has not answered yet what the user may. */
  undecided: boolean;
}

/**
 * How the input behaves. It follows from the form's values alone, so that saving, discarding and a
 * refused save all lead to the right mode without any bookkeeping.
 */
export const fieldMode = ({
  value,
  initialValue,
  clearInForm,
  controlled = false,
  undecided,
}: FieldFacts): FieldMode => {
  if (isBlank(initialValue)) return 'open';
  if (controlled && same(value, initialValue)) return 'locked';
  if (!isMask(initialValue)) {
    if (clearInForm) return 'open';
    if (undecided) return 'waiting';
  }
  return same(value, initialValue) ? 'locked' : 'replacing';
};
