import * as React from 'react';

import { Button, Flex } from '@strapi/design-system';

import { apiPath } from '../../api/paths';
import type { BackupRunView, BackupStateView } from '../../api/types';
import type { BackupKind } from '../../api/vocabulary';
import { CardList } from '../../components/CardList';
import { Notice } from '../../components/Notice';
import { PageFrame } from '../../components/PageFrame';
import { ResourceView } from '../../components/ResourceView';
import { useNow } from '../../hooks/useNow';
import { usePages } from '../../hooks/usePages';
import { usePermission } from '../../hooks/usePermission';
import { useResource } from '../../hooks/useResource';
import { useNotify, useSubmission } from '../../hooks/useSubmission';
import { useTerm, useTranslate } from '../../hooks/useTranslate';
import { RunCard } from './RunCard';
import { Standing } from './Standing';

/** How often a backup that goes on is looked at. */
const LOOK_MS = 2000;
const STARTED: readonly BackupKind[] = ['incremental', 'full', 'drill'];

interface StartProps {
  state: BackupStateView;
  onStarted: () => void;
}

/** What may be started now. */
const Start = ({ state, onStarted }: StartProps) => {
  const t = useTranslate();
  const term = useTerm();
  const notify = useNotify();
  const submission = useSubmission();

  const start = async (kind: BackupKind): Promise<void> => {
    if (!(await submission.post('/backups', { kind }))) return;
    notify('success', t('backup.started'));
    onStarted();
  };

  return (
    <>
      <Flex gap={2} wrap="wrap">
        {STARTED.map((kind) => (
          <Button
            key={kind}
            variant={kind === 'incremental' ? 'default' : 'secondary'}
            loading={submission.busy}
            disabled={
              !state.configured ||
              state.running !== null ||
              (kind === 'drill' && (!state.drillable || state.lastBackup === null))
            }
            onClick={() => void start(kind)}
          >
            {t('backup.start', { kind: term('backupKind', kind) })}
          </Button>
        ))}
      </Flex>
      {submission.error && <Notice tone="danger">{submission.error}</Notice>}
      {state.configured && !state.drillable && (
        <Notice tone="neutral">{t('backup.drillByCommand')}</Notice>
      )}
    </>
  );
};

/** Backups and drills: how they stand, what was done, and starting one. */
export const BackupPage = () => {
  const t = useTranslate();
  const mayRun = usePermission('backup.run');
  const state = useResource<BackupStateView>(apiPath('/backups/state'));
  const runs = usePages<BackupRunView>(apiPath('/backups'));
  const running = state.data?.running?.documentId ?? null;
  const now = useNow(LOOK_MS);
  const { reload: reloadState } = state;
  const { reload: reloadRuns } = runs;

  React.useEffect(() => {
    if (running !== null) reloadState();
  }, [now, running, reloadState]);
  // It has begun or ended: then the list is another one.
  React.useEffect(() => reloadRuns(), [running, reloadRuns]);

  return (
    <PageFrame title={t('backup.title')} subtitle={t('backup.subtitle')}>
      <Flex direction="column" alignItems="stretch" gap={6}>
        <ResourceView resource={state}>
          {(data) => (
            <>
              <Standing state={data} />
              {mayRun && <Start state={data} onStarted={reloadState} />}
            </>
          )}
        </ResourceView>
        <CardList
          label={t('backup.runs')}
          pages={runs}
          empty={t('backup.empty')}
          idOf={({ documentId }) => documentId}
        >
          {(run) => <RunCard run={run} />}
        </CardList>
      </Flex>
    </PageFrame>
  );
};
