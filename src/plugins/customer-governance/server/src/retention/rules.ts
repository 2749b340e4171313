import type { Core } from '@strapi/strapi';
import { entryOf } from '../customers/entry/entry';
import { inTransaction } from '../database';
import { currentOperation, governedOperation } from '../operation';
import { policyOf, type RetentionRule } from '../policy';
import { forbidden } from './refusal';
import { planRuleSync, ruleOf, ruleProblems, type RuleRow } from './rule-sync';
import { OPERATIONS, PURPOSE, RULE } from './uids';

interface WriteEvent {
  params: { data: Record<string, unknown>; where?: Record<string, unknown> };
}

/** Another instance may change the rules; so what is remembered of them is soon asked for again. */
const REMEMBERED_MS = 60_000;

/** The retention rules in force: those of the policy and those made in the panel. */
export function createRules(strapi: Core.Strapi) {
  let remembered: { rules: RetentionRule[]; until: number } | undefined;

  const rows = (): Promise<RuleRow[]> =>
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

  const rowOf = async (where: Record<string, unknown> | undefined): Promise<RuleRow | null> =>
    where
      ? strapi.db.query(RULE).findOne({ where, populate: { purpose: { select: ['id', 'code'] } } })
      : null;

  return {
    forget,

    /** All rules; an answer may be a minute old. */
    async all(): Promise<RetentionRule[]> {
      if (remembered && remembered.until > Date.now()) return remembered.rules;
      const rules = (await rows()).map(ruleOf);
      remembered = { rules, until: Date.now() + REMEMBERED_MS };
      return rules;
    },

    /** Writes the policy's rules down where the panel shows them; rules made in the panel stay. */
    async sync(): Promise<void> {
      const wanted = policyOf(strapi).get().retention.rules;
      const ids = await purposeIds([...new Set(wanted.flatMap(({ purpose }) => purpose ?? []))]);
      const plan = planRuleSync(wanted, await rows());
      for (const code of plan.taken) {
        strapi.log.warn(
          `The policy now has a retention rule "${code}": it replaces the one made in the panel.`
        );
      }
      const dataOf = ({ purpose, ...data }: (typeof plan.create)[number]) => ({
        ...data,
        purpose: purpose === null ? null : ids.get(purpose),
      });
      await governedOperation(OPERATIONS.ruleSync, () =>
        inTransaction(strapi, async () => {
          const query = strapi.db.query(RULE);
          for (const rule of plan.create) {
            await query.create({ data: { ...dataOf(rule), publishedAt: new Date() } });
          }
          for (const { id, rule } of plan.update)
            await query.update({ where: { id }, data: dataOf(rule) });
          for (const id of plan.remove) await query.delete({ where: { id } });
        })
      );
      forget();
    },

    /** Keeps the policy's rules as the policy has them, and those of the panel sensible. */
    subscribe(): void {
      entryOf(strapi).addRule(RULE, ({ data, stored, report }) => {
        // Another rule of the same code is refused by the unique index, which the gate puts into words.
        for (const { attribute, reason } of ruleProblems({ ...stored, ...data }))
          report(attribute, reason);
      });
      const own = () => currentOperation() === OPERATIONS.ruleSync;
      const refuseMany = () => {
        if (!own())
          throw forbidden('Retention rules are written one by one, so that each can be checked.');
      };
      const ofPolicy = (code: string) =>
        forbidden(
          `The rule ${code} is the policy's: change it in the policy document and start again.`
        );
      strapi.db.lifecycles.subscribe({
        models: [RULE],
        beforeCreate(event: unknown) {
          if (own()) return;
          const { params } = event as WriteEvent;
          params.data = { ...params.data, origin: 'panel' };
        },
        async beforeUpdate(event: unknown) {
          if (own()) return;
          const { params } = event as WriteEvent;
          const row = await rowOf(params.where);
          if (!row) return;
          if (row.origin === 'policy') throw ofPolicy(row.code);
          params.data = { ...params.data, origin: 'panel' };
        },
        async beforeDelete(event: unknown) {
          if (own()) return;
          const row = await rowOf((event as WriteEvent).params.where);
          if (row?.origin === 'policy') throw ofPolicy(row.code);
        },
        beforeCreateMany: refuseMany,
        beforeUpdateMany: refuseMany,
        beforeDeleteMany: refuseMany,
        afterCreate: forget,
        afterUpdate: forget,
        afterDelete: forget,
      });
    },
  };
}

export type Rules = ReturnType<typeof createRules>;
