import { assertEntry, AUDIT_ACTIONS, type ActionFields, type CheckedEntry } from './actions';
import { FIELDS, type DetailSort, type FieldName } from './fields';

const TYPE = 'api::lead.lead';
const ID = 'a1b2c3d4e5f6g7h8i9j0k1l2';
const actions = Object.entries(AUDIT_ACTIONS) as Array<[string, ActionFields]>;

const RIGHT: Record<DetailSort, unknown> = {
  count: 3,
  code: 'segregation-of-duties',
  id: ID,
  flag: true,
  moment: '2026-01-02T03:04:05.678Z',
  approver: 'role:Data protection',
};
/** What must not pass for each sort; free text above all, which could say anything of anybody. */
const WRONG: Record<DetailSort, unknown[]> = {
  count: [-1, 1.5, NaN, '3', null],
  code: ['王小明', 'two words', '', 'x'.repeat(201), 3, null, { code: 'x' }],
  id: ['王小明', '138 0013', '', 'x'.repeat(61), 7, null, ['a']],
  flag: ['true', 1, null],
  approver: ['王小明', 'two words', 'role:', '', 3, null],
  moment: ['yesterday', '2026-01-02', 0, new Date(0), null],
};
const RIGHT_FIELDS: Record<FieldName, unknown> = {
  attributes: ['mobile', 'plugin::content-manager.explorer.read'],
  purpose: 'customer-service',
  requestId: ID,
  basis: 'standing',
  onBehalfOf: ID,
  sealed: { [ID]: 'AQIDBA==' },
};
const WRONG_FIELDS: Record<FieldName, unknown[]> = {
  attributes: [['王小明'], ['two words'], [''], 'mobile', [7]],
  purpose: ['王小明', 'two words', 7],
  requestId: ['王小明', 'a b', 7],
  basis: ['why not', 7],
  onBehalfOf: ['王小明', 7],
  sealed: [{ [ID]: '13800138000 明' }, { 'a b': 'AQIDBA==' }, { [ID]: 7 }, 'AQIDBA=='],
};

/** An entry of the action with everything that it may carry. */
function fullest(action: string, { records, fields = [], details = {} }: ActionFields) {
  return {
    action,
    ...(records ? { recordType: TYPE, recordIds: records === 'one' ? [ID] : [ID, 'b'] } : {}),
    ...Object.fromEntries(fields.map((name) => [name, RIGHT_FIELDS[name]])),
    details: Object.fromEntries(Object.entries(details).map(([name, sort]) => [name, RIGHT[sort]])),
  } as CheckedEntry;
}

const refused = (entry: CheckedEntry) => () => assertEntry(entry);

describe.each(actions)('an entry of %s', (action, known) => {
  const full = fullest(action, known);

  it('is taken with all that its action has, and with nothing of it', () => {
    expect(refused(full)).not.toThrow();
    expect(refused({ action })).not.toThrow();
    expect(
      refused({ action, recordIds: [], attributes: [], purpose: null, requestId: null })
    ).not.toThrow();
  });

  it('is refused with a detail that the action has not', () => {
    expect(refused({ ...full, details: { ...full.details, name: 'x' } })).toThrow(/"name"/);
    expect(refused({ ...full, details: { constructor: 'x' } })).toThrow(/"constructor"/);
  });

  it('is refused with a detail that is not of its sort, which is not quoted', () => {
    for (const [name, sort] of Object.entries(known.details ?? {})) {
      for (const value of WRONG[sort]) {
        const entry = { ...full, details: { ...full.details, [name]: value } };
        expect(refused(entry)).toThrow(`The detail ${name} of ${action} is no ${sort}.`);
      }
    }
  });

  it('is refused with a field that the action has not, or that is not what it takes', () => {
    for (const name of FIELDS) {
      if (!known.fields?.includes(name)) {
        const entry = { ...full, [name]: RIGHT_FIELDS[name] };
        expect(refused(entry)).toThrow(`An entry of ${action} has no ${name}.`);
        continue;
      }
      for (const value of WRONG_FIELDS[name]) {
        expect(refused({ ...full, [name]: value } as CheckedEntry)).toThrow(`The ${name} of`);
      }
    }
  });

  it('is refused with records that it is not about', () => {
    if (!known.records) {
      expect(refused({ ...full, recordType: TYPE })).toThrow('no records');
      expect(refused({ ...full, recordType: TYPE, recordIds: [ID] })).toThrow('no records');
      return;
    }
    expect(refused({ ...full, recordType: 'lead' })).toThrow('no uid');
    expect(refused({ ...full, recordType: '王小明' })).toThrow('no uid');
    expect(refused({ ...full, recordType: null })).toThrow('without their type');
    for (const id of ['王小明', 'two words', '', 7 as never]) {
      expect(refused({ ...full, recordIds: [id] })).toThrow('record id');
    }
    if (known.records === 'one') {
      expect(refused({ ...full, recordIds: [ID, 'b'] })).toThrow('about one record');
    }
  });
});

it('refuses an action that is not registered, be it a word of every object', () => {
  for (const action of ['record.peek', 'constructor', '__proto__', '']) {
    expect(refused({ action })).toThrow('is not an action of the audit log');
  }
});
