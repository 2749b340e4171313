import type { NoticeTexts } from './consents';
import type { LocalText, StepView } from './types';
import type { Level, PlanState } from './vocabulary';

/** An impact assessment as those see it who decide on its plan. */
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
  mine: boolean;
}

/** `GET /collection-plans`. */
export interface PlanView {
  documentId: string;
  title: string;
  code: string;
  state: PlanState;
  goal: string | null;
  purposes: Array<{ code: string; name: LocalText }>;
  attributes: Array<{ path: string; level: Level | null }>;
  channels: string[];
  method: 'direct' | 'indirect' | 'online' | null;
  schedule: string | null;
  startsOn: string | null;
  endsOn: string | null;
  responsible: string | null;
  /** What is shown now. */
  notice: {
    documentId: string | null;
    code: string;
    version: string;
    hash: string;
    texts: NoticeTexts;
    plain: string | null;
  } | null;
  noticeVersion: string | null;
  noticeText: string | null;
  proposer: string | null;
  proposedAt: string | null;
  activatedAt: string | null;
  closedAt: string | null;
  mine: boolean;
  assessments: AssessmentView[];
  steps: StepView[];
}

/** `GET /minimality`: which protected attributes are collected and of no use. */
export interface MinimalityReport {
  months: number;
  since: string;
  logSince: string | null;
  countedAt: string | null;
  attributes: Array<{
    type: string;
    attribute: string;
    level: Level | null;
    records: number;
    lastUsedAt: string | null;
    unused: boolean;
    plans: Array<{ documentId: string; code: string; title: string }>;
  }>;
}
