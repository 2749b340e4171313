import { Flex, Typography } from '@strapi/design-system';

import type { CustomerSide } from '../../api/types';
import { useRetentionReason } from '../../hooks/useRetentionReason';
import { useTranslate } from '../../hooks/useTranslate';
import { DateTime } from '../DateTime';
import { Notice } from '../Notice';
import { None, Section } from './Section';

/** Until when the record is kept, and what holds it back from destruction. */
export const Retention = ({ side }: { side: CustomerSide }) => {
  const t = useTranslate();
  const reasonText = useRetentionReason();
  return (
    <Section title={t('panel.retention')}>
      {side.retention ? (
        <>
          <Typography>
            {t('panel.dueOn')} <DateTime value={side.retention.dueOn} dayOnly />
          </Typography>
          {side.retention.reason && (
            <Typography variant="pi" textColor="neutral600">
              {reasonText(side.retention.reason)}
            </Typography>
          )}
        </>
      ) : (
        <None>{t('panel.noDueDate')}</None>
      )}
      {side.holds.length > 0 && (
        <Notice tone="warning" title={t('panel.onHold')}>
          <Flex tag="ul" direction="column" alignItems="flex-start" gap={1}>
            {side.holds.map((hold) => (
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
    </Section>
  );
};
