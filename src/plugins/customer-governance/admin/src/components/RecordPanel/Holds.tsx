import * as React from 'react';

import { Button, Flex } from '@strapi/design-system';
import { Lock } from '@strapi/icons';

import type { HoldRef } from '../../api/types';
import { usePermission } from '../../hooks/usePermission';
import { useTranslate } from '../../hooks/useTranslate';
import { PLUGIN_ID } from '../../pluginId';
import { DateTime } from '../DateTime';
import { IssueHoldDialog, type HoldSubject } from '../Holds/IssueHoldDialog';
import { Notice } from '../Notice';
import { None, Section } from './Section';

interface HoldsProps {
  type: string;
  documentId: string;
  /** `null` where the type cannot be held. */
  holds: HoldRef[] | null;
  onChanged: () => void;
}

const CUSTOMER = `plugin::${PLUGIN_ID}.customer`;

/** What holds the record back from every deletion, and the way to hold it. */
export const Holds = ({ type, documentId, holds, onChanged }: HoldsProps) => {
  const t = useTranslate();
  const mayManage = usePermission('holds.manage');
  const [issuing, setIssuing] = React.useState(false);
  if (!holds || (holds.length === 0 && !mayManage)) return null;

  const subject: HoldSubject =
    type === CUSTOMER ? { scope: 'customer', documentId } : { scope: 'record', type, documentId };
  return (
    <Section title={t('hold.holds')}>
      {holds.length === 0 && <None>{t('panel.noHold')}</None>}
      {holds.length > 0 && (
        <Notice tone="warning" title={t('panel.onHold')}>
          <Flex tag="ul" direction="column" alignItems="flex-start" gap={1}>
            {holds.map((hold) => (
              <li key={hold.documentId}>
                {hold.reason}
                {hold.reviewOn && (
                  <>
                    {' · '}
                    {t('panel.reviewOn')} <DateTime value={hold.reviewOn} dayOnly />
                  </>
                )}
              </li>
            ))}
          </Flex>
        </Notice>
      )}
      {mayManage && (
        <Flex>
          <Button size="S" variant="tertiary" startIcon={<Lock />} onClick={() => setIssuing(true)}>
            {t('hold.issue')}
          </Button>
        </Flex>
      )}
      {issuing && (
        <IssueHoldDialog
          subject={subject}
          onDone={() => {
            setIssuing(false);
            onChanged();
          }}
          onClose={() => setIssuing(false)}
        />
      )}
    </Section>
  );
};
