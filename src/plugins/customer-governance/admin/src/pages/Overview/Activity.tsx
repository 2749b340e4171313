import { Flex, Link as TextLink, Typography } from '@strapi/design-system';
import { Link } from 'react-router-dom';

import type { OverviewEntry } from '../../api/types';
import { StateBadge } from '../../components/Badges';
import { DateTime } from '../../components/DateTime';
import { usePermission } from '../../hooks/usePermission';
import { useActorName, useTerm, useTranslate } from '../../hooks/useTranslate';
import { pagePath } from '../navigation';
import { Panel } from '../../components/Panel';

/** The last entries of the audit log. */
export const Activity = ({ entries }: { entries: OverviewEntry[] }) => {
  const t = useTranslate();
  const term = useTerm();
  const actorName = useActorName();
  const canAudit = usePermission('audit.read');
  return (
    <Panel title={t('overview.activity')}>
      {entries.length === 0 ? (
        <Typography textColor="neutral600">{t('overview.noActivity')}</Typography>
      ) : (
        <Flex tag="ol" direction="column" alignItems="stretch" gap={2}>
          {entries.map(({ at, action, outcome, actor }, index) => (
            // Entries carry no id here, and the list is never reordered.
            <Flex tag="li" key={`${at}-${index}`} gap={4} justifyContent="space-between">
              <Typography>
                {term('action', action)} · {actorName(actor)}{' '}
                {outcome === 'refused' && <StateBadge state={outcome} />}
              </Typography>
              <Typography variant="pi" textColor="neutral600">
                <DateTime value={at} />
              </Typography>
            </Flex>
          ))}
        </Flex>
      )}
      {canAudit && (
        <TextLink tag={Link} to={pagePath('audit')}>
          {t('nav.audit')}
        </TextLink>
      )}
    </Panel>
  );
};
