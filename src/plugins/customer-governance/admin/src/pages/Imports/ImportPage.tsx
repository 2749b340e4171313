import * as React from 'react';

import { Box, Button, Flex, Link as TextLink, Typography } from '@strapi/design-system';
import { ArrowLeft } from '@strapi/icons';
import { Link, useParams } from 'react-router-dom';

import type { ImportOptions, ImportView } from '../../api/imports';
import { apiPath } from '../../api/paths';
import type { ImportState } from '../../api/vocabulary';
import { StateBadge } from '../../components/Badges';
import { ConfirmDialog } from '../../components/ConfirmDialog';
import { DateTime } from '../../components/DateTime';
import { Facts } from '../../components/Facts';
import { Meter } from '../../components/Meter';
import { Notice } from '../../components/Notice';
import { PageFrame } from '../../components/PageFrame';
import { ResourceView } from '../../components/ResourceView';
import { useFormat } from '../../hooks/useFormat';
import { useNow } from '../../hooks/useNow';
import { useResource } from '../../hooks/useResource';
import { useSubmission } from '../../hooks/useSubmission';
import { useTranslate } from '../../hooks/useTranslate';
import { pagePath } from '../navigation';
import { ColumnMapping } from './ColumnMapping';
import { Counts } from './Counts';
import { importApi, importRoute } from './paths';
import { RowList } from './RowList';

/** How often an import that goes on is looked at. */
const LOOK_MS = 1000;
const AT_WORK: readonly ImportState[] = ['checking', 'running', 'undoing'];
const CANCELLABLE: readonly ImportState[] = [
  'uploaded',
  'checking',
  'checked',
  'running',
  'paused',
];
const UNDOABLE: readonly ImportState[] = ['finished', 'cancelled', 'failed'];

interface PartProps {
  run: ImportView;
  onChanged: () => void;
}

/** How far it is, and what may be done meanwhile. */
const Progress = ({ run }: { run: ImportView }) => {
  const t = useTranslate();
  const { number } = useFormat();
  const counts = run.phase === 'check' ? run.checkCounts : run.runCounts;
  const total = run.phase === 'undo' ? (run.runCounts?.good ?? 0) : (run.total ?? 0);
  const done =
    run.phase === 'undo'
      ? (run.undoCounts?.removed ?? 0) + (run.undoCounts?.kept ?? 0)
      : (counts?.rows ?? 0);
  return (
    <Flex direction="column" alignItems="stretch" gap={2} role="status">
      {total > 0 && <Meter label={t('imports.progress')} share={Math.min(1, done / total)} />}
      <Typography>
        {total > 0
          ? t('imports.doneOf', { done: number(done), total: number(total) })
          : t('imports.done', { done: number(done) })}
      </Typography>
      {run.stalled && <Notice tone="warning">{t('imports.stalled')}</Notice>}
    </Flex>
  );
};

/** What may be done with the import as it stands. */
const Actions = ({ run, onChanged }: PartProps) => {
  const t = useTranslate();
  const submission = useSubmission();
  const [asked, setAsked] = React.useState<'cancel' | 'undo' | null>(null);
  const act = async (name: string): Promise<void> => {
    if (!(await submission.post(importRoute(run.documentId, `/${name}`)))) return;
    setAsked(null);
    onChanged();
  };
  const button = (name: 'start' | 'pause' | 'resume', label: string) => (
    <Button
      variant={name === 'pause' ? 'secondary' : 'default'}
      loading={submission.busy}
      onClick={() => void act(name)}
    >
      {label}
    </Button>
  );
  const good = run.checkCounts?.good ?? 0;
  return (
    <Flex direction="column" alignItems="stretch" gap={2}>
      <Flex gap={2} wrap="wrap">
        {run.state === 'checked' &&
          good > 0 &&
          button('start', t('imports.start', { count: good }))}
        {AT_WORK.includes(run.state) && button('pause', t('imports.pause'))}
        {(run.state === 'paused' || run.stalled) && button('resume', t('imports.resume'))}
        {CANCELLABLE.includes(run.state) && run.phase !== 'undo' && (
          <Button variant="danger-light" onClick={() => setAsked('cancel')}>
            {t('imports.cancel')}
          </Button>
        )}
        {UNDOABLE.includes(run.state) && (run.runCounts?.good ?? 0) > 0 && (
          <Button variant="danger-light" onClick={() => setAsked('undo')}>
            {t('imports.undo')}
          </Button>
        )}
      </Flex>
      {submission.error && asked === null && <Notice tone="danger">{submission.error}</Notice>}
      {asked && (
        <ConfirmDialog
          title={asked === 'cancel' ? t('imports.cancel') : t('imports.undo')}
          confirmLabel={asked === 'cancel' ? t('imports.cancel') : t('imports.undo')}
          submission={submission}
          onConfirm={() => act(asked)}
          onClose={() => {
            setAsked(null);
            submission.clear();
          }}
        >
          {asked === 'cancel' ? t('imports.cancelIntro') : t('imports.undoIntro')}
        </ConfirmDialog>
      )}
    </Flex>
  );
};

