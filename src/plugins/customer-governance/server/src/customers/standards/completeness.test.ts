import { completenessOf } from './completeness';

const standards = {
  required: { person: ['name', 'mobile'], company: ['companyName', 'name', 'mobile'] },
  recommended: ['email', 'needs', 'name'],
};

describe('how complete a file is', () => {
  it('is told apart for what is required and what is recommended', () => {
    const record = { kind: 'person', name: '王**', mobile: null, email: ' ', needs: '采购' };
    expect(completenessOf(standards, record)).toEqual({
      required: { filled: 1, of: 2, missing: ['mobile'] },
      recommended: { filled: 1, of: 2, missing: ['email'] },
      percent: 50,
    });
  });

  it('hangs on the kind of customer, which is a person where nothing is said', () => {
    const record = { name: '王芳', mobile: '13800138000' };
    expect(completenessOf(standards, record).required).toMatchObject({ filled: 2, of: 2 });
    expect(completenessOf(standards, { ...record, kind: 'company' }).required.missing).toEqual([
      'companyName',
    ]);
  });

  it('does not hang on what the plan does not collect', () => {
    const record = { name: '王芳', mobile: '13800138000', needs: '采购' };
    const collected = (attribute: string) => attribute !== 'email';
    expect(completenessOf(standards, record, collected)).toMatchObject({
      recommended: { filled: 1, of: 1, missing: [] },
      percent: 100,
    });
  });

  it('is whole only when nothing is missing', () => {
    const many = Array.from({ length: 300 }, (_, at) => `a${at}`);
    const almost = Object.fromEntries(many.slice(1).map((name) => [name, 'x']));
    const asked = { required: { person: many, company: [] }, recommended: [] };
    expect(completenessOf(asked, almost).percent).toBe(99);
    expect(completenessOf(asked, { ...almost, a0: false }).percent).toBe(100);
  });

  it('is whole where the policy asks for nothing', () => {
    const nothing = { required: { person: [], company: [] }, recommended: [] };
    expect(completenessOf(nothing, {}).percent).toBe(100);
  });
});
