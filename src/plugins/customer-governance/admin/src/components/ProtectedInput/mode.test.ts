import { fieldMode } from './mode';

const MASK = '138****8000';

describe('the mode of a protected input', () => {
  it('is open for a new entry and for a record without a value', () => {
    expect(
      fieldMode({ value: undefined, initialValue: undefined, clearInForm: false, undecided: false })
    ).toBe('open');
    expect(
      fieldMode({ value: '138', initialValue: null, clearInForm: false, undecided: false })
    ).toBe('open');
    expect(fieldMode({ value: '138', initialValue: '', clearInForm: true, undecided: false })).toBe(
      'open'
    );
  });

  it('is locked while the form holds the stored mask', () => {
    expect(
      fieldMode({ value: MASK, initialValue: MASK, clearInForm: false, undecided: false })
    ).toBe('locked');
  });

  it('is replacing from Replace on, while nothing is entered yet too', () => {
    expect(
      fieldMode({ value: null, initialValue: MASK, clearInForm: false, undecided: false })
    ).toBe('replacing');
    expect(
      fieldMode({ value: '139', initialValue: MASK, clearInForm: false, undecided: false })
    ).toBe('replacing');
  });

  it('is locked again once the save has brought the new mask', () => {
    const saved = '139****9000';
    expect(
      fieldMode({ value: saved, initialValue: saved, clearInForm: false, undecided: false })
    ).toBe('locked');
  });

  it('is open for the clear value of an ambient attribute', () => {
    expect(
      fieldMode({ value: '1380', initialValue: '13800138000', clearInForm: true, undecided: false })
    ).toBe('open');
  });

  it('waits with a clear value until it is known whether the user may have it', () => {
    const clear = { value: '13800138000', initialValue: '13800138000', clearInForm: false };
    expect(fieldMode({ ...clear, undecided: true })).toBe('waiting');
    expect(
      fieldMode({ value: MASK, initialValue: MASK, clearInForm: false, undecided: true })
    ).toBe('locked');
  });

  it('stays locked for an ambient attribute that arrived as a mask after all', () => {
    expect(
      fieldMode({ value: MASK, initialValue: MASK, clearInForm: true, undecided: false })
    ).toBe('locked');
  });

  it('is locked for a controlled attribute, masked or in clear, but for its first value', () => {
    const controlled = { clearInForm: true, controlled: true, undecided: false };
    const clear = '13800138000';
    expect(fieldMode({ ...controlled, value: clear, initialValue: clear })).toBe('locked');
    expect(fieldMode({ ...controlled, value: MASK, initialValue: MASK })).toBe('locked');
    expect(fieldMode({ ...controlled, value: '138', initialValue: null })).toBe('open');
  });

  it('does not open for a clear value that the user may not have', () => {
    const value = '13800138000';
    expect(fieldMode({ value, initialValue: value, clearInForm: false, undecided: false })).toBe(
      'locked'
    );
  });
});
