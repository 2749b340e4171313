import { Flex, Typography } from '@strapi/design-system';

import type { BackupRunView, BackupStateView } from '../../api/types';
import { DateTime } from '../../components/DateTime';
import { Facts } from '../../components/Facts';
import { Notice } from '../../components/Notice';
import { useTranslate } from '../../hooks/useTranslate';
import { Running } from './RunCard';

const Last = ({ run }: { run: BackupRunView | null }) => {
  const t = useTranslate();
  return run ? <DateTime value={run.startedAt} /> : <>{t('backup.never')}</>;
};

/** How backups stand: what is wrong with them, when the last ones were, and what the policy asks for. */
export const Standing = ({ state }: { state: BackupStateView }) => {
  const t = useTranslate();
  const { configured, overdue, policy, running } = state;
  return (
    <Flex
      tag="section"
      aria-label={t('backup.standing')}
      direction="column"
      alignItems="stretch"
      gap={4}
      padding={6}
      background="neutral0"
      shadow="tableShadow"
      hasRadius
    >
      <Typography tag="h2" variant="delta">
        {t('backup.standing')}
      </Typography>
      {!configured && (
        <Notice tone="danger" title={t('backup.nothing')}>
          {t('backup.nothingText')}
        </Notice>
      )}
      {overdue.backup && (
        <Notice tone="danger" title={t('backup.overdue')}>
          {t('backup.overdueBackup')}
        </Notice>
      )}
      {overdue.drill && (
        <Notice tone="warning" title={t('backup.drillDue')}>
          {t('backup.overdueDrill')}
        </Notice>
      )}
      {configured && state.keysOutdated && (
        <Notice tone="warning">{t('backup.keysOutdated')}</Notice>
      )}
      {configured && state.epochCopy !== 'in-step' && (
        <Notice tone="warning">{t(`backup.epochCopy.${state.epochCopy}`)}</Notice>
      )}
      {configured && !state.second && <Notice tone="neutral">{t('backup.noSecond')}</Notice>}
      {running && <Running run={running} />}
      <Facts
        facts={[
          { name: t('backup.last'), value: <Last run={state.lastBackup} /> },
          { name: t('backup.lastDrill'), value: <Last run={state.lastDrill} /> },
          {
            name: t('backup.times'),
            value: (
              <code style={{ fontFamily: 'monospace' }}>
                {policy.fullCron} · {policy.incrementalCron}
              </code>
            ),
          },
          {
            name: t('backup.kept'),
            value: t('backup.keptText', {
              days: policy.keepDays,
              archives: policy.keepKeyArchives,
            }),
          },
          {
            name: t('backup.asked'),
            value: t('backup.askedText', {
              hours: policy.overdueHours,
              months: policy.drillEveryMonths,
            }),
          },
        ]}
      />
    </Flex>
  );
};
