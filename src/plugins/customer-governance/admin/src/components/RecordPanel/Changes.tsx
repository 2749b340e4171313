import * as React from 'react';

import { Button, Flex } from '@strapi/design-system';
import { ClockCounterClockwise, PaperPlane } from '@strapi/icons';

import { changesPath } from '../../api/paths';
import type { ChangeHistory, RecordStatus } from '../../api/types';
import { usePermission } from '../../hooks/usePermission';
import { useResource } from '../../hooks/useResource';
import { useTranslate } from '../../hooks/useTranslate';
import { ChangedValues } from '../Changes/ChangeDetails';
import { HistoryDialog } from '../Changes/HistoryDialog';
import { ProposeChangeDialog } from '../Changes/ProposeChangeDialog';
import { Notice } from '../Notice';
import { Section } from './Section';

interface ChangesProps {
  type: string;
  documentId: string;
  /** Asked for anew whenever the record's status is. */
  status: RecordStatus;
}

/** Changes of controlled attributes: what waits for its approval, the history, and the way to propose one. */
export const Changes = ({ type, documentId, status }: ChangesProps) => {
  const t = useTranslate();
  const canPropose = usePermission('changes.request');
  const { data, reload } = useResource<ChangeHistory>(changesPath(type, documentId));
  const [dialog, setDialog] = React.useState<'propose' | 'history' | null>(null);

  const known = React.useRef(status);
  React.useEffect(() => {
    if (known.current === status) return;
    known.current = status;
    reload();
  }, [reload, status]);

  if (!data || data.controlled.length === 0) return null;
  const pending = data.items.filter(({ state }) => state === 'pending');
  const proposable = data.controlled.some(({ value }) => value !== null && value !== '');
  const close = (): void => setDialog(null);
  return (
    <Section title={t('change.section')}>
      {pending.map((change) => (
        <Notice
          key={change.documentId}
          tone={change.late ? 'warning' : 'neutral'}
          title={t(change.late ? 'change.waitsLate' : 'change.waits')}
        >
          <ChangedValues change={change} />
        </Notice>
      ))}
      <Flex gap={2} wrap="wrap">
        {canPropose && proposable && (
          <Button
            size="S"
            variant="secondary"
            startIcon={<PaperPlane />}
            onClick={() => setDialog('propose')}
          >
            {t('change.propose')}
          </Button>
        )}
        <Button
          size="S"
          variant="tertiary"
          startIcon={<ClockCounterClockwise />}
          onClick={() => setDialog('history')}
        >
          {t('change.history')}
        </Button>
      </Flex>
      {dialog === 'propose' && (
        <ProposeChangeDialog type={type} documentId={documentId} onClose={close} />
      )}
      {dialog === 'history' && (
        <HistoryDialog type={type} documentId={documentId} onClose={close} />
      )}
    </Section>
  );
};
