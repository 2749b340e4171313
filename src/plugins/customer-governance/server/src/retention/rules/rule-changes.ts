import type { Core } from '@strapi/strapi';
import { errors } from '@strapi/utils';
import { approvalsOf } from '../../approvals/approvals';
import type { StepView } from '../../approvals/step-views';
import { auditOf } from '../../audit/audit';
import { toProblems } from '../../customers/entry/finding';
import { isUniqueViolation } from '../../customers/entry/unique';
import { afterCommit, inTransaction } from '../../database';
import { notificationsOf } from '../../notifications/notifications';
import { governedOperation } from '../../operation';
import { actorOf } from '../../organisation/actor';
import { organisationOf, type StaffRef } from '../../organisation/organisation';
import { policyOf, type RetentionRule } from '../../policy';
import { assertNoProblems } from '../../vault/sealing';
import type { AttributeSubjects } from '../destruction/attribute-subjects';
import { ruleConflicts, ruleProblems, type Problem, type RuleConflict } from './rule-problems';
import type { RuleEffect, RuleEffects } from './rule-effect';
import type { Rules } from './rules';
import { OPERATIONS, RULE_CHANGE, RULE_KIND } from '../uids';

export type RuleOperation = 'create' | 'change' | 'delete';
export type RuleChangeState = 'pending' | 'applied' | 'rejected' | 'withdrawn' | 'expired';

/** What is to become of the rule of this code. */
export interface RuleChange {
  operation: RuleOperation;
  code: string;
  /** The rule as it is to be; none when it is to go. */
  rule?: Omit<RetentionRule, 'code'>;
}

interface RuleChangeRow {
  id: number;
  documentId: string;
  operation: RuleOperation;
  code: string;
  before: RetentionRule | null;
  after: RetentionRule | null;
  effect: RuleEffect;
  reason: string;
  state: RuleChangeState;
  proposer?: { id: number; displayName: string } | null;
  proposedAt: string;
  decidedAt: string | null;
}

export interface RuleChangeView {
  documentId: string;
  operation: RuleOperation;
  code: string;
  before: RetentionRule | null;
  after: RetentionRule | null;
  effect: RuleEffect;
  reason: string;
  state: RuleChangeState;
  proposer: { name: string } | null;
  proposedAt: string;
  decidedAt: string | null;
  /** Whether whoever asks proposed it, and so may take it back. */
  mine: boolean;
  steps: StepView[];
}

interface Parts {
  rules: Rules;
  effects: RuleEffects;
  subjects: AttributeSubjects;
  /** Has all due dates reckoned anew, after the change has committed. */
  sweepSoon: () => void;
}

