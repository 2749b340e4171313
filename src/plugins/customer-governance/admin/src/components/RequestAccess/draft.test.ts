import type { AccessRequestView, Purpose } from '../../api/types';
import {
  checkDraft,
  draftOf,
  EMPTY_DRAFT,
  inputOf,
  toggleAttribute,
  withPurpose,
  type Draft,
} from './draft';

const CUSTOMER = 'plugin::customer-governance.customer';

const draft = (change: Partial<Draft> = {}): Draft => ({
  purpose: 'service',
  attributes: ['mobile'],
  termDays: '7',
  revealLimit: '',
  recipient: 'self',
  reason: 'The customer asked to be called back',
  ...change,
});

const purposes: Purpose[] = [
  { code: 'service', name: 'Service', attributes: ['customer.mobile', 'customer.email'] },
  { code: 'verification', name: 'Verification', attributes: ['customer.residentId'] },
  { code: 'sales', name: 'Sales', attributes: ['api::lead.lead.mobile'] },
];

describe('a request for access in the making', () => {
  it('is complete with purpose, attribute, term and reason', () => {
    expect(checkDraft(draft())).toEqual({});
  });

  it('names everything that is missing at once', () => {
    const empty = draft({ purpose: '', attributes: [], termDays: '', reason: '   ' });
    expect(Object.keys(checkDraft(empty)).sort()).toEqual([
      'attributes',
      'purpose',
      'reason',
      'termDays',
    ]);
  });

  it.each(['0', '-1', '1.5', '1e2', 'seven', '12345'])('refuses %s as a term', (termDays) => {
    expect(checkDraft(draft({ termDays }))).toEqual({ termDays: 'error.wholeDays' });
  });

  it.each(['0', '-1', '2.5', 'often'])('refuses %s as the number of reveals', (revealLimit) => {
    expect(checkDraft(draft({ revealLimit }))).toEqual({ revealLimit: 'error.wholeTimes' });
  });

  it('may be revealed as often as needed, or so often', () => {
    expect(inputOf(draft())).toMatchObject({ revealLimit: null, termDays: 7 });
    expect(checkDraft(draft({ revealLimit: '3' }))).toEqual({});
    expect(inputOf(draft({ revealLimit: '3', reason: ' Signing ' }))).toMatchObject({
      revealLimit: 3,
      reason: 'Signing',
    });
  });

  it('begins as an earlier request was', () => {
    const earlier = {
      purpose: { code: 'service', name: 'Service' },
      attributes: ['mobile'],
      termDays: 7,
      revealLimit: null,
      recipient: 'colleagues',
      reason: 'Signing',
    } as AccessRequestView;
    expect(draftOf(earlier)).toEqual(draft({ recipient: 'colleagues', reason: 'Signing' }));
    expect(draftOf({ ...earlier, purpose: null, revealLimit: 2 })).toMatchObject({
      purpose: EMPTY_DRAFT.purpose,
      revealLimit: '2',
    });
  });

  it('drops the attributes that another purpose does not justify', () => {
    const both = draft({ attributes: ['mobile', 'residentId'] });
    expect(withPurpose(both, 'verification', purposes, CUSTOMER)).toMatchObject({
      purpose: 'verification',
      attributes: ['residentId'],
    });
  });

  it('does not take the attribute of one type for that of another', () => {
    expect(withPurpose(draft(), 'sales', purposes, CUSTOMER).attributes).toEqual([]);
    expect(withPurpose(draft(), 'sales', purposes, 'api::lead.lead').attributes).toEqual([
      'mobile',
    ]);
  });

  it('keeps the attributes in the order in which they are offered', () => {
    const offered = ['name', 'mobile', 'email'];
    const more = toggleAttribute(draft(), 'name', offered);
    expect(more.attributes).toEqual(['name', 'mobile']);
    expect(toggleAttribute(more, 'mobile', offered).attributes).toEqual(['name']);
  });
});
