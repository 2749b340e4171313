import { Badge, Flex } from '@strapi/design-system';

import type { AlertSeverity, AlertState, CustomerStage, Level, Severity } from '../api/vocabulary';
import { useAttributeLabel, useTerm, useTranslate } from '../hooks/useTranslate';

type Variant = 'success' | 'primary' | 'danger' | 'warning' | 'neutral' | 'secondary';

const STATE_VARIANTS: Record<string, Variant> = {
  running: 'primary',
  succeeded: 'success',
  failed: 'danger',
  pending: 'primary',
  submitted: 'primary',
  'in-review': 'primary',
  entered: 'secondary',
  filed: 'success',
  returned: 'warning',
  suspended: 'warning',
  proposed: 'primary',
  executing: 'warning',
  paused: 'warning',
  confirming: 'warning',
  approved: 'success',
  granted: 'success',
  applied: 'success',
  executed: 'success',
  active: 'success',
  given: 'success',
  published: 'success',
  done: 'success',
  rejected: 'danger',
  refused: 'danger',
  revoked: 'danger',
  overdue: 'danger',
  escalated: 'warning',
  repeated: 'warning',
  planned: 'secondary',
  'in-progress': 'primary',
  reported: 'warning',
  closed: 'success',
  open: 'warning',
  'due-soon': 'warning',
  remediated: 'primary',
  rechecked: 'primary',
  reopened: 'danger',
  uploaded: 'secondary',
  checking: 'primary',
  checked: 'primary',
  finished: 'success',
  undoing: 'warning',
  merged: 'success',
  verified: 'success',
  lapsed: 'warning',
  wrong: 'danger',
  accurate: 'success',
  inaccurate: 'danger',
  unreachable: 'warning',
};

const LEVEL_VARIANTS: Record<Level, Variant> = {
  public: 'neutral',
  internal: 'secondary',
  personal: 'warning',
  sensitive: 'danger',
};

const SEVERITY_VARIANTS: Record<Severity, Variant> = {
  minor: 'neutral',
  major: 'warning',
  critical: 'danger',
};

/** The state of a request, step, grant, consent, order, audit or finding. */
export const StateBadge = ({ state }: { state: string }) => {
  const term = useTerm();
  return <Badge variant={STATE_VARIANTS[state] ?? 'neutral'}>{term('state', state)}</Badge>;
};

/** A customer of whom nobody heard for long; nothing of one in ordinary use. */
export const StageBadge = ({ stage }: { stage: CustomerStage }) => {
  const term = useTerm();
  if (stage !== 'dormant' && stage !== 'invalid') return null;
  return <Badge variant={stage === 'dormant' ? 'warning' : 'danger'}>{term('stage', stage)}</Badge>;
};

const ALERT_SEVERITY_VARIANTS: Record<AlertSeverity, Variant> = {
  low: 'neutral',
  medium: 'warning',
  high: 'danger',
};

const ALERT_STATE_VARIANTS: Record<AlertState, Variant> = {
  open: 'danger',
  acknowledged: 'warning',
  closed: 'neutral',
};

/** What was decided on an alert. */
export const AlertStateBadge = ({ state }: { state: AlertState }) => {
  const term = useTerm();
  return <Badge variant={ALERT_STATE_VARIANTS[state]}>{term('alertState', state)}</Badge>;
};

/** How grave an alert is, as the rule has it. */
export const AlertSeverityBadge = ({ severity }: { severity: AlertSeverity }) => {
  const term = useTerm();
  return (
    <Badge variant={ALERT_SEVERITY_VARIANTS[severity]}>{term('alertSeverity', severity)}</Badge>
  );
};

/** How sensitive an attribute is, by the policy's classification. */
export const LevelBadge = ({ level }: { level: Level }) => {
  const term = useTerm();
  return (
    <Badge size="S" variant={LEVEL_VARIANTS[level] ?? 'neutral'}>
      {term('level', level)}
    </Badge>
  );
};

/** How grave a finding is. */
export const SeverityBadge = ({ severity }: { severity: Severity }) => {
  const term = useTerm();
  return <Badge variant={SEVERITY_VARIANTS[severity]}>{term('severity', severity)}</Badge>;
};

interface AttributeListProps {
  type: string;
  attributes: string[];
  levels?: Record<string, Level>;
}

/** Attributes by their labels, each with its sensitivity where that is known. */
export const AttributeList = ({ type, attributes, levels }: AttributeListProps) => {
  const label = useAttributeLabel();
  const t = useTranslate();
  return (
    <Flex tag="ul" gap={3} wrap="wrap" aria-label={t('request.attributes')}>
      {attributes.map((attribute) => {
        const level = levels?.[attribute];
        return (
          <Flex tag="li" key={attribute} gap={1}>
            <span>{label(type, attribute)}</span>
            {level && <LevelBadge level={level} />}
          </Flex>
        );
      })}
    </Flex>
  );
};
