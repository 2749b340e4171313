import { Flex, Link as TextLink, Modal, Typography } from '@strapi/design-system';
import { Link } from 'react-router-dom';

import type { ConsentEntry } from '../../api/consents';
import { apiPath } from '../../api/paths';
import { usePermission } from '../../hooks/usePermission';
import { useResource } from '../../hooks/useResource';
import { useReturnFocus } from '../../hooks/useReturnFocus';
import { useActorName, useTerm, useTranslate } from '../../hooks/useTranslate';
import { entryLink } from '../../pages/Audit/links';
import { DateTime } from '../DateTime';
import { Facts } from '../Facts';
import { ResourceView } from '../ResourceView';

interface ConsentHistoryProps {
  consent: string;
  customer: string;
  onClose: () => void;
}

/** What became of a consent, as the log has it, with the way to where each entry is proved. */
export const ConsentHistory = ({ consent, customer, onClose }: ConsentHistoryProps) => {
  const t = useTranslate();
  const returnFocus = useReturnFocus();
  const entries = useResource<{ items: ConsentEntry[] }>(
    apiPath(`/consents/${encodeURIComponent(consent)}/history`)
  );
  return (
    <Modal.Root open onOpenChange={(open) => !open && onClose()}>
      <Modal.Content onCloseAutoFocus={returnFocus}>
        <Modal.Header closeLabel={t('common.close')}>
          <Modal.Title>{t('consent.historyTitle')}</Modal.Title>
        </Modal.Header>
        <Modal.Body>
          <ResourceView
            resource={entries}
            empty={{ when: ({ items }) => items.length === 0, text: t('consent.historyNone') }}
          >
            {({ items }) => (
              <Flex tag="ol" direction="column" alignItems="stretch" gap={5}>
                {items.map((entry) => (
                  <Entry key={entry.entry} entry={entry} customer={customer} />
                ))}
              </Flex>
            )}
          </ResourceView>
        </Modal.Body>
      </Modal.Content>
    </Modal.Root>
  );
};

const Entry = ({ entry, customer }: { entry: ConsentEntry; customer: string }) => {
  const t = useTranslate();
  const term = useTerm();
  const actorName = useActorName();
  const mayAudit = usePermission('audit.read');
  return (
    <Flex tag="li" direction="column" alignItems="stretch" gap={2}>
      <Typography fontWeight="semiBold">
        {term('action', entry.action)} · <DateTime value={entry.at} />
      </Typography>
      <Facts
        facts={[
          { name: t('consent.by'), value: actorName(entry.by) },
          ...(entry.notice
            ? [{ name: t('consent.notice'), value: `${entry.notice} ${entry.version ?? ''}` }]
            : []),
          ...(entry.hash
            ? [
                {
                  name: t('notice.hash'),
                  value: <span style={{ fontFamily: 'monospace' }}>{entry.hash}</span>,
                },
              ]
            : []),
        ]}
      />
      {mayAudit && (
        <TextLink tag={Link} to={entryLink(customer, entry.action)}>
          {t('consent.proof')}
        </TextLink>
      )}
    </Flex>
  );
};
