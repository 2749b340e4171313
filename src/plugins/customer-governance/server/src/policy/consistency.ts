import { isSystemAttribute } from '../system-attributes';
import { isUnconditional, levelsOf, stagesOf } from './approval-rules';
import { CUSTOMER, readClassification, resolveAttribute, resolveType } from './attribute-path';
import type { ApprovalRule, Classification, Level, Policy, RetentionRule } from './policy';

/** An attribute as the running application has it. */
export interface ModelAttribute {
  /** Whether it uses the protected custom field, and so is masked at rest. */
  protected: boolean;
  /** Whether it names other records rather than having a value of its own. */
  relation?: boolean;
  /** What its kind says of it, unless the policy says otherwise. */
  kindClassification?: Classification;
}

/** What the running application has, for the policy to be held against. */
export interface PolicyModel {
  /** Content types by uid, each with all of its attributes; Strapi's own (id, createdAt and so on) may be left out. */
  types: Readonly<Record<string, Readonly<Record<string, ModelAttribute>>>>;
  /** The kinds of request that domains have registered. */
  requestKinds: readonly string[];
}

/**
 * Whatever keeps the policy from meaning something in this application, each as `path: reason`. A type is governed as
 * soon as one of its attributes is protected or the policy classifies it.
 */
export function checkPolicy(policy: Policy, model: PolicyModel): string[] {
  return [
    ...classificationProblems(policy, model),
    ...purposeProblems(policy, model),
    ...collectionProblems(policy, model),
    ...verificationProblems(policy, model),
    ...ambientProblems(policy, model),
    ...approvalProblems(policy, model),
    ...reminderProblems(policy),
    ...changeProblems(policy, model),
    ...retentionProblems(policy, model),
  ];
}

/** What the policy says of an attribute, or else its kind. */
export function classify(
  policy: Policy,
  model: PolicyModel | undefined,
  uid: string,
  attribute: string
): Classification | undefined {
  const own = lookUp(lookUp(policy.classification, uid), attribute);
  return own
    ? readClassification(own)
    : lookUp(lookUp(model?.types, uid), attribute)?.kindClassification;
}

function classificationProblems(policy: Policy, model: PolicyModel): string[] {
  const ghosts = Object.entries(policy.classification).flatMap(([uid, attributes]) => {
    const type = lookUp(model.types, uid);
    if (!type) {
      return [`classification['${uid}']: the application has no content type of this uid`];
    }
    return Object.keys(attributes)
      .filter((attribute) => !lookUp(type, attribute))
      .map((attribute) => `${at(uid, attribute)}: the type has no attribute of this name`);
  });
  const careless = Object.entries(model.types)
    .filter(([uid, type]) => isGoverned(policy, uid, type))
    .flatMap(([uid, type]) =>
      Object.entries(type)
        .filter(([attribute]) => !isSystemAttribute(attribute))
        .flatMap(([attribute, { protected: sealed }]) => {
          const found = classify(policy, model, uid, attribute);
          return attributeProblem(at(uid, attribute), found, sealed) ?? [];
        })
    );
  return [...ghosts, ...careless];
}

function attributeProblem(
  path: string,
  found: Classification | undefined,
  sealed: boolean
): string | undefined {
  if (!found) {
    return `${path}: is not classified; give it a 'category/level', such as 'business-background/internal'`;
  }
  if (!sealed && (found.level === 'personal' || found.level === 'sensitive')) {
    return `${path}: is ${found.level} but stored in clear; make it a protected field (plugin::customer-governance.protected)`;
  }
  return undefined;
}

function isGoverned(
  policy: Policy,
  uid: string,
  type: Readonly<Record<string, ModelAttribute>>
): boolean {
  return (
    lookUp(policy.classification, uid) !== undefined ||
    Object.values(type).some((attribute) => attribute.protected)
  );
}

function purposeProblems(policy: Policy, model: PolicyModel): string[] {
  return policy.purposes.flatMap(({ code, attributes }) =>
    attributes.flatMap((path) => unknownAttribute(`purposes[${code}].attributes`, path, model))
  );
}

