import { Button, Flex, Modal, Typography } from '@strapi/design-system';

import { changesPath } from '../../api/paths';
import type { ChangeView } from '../../api/types';
import { useFormat } from '../../hooks/useFormat';
import { usePages } from '../../hooks/usePages';
import { useReturnFocus } from '../../hooks/useReturnFocus';
import { useTranslate } from '../../hooks/useTranslate';
import { personLine } from '../../utils/names';
import { StateBadge } from '../Badges';
import { CardList } from '../CardList';
import { Facts } from '../Facts';
import { ChangedValues } from './ChangeDetails';

const Entry = ({ change }: { change: ChangeView }) => {
  const t = useTranslate();
  const { dateTime, list } = useFormat();
  const deciders = change.steps.flatMap(({ decidedBy }) => (decidedBy ? [decidedBy.name] : []));
  return (
    <Flex direction="column" alignItems="stretch" gap={2} paddingBottom={4}>
      <Flex gap={2} wrap="wrap">
        <Typography fontWeight="semiBold">
          {dateTime(change.decidedAt ?? change.submittedAt)}
        </Typography>
        <StateBadge state={change.state} />
        {change.late && <StateBadge state="overdue" />}
        {change.alert && <StateBadge state="repeated" />}
      </Flex>
      <ChangedValues change={change} />
      <Facts
        facts={[
          { name: t('change.proposedBy'), value: personLine(change.requester) },
          { name: t('change.decidedBy'), value: list(deciders) },
          { name: t('request.reason'), value: change.reason },
        ]}
      />
    </Flex>
  );
};

interface HistoryDialogProps {
  type: string;
  documentId: string;
  onClose: () => void;
}

/** All changes of the controlled attributes of a record: what, when, why, by whom. */
export const HistoryDialog = ({ type, documentId, onClose }: HistoryDialogProps) => {
  const t = useTranslate();
  const returnFocus = useReturnFocus();
  const pages = usePages<ChangeView>(changesPath(type, documentId));
  return (
    <Modal.Root open onOpenChange={(open) => !open && onClose()}>
      <Modal.Content onCloseAutoFocus={returnFocus}>
        <Modal.Header closeLabel={t('common.close')}>
          <Modal.Title>{t('change.history')}</Modal.Title>
        </Modal.Header>
        <Modal.Body>
          <CardList
            label={t('change.history')}
            pages={pages}
            empty={t('change.historyEmpty')}
            idOf={(change) => change.documentId}
          >
            {(change) => <Entry change={change} />}
          </CardList>
        </Modal.Body>
        <Modal.Footer>
          <Button variant="tertiary" onClick={onClose}>
            {t('common.close')}
          </Button>
        </Modal.Footer>
      </Modal.Content>
    </Modal.Root>
  );
};