/** Changes of the panel's retention rules: proposed with their effect, and in force once they are approved [HLD-5]. */
export function createRuleChanges(
  strapi: Core.Strapi,
  { rules, effects, subjects, sweepSoon }: Parts
) {
  const query = () => strapi.db.query(RULE_CHANGE);

  /** The rules before and after. @throws ValidationError that names what is wrong with the change. */
  const outcomeOf = async ({ operation, code, rule }: RuleChange) => {
    const stored = await rules.stored();
    const known = stored.find((row) => row.code === code);
    const problems: Problem[] = [];
    if (known?.origin === 'policy') {
      throw new errors.ValidationError(
        `code: the rule ${code} is the policy's. Change it in the policy document and start again.`
      );
    }
    if (operation === 'create' && known) {
      problems.push({ attribute: 'code', reason: 'is taken by another rule' });
    }
    if (operation !== 'create' && !known) {
      problems.push({ attribute: 'code', reason: 'there is no such rule of the panel' });
    }
    const after = rule && operation !== 'delete' ? { ...rule, code } : null;
    if (after) problems.push(...ruleProblems(after, subjects.all()));
    if (after?.purpose !== undefined && !policyOf(strapi).purpose(after.purpose)) {
      problems.push({ attribute: 'purpose', reason: 'there is no such purpose' });
    }
    assertNoProblems(toProblems(problems));
    const before = await rules.fresh();
    const others = before.filter((one) => one.code !== code);
    return {
      before,
      was: before.find((one) => one.code === code) ?? null,
      will: after,
      after: after ? [...others, after] : others,
    };
  };

  const find = async (documentId: string): Promise<RuleChangeRow> => {
    const row = await query().findOne({ where: { documentId }, populate: { proposer: true } });
    if (!row) throw new errors.NotFoundError('There is no such change of a retention rule.');
    return row;
  };

  const asProduct = <T>(work: () => Promise<T>) => governedOperation(OPERATIONS.ruleChange, work);

  /** The database decides between racing ends. */
  const settle = async (documentId: string, state: RuleChangeState) => {
    const { count } = await asProduct(() =>
      query().updateMany({
        where: { documentId, state: 'pending' },
        data: { state, decidedAt: new Date(), openCode: null },
      })
    );
    if (count !== 1) {
      throw new errors.ApplicationError('This change is not pending any more. Reload the list.');
    }
  };

  const apply = async (documentId: string) => {
    const { code, after } = await find(documentId);
    await settle(documentId, 'applied');
    await rules.write(code, after);
    await auditOf(strapi).append({
      action: 'retention.rule-apply',
      requestId: documentId,
      details: { rule: code },
    });
    await afterCommit(strapi, sweepSoon);
  };

  const create = async (change: RuleChange, reason: string, proposer: StaffRef, now: Date) => {
    const { before, after, was, will } = await outcomeOf(change);
    const effect = await effects(before, after, now);
    return inTransaction(strapi, async () => {
      const row = (await asProduct(() =>
        query().create({
          data: {
            operation: change.operation,
            code: change.code,
            // The unique index lets no second change of a rule wait beside the first.
            openCode: change.code,
            before: was,
            after: will,
            effect,
            reason,
            state: 'pending',
            proposer: proposer.id,
            proposedAt: now,
            publishedAt: now,
          },
        })
      )) as RuleChangeRow;
      await approvalsOf(strapi).open({
        kind: RULE_KIND,
        subjectId: row.documentId,
        requester: proposer,
        facts: {
          kind: RULE_KIND,
          sensitivity: 'sensitive',
          keyCustomer: false,
          ownership: 'other',
          records: effect.earlier + effect.later,
        },
      });
      await auditOf(strapi).append({
        action: 'retention.rule-propose',
        requestId: row.documentId,
        details: {
          rule: change.code,
          operation: change.operation,
          earlier: effect.earlier,
          later: effect.later,
        },
      });
      return row.documentId;
    });
  };

  return {
    /** What the change would do, and which rules it would leave without effect. Nothing is stored. */
    async preview(
      change: RuleChange,
      now: Date
    ): Promise<{ effect: RuleEffect; conflicts: RuleConflict[] }> {
      const { before, after } = await outcomeOf(change);
      return { effect: await effects(before, after, now), conflicts: ruleConflicts(after) };
    },

    /** Opens the approval of a change. @returns its documentId. */
    async propose(
      change: RuleChange,
      reason: string,
      proposer: StaffRef,
      now: Date
    ): Promise<string> {
      try {
        return await create(change, reason, proposer, now);
      } catch (error) {
        if (!isUniqueViolation(error)) throw error;
        throw new errors.ApplicationError(
          'Another change of this rule waits for its approval. Withdraw it first, or wait.'
        );
      }
    },

    /** Takes a pending change of whoever asks back. */
    async withdraw(documentId: string): Promise<void> {
      const person = await organisationOf(strapi).requireStaff();
      await inTransaction(strapi, async () => {
        const row = await find(documentId);
        if (row.proposer?.id !== person.id) {
          throw new errors.NotFoundError('There is no such change of yours.');
        }
        // Steps before the change, as a decision takes them, so that the two cannot wait for each other.
        await approvalsOf(strapi).cancel(RULE_KIND, documentId);
        await settle(documentId, 'withdrawn');
        await auditOf(strapi).append({
          action: 'retention.rule-withdraw',
          requestId: documentId,
          details: { rule: row.code },
        });
        await notificationsOf(strapi).announce('withdrawn', {
          kind: RULE_KIND,
          requestId: documentId,
        });
      });
    },

    /** A page of changes, newest first. @param cursor the id of the last one of the page before. */
    page: (
      state: RuleChangeState | undefined,
      cursor: number | null,
      limit: number
    ): Promise<Array<{ id: number; documentId: string }>> =>
      query().findMany({
        select: ['id', 'documentId'],
        where: { ...(state ? { state } : {}), ...(cursor === null ? {} : { id: { $lt: cursor } }) },
        orderBy: { id: 'desc' },
        limit,
      }),

    async views(documentIds: string[]): Promise<Map<string, RuleChangeView>> {
      const rows = (await query().findMany({
        where: { documentId: { $in: documentIds } },
        populate: { proposer: true },
        orderBy: { id: 'desc' },
      })) as RuleChangeRow[];
      const steps = await approvalsOf(strapi).steps(RULE_KIND, documentIds);
      const person = await organisationOf(strapi).staffOf(actorOf(strapi).identity());
      return new Map(
        rows.map((row) => [
          row.documentId,
          {
            documentId: row.documentId,
            operation: row.operation,
            code: row.code,
            before: row.before,
            after: row.after,
            effect: row.effect,
            reason: row.reason,
            state: row.state,
            proposer: row.proposer ? { name: row.proposer.displayName } : null,
            proposedAt: row.proposedAt,
            decidedAt: row.decidedAt,
            mine: row.proposer?.id === person?.id,
            steps: steps.get(row.documentId) ?? [],
          },
        ])
      );
    },

    /** Tells the approvals what becomes of a change. */
    registerKind(): void {
      approvalsOf(strapi).registerKind({
        kind: RULE_KIND,
        onApproved: apply,
        onRejected: (documentId) => settle(documentId, 'rejected'),
        onExpired: (documentId) => settle(documentId, 'expired'),
        views: (documentIds) => this.views(documentIds),
      });
    },
  };
}

export type RuleChanges = ReturnType<typeof createRuleChanges>;