function collectionProblems({ collection }: Policy, model: PolicyModel): string[] {
  const lists = {
    'collection.required.person': collection.required.person,
    'collection.required.company': collection.required.company,
    'collection.recommended': collection.recommended,
  };
  return Object.entries(lists).flatMap(([path, attributes]) =>
    attributes
      .filter((attribute) => !lookUp(lookUp(model.types, CUSTOMER), attribute))
      .map((attribute) => `${path}: the customer has no attribute ${attribute}`)
  );
}

/** What is verified is a value of the customer. */
function verificationProblems({ verification }: Policy, model: PolicyModel): string[] {
  return verification.facts.flatMap((path) => {
    const { uid, attribute } = resolveAttribute(path);
    const unknown = unknownAttribute('verification.facts', path, model);
    if (unknown.length > 0) return unknown;
    const relation = lookUp(lookUp(model.types, uid), attribute)?.relation;
    return uid === CUSTOMER && !relation && !isSystemAttribute(attribute)
      ? []
      : [`verification.facts: ${path} is no value of the customer`];
  });
}

function ambientProblems(policy: Policy, model: PolicyModel): string[] {
  return policy.access.ambient.flatMap((path) => {
    const { uid, attribute } = resolveAttribute(path);
    if (classify(policy, model, uid, attribute)?.level === 'sensitive') {
      return [`access.ambient: ${path} is sensitive, and so is shown only when asked for`];
    }
    return unknownAttribute('access.ambient', path, model);
  });
}

function approvalProblems(policy: Policy, model: PolicyModel): string[] {
  const { rules } = policy.approvals;
  const levels = levelsInUse(policy, model);
  const dead = rules.flatMap((rule) =>
    whyNeverMatching(rule, model, levels).map((why) => `approvals.rules[${rule.code}].when.${why}`)
  );
  const uncovered = model.requestKinds
    .filter((kind) => !rules.some(({ when }) => when.kind === kind && isUnconditional(when)))
    .map(
      (kind) =>
        `approvals.rules: no rule covers every request of the kind ${kind}; add one whose condition is the kind alone`
    );
  const contradictory = [...new Set(rules.map(({ when }) => when.kind))].flatMap((kind) =>
    stagesOf(rules.filter(({ when }) => when.kind === kind)).contradictory
      ? [
          `approvals.rules: the rules of the kind ${kind} ask for the same approvers in different orders; write them in one order`,
        ]
      : []
  );
  return [...dead, ...uncovered, ...contradictory];
}

/** A reminder that could come before the step it reminds of is a slip. */
function reminderProblems({ approvals, calendar }: Policy): string[] {
  const { reminder, deadline } = approvals;
  const hours = deadline.workingDays * hoursOfDay(calendar);
  return reminder.workingHours < hours
    ? []
    : [
        `approvals.reminder.workingHours: ${reminder.workingHours} is not less than the ${hours} hours of approvals.deadline`,
      ];
}

function hoursOfDay({ workingHours }: Policy['calendar']): number {
  const hours = (time: string) => Number(time.slice(0, 2)) + Number(time.slice(3)) / 60;
  return workingHours.reduce((sum, [from, to]) => sum + hours(to) - hours(from), 0);
}

/** A controlled attribute is one whose every write passes the vault: a value of a type with protected attributes. */
function changeProblems({ changes }: Policy, model: PolicyModel): string[] {
  return changes.controlled.flatMap((path) => {
    const { uid, attribute } = resolveAttribute(path);
    const unknown = unknownAttribute('changes.controlled', path, model);
    if (unknown.length > 0) return unknown;
    const type = lookUp(model.types, uid) ?? {};
    if (isSystemAttribute(attribute) || type[attribute]?.relation) {
      return [`changes.controlled: ${path} is not a value that somebody enters`];
    }
    return Object.values(type).some((other) => other.protected)
      ? []
      : [
          `changes.controlled: ${path} is of a type without protected attributes, whose writes are not governed`,
        ];
  });
}

