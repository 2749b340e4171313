import { fieldProblems, PROTECTED_FIELD, protectedAttributesOf } from './field';

const mobile = { type: 'string', customField: PROTECTED_FIELD, options: { kind: 'mobile' } };
const type = (over: object = {}) => ({
  uid: 'api::thing.thing',
  attributes: { topic: { type: 'string' }, mobile },
  options: { draftAndPublish: false },
  pluginOptions: {},
  ...over,
});

describe('the protected field on a content type', () => {
  it('is found with its kind, and other attributes are left alone', () => {
    expect(Object.keys(protectedAttributesOf(type()))).toEqual(['mobile']);
    expect(protectedAttributesOf(type()).mobile?.id).toBe('mobile');
    expect(fieldProblems(type())).toEqual([]);
  });

  it('is refused where drafts or translations would give a record several rows', () => {
    expect(fieldProblems(type({ options: { draftAndPublish: true } }))).toEqual([
      expect.stringMatching(/api::thing\.thing.*draft and publish off/),
    ]);
    expect(fieldProblems(type({ pluginOptions: { i18n: { localized: true } } }))).toEqual([
      expect.stringMatching(/localisation off/),
    ]);
  });

  it.each([[{}], [{ kind: 'shoe-size' }], [{ kind: 7 }], [undefined]])(
    'is refused with %p for options, naming the attribute and the kinds that there are',
    (options) => {
      const attributes = { secret: { customField: PROTECTED_FIELD, options } };
      expect(fieldProblems(type({ attributes }))).toEqual([
        expect.stringMatching(/api::thing\.thing\.secret.*person-name/),
      ]);
    }
  );

  it('minds drafts only on types that use it', () => {
    expect(fieldProblems(type({ attributes: {}, options: { draftAndPublish: true } }))).toEqual([]);
  });
});
