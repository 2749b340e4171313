import { readAgreement } from './agreement';
import type { ConsentChoice, Field } from './form';

const field = (name: string, purposes: string[], own: Partial<Field> = {}): Field => ({
  name,
  label: name,
  kind: null,
  type: 'string',
  example: null,
  maxLength: null,
  choices: null,
  required: false,
  recommended: false,
  sensitive: false,
  purposes,
  ...own,
});
const choice = (
  purpose: string,
  scope: ConsentChoice['scope'],
  fields: string[]
): ConsentChoice => ({ purpose, name: purpose, scope, fields });

const form = {
  fields: [
    field('name', ['contract', 'service', 'marketing'], { required: true }),
    field('email', ['service', 'marketing']),
    field('website', ['marketing']),
    field('residentId', ['identity'], { sensitive: true }),
  ],
  consents: [
    choice('service', 'general', ['name', 'email']),
    choice('marketing', 'marketing', ['name', 'email', 'website']),
    choice('identity', 'sensitive', ['residentId']),
  ],
};
const agree = (purpose: string, scope: ConsentChoice['scope'], given = true) => ({
  purpose,
  scope,
  given,
});
const named = (values: Record<string, unknown>, answers: ReturnType<typeof agree>[] = []) =>
  readAgreement(form, values, answers).findings.map(({ attribute }) => attribute);

describe('what is filled into a web form', () => {
  it('needs no consent where one of its purposes needs none', () => {
    expect(named({ name: 'x' })).toEqual([]);
  });

  it('needs one of those that its purposes ask for', () => {
    expect(named({ name: 'x', email: 'y' })).toEqual(['email']);
    expect(named({ name: 'x', email: 'y' }, [agree('service', 'general')])).toEqual([]);
    expect(named({ name: 'x', email: 'y' }, [agree('marketing', 'marketing')])).toEqual([]);
    expect(named({ name: 'x', website: 'y' }, [agree('service', 'general')])).toEqual(['website']);
    expect(named({ name: 'x', email: 'y' }, [agree('service', 'general', false)])).toEqual([
      'email',
    ]);
  });

  it('waits for the separate consent where it is sensitive', () => {
    expect(named({ name: 'x', residentId: 'y' }, [agree('service', 'general')])).toEqual([
      'residentId',
    ]);
    const agreed = readAgreement(form, { name: 'x', residentId: 'y' }, [
      agree('identity', 'sensitive'),
    ]);
    expect(agreed).toEqual({ findings: [], plain: { name: 'x' }, sensitive: { residentId: 'y' } });
  });

  it('is asked for, all of it and nothing else', () => {
    expect(named({ hobby: 'x' })).toEqual(['hobby', 'name']);
    expect(named({ name: '' })).toEqual(['name']);
    expect(named({ name: 'x' }, [agree('identity', 'general')])).toEqual(['consents']);
    const twice = [agree('service', 'general'), agree('service', 'general', false)];
    expect(named({ name: 'x' }, twice)).toEqual(['consents']);
  });
});