/** The reasons, if any, for which no request can ever match the rule. */
function whyNeverMatching(
  { when }: ApprovalRule,
  model: PolicyModel,
  levels: ReadonlySet<Level>
): string[] {
  const { min, max } = when.records ?? {};
  const named = levelsOf(when);
  return [
    ...(model.requestKinds.includes(when.kind)
      ? []
      : [
          `kind: there is no request of the kind ${when.kind}, only ${model.requestKinds.join(', ')}`,
        ]),
    ...(min !== undefined && max !== undefined && min > max
      ? [`records: no number is at least ${min} and at most ${max}`]
      : []),
    ...(max === 0 ? ['records: no request is about 0 records'] : []),
    ...(named.length > 0 && !named.some((level) => levels.has(level))
      ? [`sensitivity: no attribute of a governed type is ${named.join(' or ')}`]
      : []),
  ];
}

function levelsInUse(policy: Policy, model: PolicyModel): Set<Level> {
  return new Set(
    Object.entries(model.types)
      .filter(([uid, type]) => isGoverned(policy, uid, type))
      .flatMap(([uid, type]) => Object.keys(type).map((name) => classify(policy, model, uid, name)))
      .flatMap((found) => found?.level ?? [])
  );
}

function retentionProblems(policy: Policy, model: PolicyModel): string[] {
  const codes = new Set(policy.purposes.map(({ code }) => code));
  return policy.retention.rules.flatMap((rule) => {
    const { code, purpose, atLeastMonths = 0, atMostMonths = Infinity } = rule;
    return [
      ...(purpose === undefined || codes.has(purpose)
        ? []
        : [`retention.rules[${code}].purpose: there is no purpose ${purpose}`]),
      ...(atLeastMonths <= atMostMonths
        ? []
        : [
            `retention.rules[${code}].atLeastMonths: ${atLeastMonths} is more than the ${atMostMonths} of atMostMonths`,
          ]),
      ...retentionScopeProblems(rule, policy, model),
    ];
  });
}

/** A maximum of attributes or of a category destroys what is sealed of the customer; nothing else of it can be. */
function retentionScopeProblems(
  { code, category, attributes, atMostMonths }: RetentionRule,
  policy: Policy,
  model: PolicyModel
): string[] {
  const where = `retention.rules[${code}]`;
  const customer = lookUp(model.types, CUSTOMER) ?? {};
  const categoryOf = (name: string) => classify(policy, model, CUSTOMER, name)?.category;
  if (attributes) {
    return attributes.flatMap((path) => {
      const { uid, attribute } = resolveAttribute(path);
      if (uid !== CUSTOMER || !lookUp(customer, attribute)?.protected) {
        return [`${where}.attributes: ${path} is no protected attribute of the customer`];
      }
      return category === 'all' || categoryOf(attribute) === category
        ? []
        : [`${where}.attributes: ${path} is not of the category ${category}`];
    });
  }
  const empty = !Object.keys(customer).some(
    (name) => customer[name]?.protected && categoryOf(name) === category
  );
  return category !== 'all' && atMostMonths !== undefined && empty
    ? [
        `${where}.atMostMonths: no protected attribute of the customer is of the category ${category}`,
      ]
    : [];
}

function unknownAttribute(where: string, path: string, model: PolicyModel): string[] {
  const { uid, attribute } = resolveAttribute(path);
  const type = lookUp(model.types, uid);
  if (!type) {
    return [
      `${where}: ${path} is of a type that the application does not have (${resolveType(uid)})`,
    ];
  }
  return lookUp(type, attribute) ? [] : [`${where}: ${path} is no attribute of ${uid}`];
}

function at(uid: string, attribute: string): string {
  return `classification['${uid}'].${attribute}`;
}

// Own keys only: a uid or attribute from a configuration must not reach `constructor` and its like.
function lookUp<T>(table: Readonly<Record<string, T>> | undefined, key: string): T | undefined {
  return table && Object.hasOwn(table, key) ? table[key] : undefined;
}
