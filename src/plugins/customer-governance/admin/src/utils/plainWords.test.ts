import { countedAs, withoutFinalStop } from './plainWords';

describe('a request in plain words', () => {
  it.each([
    ['Signing the contract.', 'Signing the contract'],
    ['签约前核对证件。', '签约前核对证件'],
    ['  Why not?  ', 'Why not?'],
    ['Version 1.5 of the contract', 'Version 1.5 of the contract'],
  ])('lets the sentence go on after the reason “%s”', (reason, expected) => {
    expect(withoutFinalStop(reason)).toBe(expected);
  });

  it('counts customers and contacts as such, and all else as records', () => {
    expect(countedAs('plugin::customer-governance.customer')).toBe('customer');
    expect(countedAs('plugin::customer-governance.contact')).toBe('contact');
    expect(countedAs('api::customer.customer')).toBe('record');
  });
});
