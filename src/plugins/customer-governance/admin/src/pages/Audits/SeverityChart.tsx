import type { InternalAuditView } from '../../api/types';
import { SEVERITIES, type Severity } from '../../api/vocabulary';
import { useTerm, useTranslate } from '../../hooks/useTranslate';
import { BarChart, type Bar } from '../Overview/BarChart';

const TONES: Record<Severity, Bar['tone']> = {
  minor: 'primary',
  major: 'warning',
  critical: 'danger',
};

/** How many findings there are of each severity, the gravest first. */
export const SeverityChart = ({ findings }: Pick<InternalAuditView, 'findings'>) => {
  const t = useTranslate();
  const term = useTerm();
  return (
    <BarChart
      label={t('audits.bySeverity')}
      bars={[...SEVERITIES].reverse().map((severity) => ({
        name: term('severity', severity),
        value: findings.bySeverity[severity],
        tone: TONES[severity],
      }))}
    />
  );
};
