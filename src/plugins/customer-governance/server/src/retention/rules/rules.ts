import type { Core } from '@strapi/strapi';
import { errors } from '@strapi/utils';
import { auditOf } from '../../audit/audit';
import { inTransaction } from '../../database';
import { currentOperation, governedOperation } from '../../operation';
import { policyOf, type RetentionRule } from '../../policy';
import { forbidden } from '../refusal';
import { columnsOf, planRuleSync, ruleOf, type RuleRow, type RuleSync } from './rule-sync';
import { OPERATIONS, PURPOSE, RULE } from '../uids';

interface WriteEvent {
  params: { data: Record<string, unknown>; where?: Record<string, unknown> };
}

/** Another instance may change the rules; so what is remembered of them is soon asked for again. */
const REMEMBERED_MS = 60_000;

/** The retention rules in force: those of the policy and those made in the panel. */
export function createRules(strapi: Core.Strapi) {
  let remembered: { rules: RetentionRule[]; until: number } | undefined;

  const stored = (): Promise<RuleRow[]> =>
    strapi.db
      .query(RULE)
      .findMany({ populate: { purpose: { select: ['id', 'code'] } }, orderBy: 'id' });

  const forget = () => {
    remembered = undefined;
  };

  /** Ids of purposes by code. @throws Error when the policy names one that is not there. */
  const purposeIds = async (codes: string[]): Promise<Map<string, number>> => {
    const found = (await strapi.db.query(PURPOSE).findMany({
      select: ['id', 'code'],
      where: { code: { $in: codes } },
    })) as Array<{ id: number; code: string }>;
    const ids = new Map(found.map(({ id, code }) => [code, id]));
    const missing = codes.filter((code) => !ids.has(code));
    if (missing.length > 0) {
      throw new Error(
        `retention.rules: no purpose is stored for ${missing.join(', ')}, so the rules cannot be kept.`
      );
    }
    return ids;
  };

  const asProduct = <T>(work: () => Promise<T>) =>
    governedOperation(OPERATIONS.ruleSync, () => inTransaction(strapi, work));

  const writeSync = async (plan: RuleSync, ids: Map<string, number>) => {
    const dataOf = ({ purpose, ...data }: RuleSync['create'][number]) => ({
      ...data,
      purpose: purpose === null ? null : ids.get(purpose),
    });
    await asProduct(async () => {
      const query = strapi.db.query(RULE);
      for (const rule of plan.create) {
        await query.create({ data: { ...dataOf(rule), publishedAt: new Date() } });
      }
      for (const { id, rule } of plan.update)
        await query.update({ where: { id }, data: dataOf(rule) });
      for (const id of plan.remove) await query.delete({ where: { id } });
      await auditOf(strapi).append({
        action: 'retention.rule-sync',
        details: {
          added: plan.create.length,
          changed: plan.update.length,
          removed: plan.remove.length,
        },
      });
    });
    forget();
  };

  return {
    forget,
    stored,

    /** All rules; an answer may be a minute old. */
    async all(): Promise<RetentionRule[]> {
      if (remembered && remembered.until > Date.now()) return remembered.rules;
      return this.fresh();
    },

    /** All rules as the database has them now. */
    async fresh(): Promise<RetentionRule[]> {
      const rules = (await stored()).map(ruleOf);
      remembered = { rules, until: Date.now() + REMEMBERED_MS };
      return rules;
    },

    /**
     * Writes the policy's rules down where the panel shows them; rules made in the panel stay.
     * @param beforeWriting told of the rules before and after, where they differ.
     */
    async sync(
      beforeWriting: (before: RetentionRule[], after: RetentionRule[]) => Promise<void>
    ): Promise<void> {
      const wanted = policyOf(strapi).get().retention.rules;
      const ids = await purposeIds([...new Set(wanted.flatMap(({ purpose }) => purpose ?? []))]);
      const rows = await stored();
      const plan = planRuleSync(wanted, rows);
      for (const code of plan.taken) {
        strapi.log.warn(
          `The policy now has a retention rule "${code}": it replaces the one made in the panel.`
        );
      }
      if (plan.create.length + plan.update.length + plan.remove.length === 0) return;
      const codes = new Set(wanted.map(({ code }) => code));
      const own = rows.filter(({ code, origin }) => origin === 'panel' && !codes.has(code));
      await beforeWriting(rows.map(ruleOf), [...wanted, ...own.map(ruleOf)]);
      await writeSync(plan, ids);
    },

    /**
     * Writes a rule of the panel as it was approved, in the deciding transaction.
     * @param rule as it is to be; `null` when it is to go.
     */
    async write(code: string, rule: RetentionRule | null): Promise<void> {
      const row = (await stored()).find((one) => one.code === code);
      if (row?.origin === 'policy') {
        throw new errors.ApplicationError(
          `The policy has a rule ${code} of its own by now, so this change cannot be approved. Reject it.`
        );
      }
      const query = strapi.db.query(RULE);
      await asProduct(async () => {
        if (!rule) {
          if (row) await query.delete({ where: { id: row.id } });
          return;
        }
        const { purpose, ...data } = columnsOf(rule, 'panel');
        const ids = await purposeIds(purpose === null ? [] : [purpose]);
        const written = { ...data, purpose: purpose === null ? null : ids.get(purpose) };
        if (row) await query.update({ where: { id: row.id }, data: written });
        else await query.create({ data: { ...written, publishedAt: new Date() } });
      });
      forget();
    },

    /** Keeps every other path from the rules: those of the policy are the policy's, those of the panel are approved. */
    subscribe(): void {
      const own = () => currentOperation() === OPERATIONS.ruleSync;
      const refuse = () => {
        if (own()) return;
        throw forbidden(
          'Retention rules are changed by a proposal that shows its effect and is approved: Governance, Retention, Rules.'
        );
      };
      const refuseOne = async (event: unknown) => {
        if (own()) return;
        const { where } = (event as WriteEvent).params;
        const row: RuleRow | null = where ? await strapi.db.query(RULE).findOne({ where }) : null;
        if (row?.origin === 'policy') {
          throw forbidden(
            `The rule ${row.code} is the policy's: change it in the policy document and start again.`
          );
        }
        refuse();
      };
      strapi.db.lifecycles.subscribe({
        models: [RULE],
        beforeCreate: refuse,
        beforeUpdate: refuseOne,
        beforeDelete: refuseOne,
        beforeCreateMany: refuse,
        beforeUpdateMany: refuse,
        beforeDeleteMany: refuse,
        afterCreate: forget,
        afterUpdate: forget,
        afterDelete: forget,
      });
    },
  };
}

export type Rules = ReturnType<typeof createRules>;
