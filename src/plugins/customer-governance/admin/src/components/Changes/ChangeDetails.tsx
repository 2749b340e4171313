import { Flex, Typography } from '@strapi/design-system';
import { ArrowRight } from '@strapi/icons';

import type { ChangeView, Shown } from '../../api/types';
import { useAttributeLabel, useTranslate } from '../../hooks/useTranslate';
import { LevelBadge } from '../Badges';
import { DateTime } from '../DateTime';
import { Facts } from '../Facts';
import { Notice } from '../Notice';
import { RecordLink } from '../RequestDetails';

const text = (value: Shown): string => (value === null ? '—' : String(value));

/** What an attribute is and what it is to become, side by side; masks where it is protected. */
export const ChangedValues = ({ change }: { change: ChangeView }) => {
  const t = useTranslate();
  const label = useAttributeLabel();
  return (
    <Flex
      tag="ul"
      direction="column"
      alignItems="stretch"
      gap={2}
      aria-label={t('change.values')}
      width="100%"
    >
      {change.changes.map(({ attribute, before, after, level }) => (
        <Flex tag="li" key={attribute} gap={2} wrap="wrap">
          <Typography fontWeight="semiBold">{label(change.recordType, attribute)}</Typography>
          {level && <LevelBadge level={level} />}
          <Typography>{text(before)}</Typography>
          <ArrowRight aria-label={t('change.becomes')} width="12px" height="12px" />
          <Typography fontWeight="semiBold">{text(after)}</Typography>
        </Flex>
      ))}
    </Flex>
  );
};

/** What a change request asks for: whose record, which values, why. */
export const ChangeDetails = ({ change }: { change: ChangeView }) => {
  const t = useTranslate();
  return (
    <>
      {change.alert && <Notice tone="warning">{t('change.alert', { ...change.alert })}</Notice>}
      <Facts
        facts={[
          {
            name: t('change.record'),
            value: <RecordLink type={change.recordType} record={change.record} />,
          },
          { name: t('change.values'), value: <ChangedValues change={change} /> },
          { name: t('request.reason'), value: change.reason },
          { name: t('request.submittedAt'), value: <DateTime value={change.submittedAt} /> },
        ]}
      />
    </>
  );
};
