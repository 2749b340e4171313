import { ATTACHMENT, CUSTOMER } from './attribute-path';
import { checkPolicy } from './consistency';
import { loadPolicy } from './load';
import { LEAD_CLASSIFICATION, sealed, testModel } from './test-model';

const project = (own: Record<string, unknown> = {}): Record<string, unknown> => ({
  ...own,
  classification: { ...LEAD_CLASSIFICATION, ...(own.classification as object | undefined) },
});

const check = (own?: Record<string, unknown>, model = testModel()): string[] =>
  checkPolicy(loadPolicy(project(own)), model);

it.each(['strict', 'process'])('the preset %s fits the product', (preset) => {
  expect(check({ preset })).toEqual([]);
});

describe('classification', () => {
  it('an attribute of a governed type that nothing classifies is a problem', () => {
    const model = testModel();
    model.types['api::lead.lead'].budget = { protected: false };
    expect(check({}, model)).toEqual([
      "classification['api::lead.lead'].budget: is not classified; give it a 'category/level', such as 'business-background/internal'",
    ]);
  });

  it('a protected attribute needs no entry, since its kind classifies it', () => {
    const model = testModel();
    model.types['api::lead.lead'].email = sealed('contact/personal');
    expect(check({}, model)).toEqual([]);
  });

  it('a protected attribute of an unknown kind is a problem', () => {
    const model = testModel();
    model.types['api::lead.lead'].email = { protected: true };
    expect(check({}, model)).toHaveLength(1);
  });

  it("Strapi's own attributes and types without protected attributes are left alone", () => {
    const model = testModel();
    model.types['api::lead.lead'].createdAt = { protected: false };
    model.types['api::page.page'].body = { protected: false };
    expect(check({}, model)).toEqual([]);
  });

  it.each(['personal', 'sensitive'])('what is %s and stored in clear is a problem', (level) => {
    const classification = { 'api::lead.lead': { topic: `identity/${level}` } };
    expect(check({ classification })).toEqual([
      `classification['api::lead.lead'].topic: is ${level} but stored in clear; make it a protected field (plugin::customer-governance.protected)`,
    ]);
  });

  it('an entry for a type or an attribute that does not exist is a problem', () => {
    const classification = {
      'api::led.led': { topic: 'contact/public' },
      'api::lead.lead': { topic: 'contact/public', topik: 'contact/public' },
    };
    expect(check({ classification })).toEqual([
      "classification['api::lead.lead'].topik: the type has no attribute of this name",
      "classification['api::led.led']: the application has no content type of this uid",
    ]);
  });

  it('what every object inherits is no attribute', () => {
    const classification = {
      'api::lead.lead': { topic: 'contact/public', constructor: 'contact/public' },
    };
    expect(check({ classification })).toEqual([
      "classification['api::lead.lead'].constructor: the type has no attribute of this name",
    ]);
  });
});

describe('purposes, entry standards and ambient attributes', () => {
  it('a purpose that names what does not exist is a problem', () => {
    const attributes = ['customer.nickname', 'api::lead.lead.mobile', 'api::led.led.mobile'];
    expect(check({ purposes: [{ code: 'marketing', attributes }] })).toEqual([
      `purposes[marketing].attributes: customer.nickname is no attribute of ${CUSTOMER}`,
      'purposes[marketing].attributes: api::led.led.mobile is of a type that the application does not have (api::led.led)',
    ]);
  });

  it('a required attribute that the customer does not have is a problem', () => {
    expect(check({ collection: { required: { person: ['name', 'nickname'] } } })).toEqual([
      'collection.required.person: the customer has no attribute nickname',
    ]);
  });

  it('an ambient attribute must exist and must not be sensitive', () => {
    const ambient = ['customer.residentId', 'customer.nickname', 'api::lead.lead.mobile'];
    expect(check({ access: { ambient } })).toEqual([
      'access.ambient: customer.residentId is sensitive, and so is shown only when asked for',
      `access.ambient: customer.nickname is no attribute of ${CUSTOMER}`,
    ]);
  });

  it('an ambient attribute is sensitive also when the project, not its kind, says so', () => {
    const classification = { [CUSTOMER]: { mobile: 'contact/sensitive' } };
    expect(check({ classification, access: { ambient: ['customer.mobile'] } })).toEqual([
      'access.ambient: customer.mobile is sensitive, and so is shown only when asked for',
    ]);
  });
});

