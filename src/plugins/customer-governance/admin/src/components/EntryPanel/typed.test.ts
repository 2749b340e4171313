import { isOpen, knownBy, typedIn } from './typed';

it('what is typed is what people enter, not what the form keeps beside it', () => {
  const values = { id: 1, documentId: 'a', createdBy: {}, status: 'draft', name: '王芳', plan: {} };
  expect(typedIn(values)).toEqual({ name: '王芳', plan: {} });
});

it('an input is open until something is entered or chosen', () => {
  const none = { connect: [], disconnect: [] };
  expect([undefined, null, '', none].map(isOpen)).toEqual([true, true, true, true]);
  const chosen = { connect: [{ id: 1 }], disconnect: [] };
  expect(['a', false, 0, chosen].map(isOpen)).toEqual([false, false, false, false]);
});

describe('files that are there already', () => {
  it('are looked for by a company, a credit code, or a name with its mobile', () => {
    expect(knownBy({ name: '王芳' })).toBeNull();
    expect(knownBy({ mobile: '13800138000', companyName: ' ' })).toBeNull();
    expect(knownBy({ name: '王芳', mobile: '13800138000' })).not.toBeNull();
    expect(knownBy({ companyName: '甲公司' })).not.toBeNull();
    expect(knownBy({ creditCode: '91350100M000100Y43' })).not.toBeNull();
  });

  it('are not looked for again because of anything else', () => {
    const company = { kind: 'company', companyName: '甲公司' };
    expect(knownBy({ ...company, needs: 'x' })).toBe(knownBy(company));
    expect(knownBy({ ...company, mobile: '1' })).not.toBe(knownBy(company));
  });
});
