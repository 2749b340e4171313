import { pendingKeyOf } from './repeats';

const asked = {
  type: 'plugin::customer-governance.customer',
  records: ['a', 'b'],
  purpose: 'marketing',
  attributes: ['mobile', 'email'],
};

describe('the key of a pending request', () => {
  const key = pendingKeyOf(1, asked);

  it('is the same in whatever order records and attributes are named', () => {
    const turned = { ...asked, records: ['b', 'a'], attributes: ['email', 'mobile'] };
    expect(pendingKeyOf(1, turned)).toBe(key);
  });

  it.each([
    ['another requester', 2, asked],
    ['another type', 1, { ...asked, type: 'plugin::customer-governance.contact' }],
    ['another purpose', 1, { ...asked, purpose: 'customer-service' }],
    ['fewer records', 1, { ...asked, records: ['a'] }],
    ['more attributes', 1, { ...asked, attributes: ['mobile', 'email', 'address'] }],
    ['names that are only put together otherwise', 1, { ...asked, records: ['ab'] }],
  ])('differs for %s', (_what, requester, other) => {
    expect(pendingKeyOf(requester, other)).not.toBe(key);
  });
});
