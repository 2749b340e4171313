import { certificateNumber, nextOrderNumber } from './order-number';

describe('the number of an order', () => {
  it('begins with one in each year', () => {
    expect(nextOrderNumber('2030', null)).toBe('D-2030-00001');
    expect(nextOrderNumber('2031', 'D-2030-00417')).toBe('D-2031-00001');
  });

  it('follows the last one', () => {
    expect(nextOrderNumber('2030', 'D-2030-00041')).toBe('D-2030-00042');
    expect(nextOrderNumber('2030', 'D-2030-99999')).toBe('D-2030-100000');
  });

  it('is also that of its certificate', () => {
    expect(certificateNumber('D-2030-00042')).toBe('DC-2030-00042');
  });
});
