import { fieldMode } from './mode';

const MASK = '138****8000';

describe('the mode of a protected input', () => {
  it('is open for a new entry and for a record without a value', () => {
    expect(fieldMode({ value: undefined, initialValue: undefined, clearInForm: false })).toBe(
      'open'
    );
    expect(fieldMode({ value: '138', initialValue: null, clearInForm: false })).toBe('open');
    expect(fieldMode({ value: '138', initialValue: '', clearInForm: true })).toBe('open');
  });

  it('is locked while the form holds the stored mask', () => {
    expect(fieldMode({ value: MASK, initialValue: MASK, clearInForm: false })).toBe('locked');
  });

  it('is replacing from Replace on, while nothing is entered yet too', () => {
    expect(fieldMode({ value: null, initialValue: MASK, clearInForm: false })).toBe('replacing');
    expect(fieldMode({ value: '139', initialValue: MASK, clearInForm: false })).toBe('replacing');
  });

  it('is locked again once the save has brought the new mask', () => {
    const saved = '139****9000';
    expect(fieldMode({ value: saved, initialValue: saved, clearInForm: false })).toBe('locked');
  });

  it('is open for the clear value of an ambient attribute', () => {
    expect(fieldMode({ value: '1380', initialValue: '13800138000', clearInForm: true })).toBe(
      'open'
    );
  });

  it('stays locked for an ambient attribute that arrived as a mask after all', () => {
    expect(fieldMode({ value: MASK, initialValue: MASK, clearInForm: true })).toBe('locked');
  });

  it('does not open for a clear value that the user may not have', () => {
    const value = '13800138000';
    expect(fieldMode({ value, initialValue: value, clearInForm: false })).toBe('locked');
  });
});
