import type { Core } from '@strapi/strapi';
import { PLUGIN } from '../domain';
import { chainFor, type ApprovalFacts, type Stage } from './approval-rules';
import { resolveAttribute } from './attribute-path';
import { checkPolicy, classify, type PolicyModel } from './consistency';
import { loadPolicy } from './load';
import type { Classification, LocalText, Policy, PolicyPurpose } from './policy';
import { PolicyError } from './policy-error';

export interface PolicyService {
  /** The policy in force. */
  get(): Policy;
  /**
   * Holds the policy against what the application has, and from then on knows what protected attributes are by their
   * kind. Throws a `PolicyError` that lists every contradiction.
   */
  bind(model: PolicyModel): void;
  /** What an attribute is, or `undefined` when neither the policy nor its kind says so. */
  classificationOf(uid: string, attribute: string): Classification | undefined;
  /** The purpose of this code, or `undefined`. */
  purpose(code: string): PolicyPurpose | undefined;
  /** A purpose as the panel shows it: in both languages where the policy has both. */
  purposeView(
    row: { code: string; name: string } | null | undefined
  ): { code: string; name: LocalText } | null;
  /** The attributes of a type that are changed by an approved request only. */
  controlledOf(uid: string): ReadonlySet<string>;
  /** Who must approve a request of which these facts are true. */
  chainFor(facts: ApprovalFacts): Stage[];
}

interface Held {
  policy: Policy;
  model?: PolicyModel;
}

// Kept by application, not by module: tests start several in one process.
const held = new WeakMap<Core.Strapi, Held>();

/** The service `policy`. The document is read from the plugin's configuration once. */
export function policyService({ strapi }: { strapi: Core.Strapi }): PolicyService {
  const state = (): Held => {
    const existing = held.get(strapi);
    if (existing) {
      return existing;
    }
    const config = strapi.config.get(`plugin::${PLUGIN}`) as { policy?: unknown } | undefined;
    const loaded: Held = { policy: loadPolicy(config?.policy) };
    held.set(strapi, loaded);
    return loaded;
  };
  const purpose = (code: string) => state().policy.purposes.find((known) => known.code === code);
  return {
    get: () => state().policy,
    bind(model) {
      const problems = checkPolicy(state().policy, model);
      if (problems.length > 0) {
        throw new PolicyError(problems);
      }
      state().model = model;
    },
    classificationOf: (uid, attribute) => classify(state().policy, state().model, uid, attribute),
    purpose,
    purposeView: (row) =>
      row ? { code: row.code, name: purpose(row.code)?.name ?? row.name } : null,
    controlledOf: (uid) =>
      new Set(
        state()
          .policy.changes.controlled.map(resolveAttribute)
          .filter((ref) => ref.uid === uid)
          .map(({ attribute }) => attribute)
      ),
    chainFor: (facts) => chainFor(state().policy.approvals.rules, facts),
  };
}
