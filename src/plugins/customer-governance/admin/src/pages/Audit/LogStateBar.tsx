import { Badge, Box, Flex, Typography } from '@strapi/design-system';

import { apiPath } from '../../api/paths';
import type { LogState } from '../../api/types';
import { DateTime } from '../../components/DateTime';
import { Notice } from '../../components/Notice';
import { ResourceView } from '../../components/ResourceView';
import { useFormat } from '../../hooks/useFormat';
import { useResource } from '../../hooks/useResource';
import { useTranslate } from '../../hooks/useTranslate';

/** Waiting longer than this, entries should have found their place. */
const LATE_MS = 5 * 60 * 1000;
/** Characters of the root hash that two people compare at a glance. */
const SHORT = 12;

interface FigureProps {
  name: string;
  children: React.ReactNode;
  note?: React.ReactNode;
}

const Figure = ({ name, children, note }: FigureProps) => (
  <Box>
    <Typography tag="dt" variant="pi" textColor="neutral600">
      {name}
    </Typography>
    <Typography tag="dd" fontWeight="semiBold" style={{ margin: 0 }}>
      {children}
    </Typography>
    {note && (
      <Typography tag="dd" variant="pi" textColor="neutral600" style={{ margin: 0 }}>
        {note}
      </Typography>
    )}
  </Box>
);

const isLate = ({ oldestPendingAt }: LogState): boolean =>
  oldestPendingAt !== null && Date.now() - Date.parse(oldestPendingAt) > LATE_MS;

const StateOf = ({ state }: { state: LogState }) => {
  const t = useTranslate();
  const { number } = useFormat();
  const { checkpoint, halted, pending, prunedBelow, treeSize, verified, witnesses = [] } = state;
  const good = halted === null && checkpoint !== null && !isLate(state);
  return (
    <Flex direction="column" alignItems="stretch" gap={4}>
      <Flex tag="dl" gap={7} wrap="wrap" alignItems="flex-start" style={{ margin: 0 }}>
        <Figure
          name={t('audit.state')}
          note={state.keyId && t('audit.state.key', { key: state.keyId })}
        >
          <Badge
            backgroundColor={good ? 'success100' : 'danger100'}
            textColor={good ? 'success700' : 'danger700'}
          >
            {good ? t('audit.state.good') : t('audit.state.bad')}
          </Badge>
        </Figure>
        <Figure
          name={t('audit.state.verified')}
          note={verified && <DateTime value={verified.at} />}
        >
          {verified ? (
            <Typography
              fontWeight="semiBold"
              textColor={verified.findings === 0 ? 'success700' : 'danger700'}
            >
              {t('audit.state.findings', { count: verified.findings })}
            </Typography>
          ) : (
            t('audit.state.never')
          )}
        </Figure>
        <Figure
          name={t('audit.state.tree')}
          note={prunedBelow > 0 && t('audit.state.pruned', { count: prunedBelow })}
        >
          {number(treeSize)}
        </Figure>
        <Figure
          name={t('audit.state.checkpoint')}
          note={
            checkpoint && (
              <code title={checkpoint.rootHash} style={{ fontFamily: 'monospace' }}>
                {checkpoint.rootHash.slice(0, SHORT)}…
              </code>
            )
          }
        >
          {checkpoint ? <DateTime value={checkpoint.at} /> : t('audit.state.none')}
        </Figure>
        <Figure
          name={t('audit.state.pending')}
          note={
            state.oldestPendingAt && (
              <>
                {t('audit.state.since')} <DateTime value={state.oldestPendingAt} />
              </>
            )
          }
        >
          {number(pending)}
        </Figure>
        {witnesses.map(({ target, deliveredSize, deliveredAt, failure }) => (
          <Figure
            key={target}
            name={t(`audit.witness.${target}`)}
            note={failure ? t('audit.witness.failed') : <DateTime value={deliveredAt} />}
          >
            {t('audit.witness.size', { size: number(deliveredSize) })}
          </Figure>
        ))}
      </Flex>
      {halted && (
        <Notice tone="danger" title={t('audit.halted')}>
          {t(halted === 'smaller-than-signed' ? 'audit.haltedSmaller' : 'audit.haltedOther')}
        </Notice>
      )}
      {!halted && isLate(state) && (
        <Notice tone="warning" title={t('audit.late')}>
          {t('audit.lateText')}
        </Notice>
      )}
    </Flex>
  );
};

/** The state of the log's verification at a glance. */
export const LogStateBar = () => {
  const t = useTranslate();
  const state = useResource<LogState>(apiPath('/audit-entries/state'));
  return (
    <Box
      tag="section"
      aria-label={t('audit.state.label')}
      padding={5}
      background="neutral0"
      shadow="tableShadow"
      hasRadius
      data-no-print
    >
      <ResourceView resource={state}>{(data) => <StateOf state={data} />}</ResourceView>
    </Box>
  );
};
