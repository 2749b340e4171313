import { draftOf, EMPTY_DRAFT, requestOf } from './ruleDraft';

describe('the form of a retention rule', () => {
  it('sends what is filled in, and leaves out what is not', () => {
    expect(requestOf({ ...EMPTY_DRAFT, code: ' own ', atMostMonths: '0' })).toEqual({
      operation: 'create',
      code: 'own',
      rule: { category: 'all', event: 'last-contact', customerClass: 'all', atMostMonths: 0 },
    });
  });

  it('holds a rule as it is, and sends it back the same', () => {
    const rule = {
      code: 'own',
      category: 'identity' as const,
      attributes: ['customer.residentId'],
      purpose: { code: 'marketing', name: 'Marketing' },
      event: 'created' as const,
      atLeastMonths: 12,
      customerClass: 'key' as const,
      origin: 'panel' as const,
    };
    const { origin: _origin, purpose, code, ...rest } = rule;
    expect(requestOf(draftOf(rule, 'change'))).toEqual({
      operation: 'change',
      code,
      rule: { ...rest, purpose: purpose.code },
    });
  });

  it('names the rule alone when it is to end', () => {
    expect(requestOf({ ...EMPTY_DRAFT, operation: 'delete', code: 'own' })).toEqual({
      operation: 'delete',
      code: 'own',
    });
  });
});
