import { Loader, Flex, Typography } from '@strapi/design-system';

import type { BackupRunView } from '../../api/types';
import { StateBadge } from '../../components/Badges';
import { Card } from '../../components/Card';
import { DateTime } from '../../components/DateTime';
import { Facts, type Fact } from '../../components/Facts';
import { Notice } from '../../components/Notice';
import { useFormat } from '../../hooks/useFormat';
import { useTerm, useTranslate } from '../../hooks/useTranslate';
import { ByteSize } from './ByteSize';

const Archive = ({
  name,
  digest,
  bytes,
}: {
  name: string;
  digest: string | null;
  bytes: number | null;
}) => (
  <>
    {name} · <ByteSize bytes={bytes} />
    {digest && (
      <Typography tag="div" variant="pi" textColor="neutral600">
        <code style={{ fontFamily: 'monospace', overflowWrap: 'anywhere' }}>SHA-256 {digest}</code>
      </Typography>
    )}
  </>
);

/** What a backup that goes on is at. */
export const Running = ({ run }: { run: BackupRunView }) => {
  const t = useTranslate();
  const term = useTerm();
  return (
    <Flex gap={3} role="status">
      <Loader small>{t('common.loading')}</Loader>
      <Typography>
        {run.step ? term('backupStep', run.step) : t('backup.beginning')}
        {run.done ? (
          <>
            {' · '}
            <ByteSize bytes={run.done} />
          </>
        ) : null}
      </Typography>
    </Flex>
  );
};

/** One backup or drill: what it made or found, or why it failed. */
export const RunCard = ({ run }: { run: BackupRunView }) => {
  const t = useTranslate();
  const term = useTerm();
  const { number } = useFormat();
  const { kind, state, drill } = run;

  const facts: Fact[] = [
    { name: t('backup.requestedBy'), value: run.requestedBy ?? t('backup.schedule') },
    ...(run.finishedAt
      ? [{ name: t('backup.finishedAt'), value: <DateTime value={run.finishedAt} /> }]
      : []),
    ...(run.dataArchive
      ? [
          {
            name: t('backup.data'),
            value: <Archive name={run.dataArchive} digest={run.dataDigest} bytes={run.dataBytes} />,
          },
        ]
      : []),
    ...(run.keysArchive
      ? [
          {
            name: t('backup.keys'),
            value: <Archive name={run.keysArchive} digest={run.keysDigest} bytes={run.keysBytes} />,
          },
        ]
      : []),
    ...(run.secondCopy
      ? [{ name: t('backup.second'), value: t(`backup.second.${run.secondCopy}`) }]
      : []),
    ...(drill
      ? [
          {
            name: t('backup.drill.rows'),
            value: t('backup.drill.counted', { rows: drill.rows, tables: drill.tables }),
          },
          { name: t('backup.drill.opened'), value: number(drill.opened) },
          {
            name: t('backup.drill.entries'),
            value: t('backup.drill.verified', { entries: drill.entries, findings: drill.findings }),
          },
        ]
      : []),
  ];

  return (
    <Card
      title={term('backupKind', kind)}
      badges={<StateBadge state={state} />}
      aside={<DateTime value={run.startedAt} />}
    >
      {state === 'running' && <Running run={run} />}
      {state === 'failed' && (
        <Notice tone="danger" title={term('backupFailure', run.reason ?? 'failed')}>
          {run.message ?? t('backup.noMessage')}
        </Notice>
      )}
      <Facts facts={facts} />
    </Card>
  );
};