const Content = ({ run, options, onChanged }: PartProps & { options: ImportOptions }) => {
  const t = useTranslate();
  const { number } = useFormat();
  const working = AT_WORK.includes(run.state);
  const phase = run.runCounts ? 'run' : 'check';
  const counts = run.runCounts ?? run.checkCounts;
  return (
    <Flex direction="column" alignItems="stretch" gap={6}>
      <Flex justifyContent="space-between" gap={4} wrap="wrap" alignItems="flex-start">
        <StateBadge state={run.state} />
        <Actions run={run} onChanged={onChanged} />
      </Flex>
      {run.failure && <Notice tone="danger">{t('imports.failed')}</Notice>}
      {(working || run.state === 'paused') && <Progress run={run} />}
      <Box padding={6} background="neutral0" shadow="tableShadow" hasRadius>
        <Flex direction="column" alignItems="stretch" gap={4}>
          <Facts
            facts={[
              { name: t('imports.uploadedAt'), value: <DateTime value={run.uploadedAt} /> },
              {
                name: t('imports.plan'),
                value: run.plan ? `${run.plan.code} ${run.plan.title}` : null,
              },
              {
                name: t('imports.file'),
                value:
                  run.fileState === 'stored'
                    ? [run.format, run.encoding].filter(Boolean).join(', ').toUpperCase()
                    : t('imports.fileGone'),
              },
              ...(run.undoCounts
                ? [
                    { name: t('imports.removed'), value: number(run.undoCounts.removed) },
                    { name: t('imports.kept'), value: number(run.undoCounts.kept) },
                  ]
                : []),
            ]}
          />
          {counts && <Counts counts={counts} />}
        </Flex>
      </Box>
      {(run.state === 'uploaded' || run.state === 'checked') && (
        <Box padding={6} background="neutral0" shadow="tableShadow" hasRadius>
          <ColumnMapping run={run} options={options} onChecking={onChanged} />
        </Box>
      )}
      {counts && !working && <RowList key={phase} run={run} options={options} phase={phase} />}
    </Flex>
  );
};

/** One import, from its columns to its end. */
export const ImportPage = () => {
  const t = useTranslate();
  const { documentId = '' } = useParams();
  const run = useResource<ImportView>(importApi(documentId));
  const options = useResource<ImportOptions>(apiPath('/import-options'));
  const { data, reload } = run;
  const working = data !== undefined && AT_WORK.includes(data.state);
  const now = useNow(LOOK_MS);

  React.useEffect(() => {
    if (working) reload();
  }, [now, working, reload]);

  return (
    <PageFrame
      title={data?.number ?? t('imports.title')}
      subtitle={t('imports.oneSubtitle')}
      navigationAction={
        <TextLink tag={Link} to={pagePath('imports')} startIcon={<ArrowLeft />}>
          {t('imports.back')}
        </TextLink>
      }
    >
      <ResourceView resource={run}>
        {(view) => (
          <ResourceView resource={options}>
            {(offered) => <Content run={view} options={offered} onChanged={reload} />}
          </ResourceView>
        )}
      </ResourceView>
    </PageFrame>
  );
};