describe('approval rules', () => {
  const rule = (when: unknown): Record<string, unknown> => ({
    approvals: { rules: [{ code: 'mine', when, steps: ['legal'] }] },
  });

  it.each([
    [
      'a kind that nobody registered',
      { kind: 'loan' },
      'kind: there is no request of the kind loan, only use, change, destruction, collection-plan, retention-rule, attribution-dispute, merge',
    ],
    [
      'more records at least than at most',
      { kind: 'use', records: { min: 51, max: 50 } },
      'records: no number is at least 51 and at most 50',
    ],
    [
      'no records at all',
      { kind: 'use', records: { max: 0 } },
      'records: no request is about 0 records',
    ],
  ])('a rule for %s can match nothing', (_what, when, problem) => {
    expect(check(rule(when))).toEqual([`approvals.rules[mine].when.${problem}`]);
  });

  it('a rule for a level that no attribute has can match nothing', () => {
    const model = testModel();
    for (const type of Object.values(model.types)) {
      for (const [name, attribute] of Object.entries(type)) {
        if (attribute.kindClassification?.level === 'sensitive') {
          type[name] = sealed('identity/personal');
        }
      }
    }
    // The policy itself says so of scanned identity documents.
    const classification = { [ATTACHMENT]: { sensitiveContent: 'identity/personal' } };
    expect(check({ classification }, model)).toEqual([
      'approvals.rules[use-sensitive].when.sensitivity: no attribute of a governed type is sensitive',
      'approvals.rules[collection-plan-sensitive].when.sensitivity: no attribute of a governed type is sensitive',
    ]);
  });

  it('are refused when two of a kind ask for the same approvers in different orders', () => {
    const approvals = {
      rules: [
        { code: 'one', when: { kind: 'use' }, steps: ['legal', 'leadership'] },
        { code: 'other', when: { kind: 'use' }, steps: ['leadership', 'legal'] },
      ],
    };
    expect(check({ approvals })).toEqual([
      'approvals.rules: the rules of the kind use ask for the same approvers in different orders; write them in one order',
    ]);
  });

  it('a kind that only conditional rules cover is a problem', () => {
    const approvals = { rules: [{ code: 'use', when: { kind: 'use', records: { min: 2 } } }] };
    expect(check({ approvals })).toEqual([
      'approvals.rules: no rule covers every request of the kind use; add one whose condition is the kind alone',
    ]);
  });

  it('a kind that a domain adds must be covered too', () => {
    const model = testModel();
    model.requestKinds.push('export');
    expect(check({}, model)).toHaveLength(1);
    expect(check(rule({ kind: 'export' }), model)).toEqual([]);
  });
});

describe('controlled attributes', () => {
  const controlled = (...paths: string[]) => ({ changes: { controlled: paths } });

  it('may be of the product and of the project, protected or in clear', () => {
    expect(check(controlled('customer.companyName', 'api::lead.lead.mobile'))).toEqual([]);
    expect(check(controlled())).toEqual([]);
  });

  it('must exist, be entered by somebody, and be of a type whose writes are governed', () => {
    const model = testModel();
    model.types[CUSTOMER].owner = { protected: false, relation: true };
    const paths = [
      'customer.shoeSize',
      'customer.documentId',
      'customer.owner',
      'api::page.page.title',
    ];
    expect(check(controlled(...paths), model)).toEqual([
      `changes.controlled: customer.shoeSize is no attribute of ${CUSTOMER}`,
      'changes.controlled: customer.documentId is not a value that somebody enters',
      'changes.controlled: customer.owner is not a value that somebody enters',
      'changes.controlled: api::page.page.title is of a type without protected attributes, whose writes are not governed',
    ]);
  });

  it('need a rule by which their changes are approved', () => {
    const approvals = { rules: [{ code: 'change', omit: true }] };
    expect(check({ approvals })).toEqual([
      'approvals.rules: no rule covers every request of the kind change; add one whose condition is the kind alone',
    ]);
  });
});

describe('retention rules', () => {
  const rule = (fields: object): Record<string, unknown> => {
    const mine = { code: 'mine', category: 'all', event: 'created', customerClass: 'all' };
    return { retention: { rules: [{ ...mine, ...fields }] } };
  };

  it('a rule for a purpose that does not exist is a problem', () => {
    expect(check(rule({ purpose: 'astrology', atMostMonths: 1 }))).toEqual([
      'retention.rules[mine].purpose: there is no purpose astrology',
    ]);
  });

  it('a rule of a purpose that the project omits is a problem', () => {
    expect(check({ purposes: [{ code: 'contract-performance', omit: true }] })).toEqual([
      'retention.rules[contract-records].purpose: there is no purpose contract-performance',
    ]);
  });

  it('a minimum over the maximum is a problem', () => {
    expect(check(rule({ atMostMonths: 12, atLeastMonths: 13 }))).toEqual([
      'retention.rules[mine].atLeastMonths: 13 is more than the 12 of atMostMonths',
    ]);
    expect(check(rule({ atMostMonths: 12, atLeastMonths: 12 }))).toEqual([]);
  });

  it('an attribute that is not sealed with the customer is a problem', () => {
    const attributes = ['customer.companyName', 'contact.name', 'customer.residentId'];
    expect(check(rule({ atMostMonths: 12, attributes }))).toEqual([
      'retention.rules[mine].attributes: customer.companyName is no protected attribute of the customer',
      'retention.rules[mine].attributes: contact.name is no protected attribute of the customer',
    ]);
  });

  it('an attribute of another category than the rule is a problem', () => {
    const fields = { atMostMonths: 12, attributes: ['customer.residentId'], category: 'contact' };
    expect(check(rule(fields))).toEqual([
      'retention.rules[mine].attributes: customer.residentId is not of the category contact',
    ]);
  });

  it('a maximum of a category of which nothing is sealed is a problem', () => {
    expect(check(rule({ atMostMonths: 12, category: 'derived' }))).toEqual([
      'retention.rules[mine].atMostMonths: no protected attribute of the customer is of the category derived',
    ]);
    expect(check(rule({ atLeastMonths: 12, category: 'derived' }))).toEqual([]);
  });
});

it.each([16, 20])(
  'a reminder that comes %s hours before a deadline of two days is a problem',
  (hours) => {
    const approvals = { deadline: { workingDays: 2 }, reminder: { workingHours: hours } };
    expect(check({ approvals })).toEqual([
      `approvals.reminder.workingHours: ${hours} is not less than the 16 hours of approvals.deadline`,
    ]);
  }
);
