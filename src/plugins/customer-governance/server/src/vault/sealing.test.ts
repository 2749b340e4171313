import { kinds } from './kinds';
import { assertNoProblems, planSealing } from './sealing';

const attributes = { name: kinds['person-name'], mobile: kinds.mobile };
const stored = { name: '王**', mobile: '138****8000' };
const current = { name: '王小明', mobile: '13800138000' };

describe('what a write does to protected attributes', () => {
  it('puts masks into the columns and keeps the plaintext apart', () => {
    const plan = planSealing(attributes, { name: '王小明', mobile: '１３８ 0013 8000' });
    expect(plan.masks).toEqual({ name: '王**', mobile: '138****8000' });
    expect(plan.values).toEqual(current);
    expect(plan.changed).toEqual(['name', 'mobile']);
  });

  it('takes the stored mask for "unchanged"', () => {
    const plan = planSealing(attributes, { ...stored }, stored, current);
    expect(plan).toEqual({ masks: {}, values: current, changed: [], problems: [] });
  });

  it('takes the clear value that is there already for "unchanged"', () => {
    const plan = planSealing(attributes, { mobile: '138-0013-8000' }, stored, current);
    expect(plan.changed).toEqual([]);
    expect(plan.masks).toEqual({});
  });

  it('refuses a mask that is not the stored one, as of a form opened before another edit', () => {
    const plan = planSealing(attributes, { mobile: '139****9000' }, stored, current);
    expect(plan.problems.map(({ path }) => path)).toEqual([['mobile']]);
    expect(plan.values).toEqual(current);
  });

  it('refuses a mask on a new record', () => {
    expect(planSealing(attributes, { ...stored }).problems).toHaveLength(2);
  });

  it('takes plaintext that stands in the column for a value yet to be sealed', () => {
    const plan = planSealing(attributes, { mobile: '13800138000' }, { mobile: '13800138000' });
    expect(plan.changed).toEqual(['mobile']);
    expect(plan.masks).toEqual({ mobile: '138****8000' });
  });

  it.each([[null], ['']])('clears the attribute for %p', (value) => {
    const plan = planSealing(attributes, { mobile: value }, stored, current);
    expect(plan.masks).toEqual({ mobile: null });
    expect(plan.values).toEqual({ name: '王小明' });
    expect(plan.changed).toEqual(['mobile']);
  });

  it.each([[13800138000], [true], [{}], [['13800138000']]])(
    'refuses %p, which is not text',
    (value) => {
      expect(planSealing(attributes, { mobile: value }).problems).toHaveLength(1);
    }
  );

  it('names every wrong attribute at once and quotes no value', () => {
    const { problems } = planSealing(attributes, { name: '王小明\u202e', mobile: '13800138' });
    expect(problems.map(({ path }) => path[0])).toEqual(['name', 'mobile']);
    const message = (() => {
      try {
        assertNoProblems(problems);
        return '';
      } catch (error) {
        return JSON.stringify([(error as Error).message, (error as { details: unknown }).details]);
      }
    })();
    expect(message).toContain('mobile');
    expect(message).not.toContain('13800138');
    expect(message).not.toContain('小明');
  });
});
