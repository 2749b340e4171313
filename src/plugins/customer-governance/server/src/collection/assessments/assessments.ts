import type { Core } from '@strapi/strapi';
import { errors } from '@strapi/utils';
import { auditOf } from '../../audit/audit';
import { zoneOf } from '../../calendar/zone';
import { inTransaction } from '../../database';
import { PLUGIN } from '../../domain';
import { governedOperation } from '../../operation';
import { actorOf } from '../../organisation/actor';
import { organisationOf } from '../../organisation/organisation';
import { policyOf } from '../../policy';
import { addMonths } from '../../policy/retention-rules';
import { forbidden, invalid } from '../../refusal';
import { attributeLevel } from '../levels';
import { keyOf } from '../plans/form';
import { ASSESSMENT } from '../uids';

interface AssessmentRow {
  id: number;
  documentId: string;
  state: 'draft' | 'approved';
  attributes: string[] | null;
  assessor?: { id: number; displayName: string } | null;
  plan?: { id: number; attributes: string[] | null } | null;
}

/** An assessment as those see it who decide on its plan. */
export interface AssessmentView {
  documentId: string;
  title: string;
  state: 'draft' | 'approved';
  riskLevel: 'low-risk' | 'medium-risk' | 'high-risk';
  necessity: string;
  risks: string;
  measures: string;
  assessor: string | null;
  approvedAt: string | null;
  keepUntil: string | null;
  /** Whether whoever asks made it, and so cannot approve it. */
  mine: boolean;
}

const OPERATION = 'impact-assessment';

/**
 * Impact assessments of sensitive information: necessity, risk and measures, made before it is collected, approved by a
 * second person and kept for the years that the policy says (PIPL 55 and 56) [COL-2].
 */
export function assessmentsService({ strapi }: { strapi: Core.Strapi }) {
  const query = () => strapi.db.query(ASSESSMENT);
  const isSensitive = (path: string) => attributeLevel(strapi, path) === 'sensitive';

  return {
    /** Of the plan's attributes, those that an approved assessment must cover and none does. */
    async missingFor(planId: number, attributes: readonly string[]): Promise<string[]> {
      if (policyOf(strapi).get().collection.assessment.requiredFor === 'none') return [];
      const sensitive = attributes.filter(isSensitive);
      if (sensitive.length === 0) return [];
      const approved = (await query().findMany({
        where: { plan: { id: planId }, state: 'approved' },
      })) as AssessmentRow[];
      const covered = new Set(approved.flatMap((row) => (row.attributes ?? []).map(keyOf)));
      return sensitive.filter((path) => !covered.has(keyOf(path)));
    },

    /** The assessments of plans, by the plan's row id, the newest first. */
    async ofPlans(planIds: readonly number[]): Promise<Map<number, AssessmentView[]>> {
      const rows = (await query().findMany({
        where: { plan: { id: { $in: planIds } } },
        populate: { assessor: true, plan: { select: ['id'] } },
        orderBy: { id: 'desc' },
      })) as Array<AssessmentRow & Omit<AssessmentView, 'assessor'>>;
      const person = await organisationOf(strapi).staffOf(actorOf(strapi).identity());
      const found = new Map<number, AssessmentView[]>();
      for (const row of rows) {
        if (!row.plan) continue;
        const view = {
          documentId: row.documentId,
          title: row.title,
          state: row.state,
          riskLevel: row.riskLevel,
          necessity: row.necessity,
          risks: row.risks,
          measures: row.measures,
          assessor: row.assessor?.displayName ?? null,
          approvedAt: row.approvedAt,
          keepUntil: row.keepUntil,
          mine: person !== null && row.assessor?.id === person.id,
        };
        found.set(row.plan.id, [...(found.get(row.plan.id) ?? []), view]);
      }
      return found;
    },

    /**
     * Approves a draft, which from then on stays as it is. It covers the sensitive attributes that its plan has now.
     * @throws PolicyError for whoever made it: nobody approves their own assessment.
     */
    async approve(documentId: string, now: Date): Promise<void> {
      const person = await organisationOf(strapi).requireStaff();
      const { timezone } = policyOf(strapi).get().calendar;
      const { keepMonths } = policyOf(strapi).get().collection.assessment;
      await inTransaction(strapi, async () => {
        const row: AssessmentRow | null = await query().findOne({
          where: { documentId },
          populate: { assessor: true, plan: true },
        });
        if (!row) throw new errors.NotFoundError('There is no such impact assessment.');
        if (!row.assessor)
          throw invalid('assessor', 'say who made the assessment, then approve it');
        if (row.assessor.id === person.id) {
          throw forbidden('Nobody approves their own impact assessment. Ask a colleague.');
        }
        const attributes = (row.plan?.attributes ?? []).filter(isSensitive);
        if (attributes.length === 0) {
          throw invalid(
            'plan',
            'the plan collects nothing sensitive, so there is nothing to assess'
          );
        }
        const { count } = await governedOperation(OPERATION, () =>
          query().updateMany({
            where: { documentId, state: 'draft' },
            data: {
              state: 'approved',
              attributes,
              approver: person.id,
              approvedAt: now,
              keepUntil: addMonths(zoneOf(timezone).dayAt(now), keepMonths),
            },
          })
        );
        if (count !== 1) {
          throw new errors.ApplicationError(
            'The assessment was approved meanwhile. Reload the page.'
          );
        }
        await auditOf(strapi).append({
          action: 'assessment.approve',
          requestId: documentId,
          attributes,
        });
      });
    },
  };
}

export type AssessmentsService = ReturnType<typeof assessmentsService>;

export const assessmentsOf = (strapi: Core.Strapi) =>
  strapi.plugin(PLUGIN).service('assessments') as AssessmentsService;
