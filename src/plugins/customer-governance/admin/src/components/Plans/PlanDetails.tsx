import { Box, Flex, Typography } from '@strapi/design-system';

import type { PlanView } from '../../api/collection';
import { useFormat } from '../../hooks/useFormat';
import { useAttributeLabel, useLocalText, useTranslate } from '../../hooks/useTranslate';
import { PLUGIN_ID } from '../../pluginId';
import { LevelBadge } from '../Badges';
import { NoticeWords } from '../Consents/NoticeWords';
import { DateTime } from '../DateTime';
import { Facts } from '../Facts';

/** The type of an attribute's path: `customer.mobile`, or with a uid of the project's. */
const typeOf = (path: string): string => {
  const type = path.slice(0, path.lastIndexOf('.'));
  return type.includes('::') ? type : `plugin::${PLUGIN_ID}.${type}`;
};

/** What a plan collects, by name, the sensitive ones marked. */
const PlanAttributes = ({ attributes }: Pick<PlanView, 'attributes'>) => {
  const label = useAttributeLabel();
  return (
    <Flex tag="ul" gap={2} wrap="wrap">
      {attributes.map(({ path, level }) => (
        <Flex tag="li" key={path} gap={1}>
          <Typography>{label(typeOf(path), path)}</Typography>
          {level === 'sensitive' && <LevelBadge level={level} />}
        </Flex>
      ))}
    </Flex>
  );
};

/** What whoever decides on a plan must know: what for, what, how, until when, and what data subjects are told. */
export const PlanDetails = ({ plan }: { plan: PlanView }) => {
  const t = useTranslate();
  const local = useLocalText();
  const { list, date } = useFormat();
  return (
    <Flex direction="column" alignItems="stretch" gap={4}>
      <Facts
        facts={[
          { name: t('plan.code'), value: plan.code },
          { name: t('plan.goal'), value: plan.goal },
          { name: t('plan.purposes'), value: list(plan.purposes.map(({ name }) => local(name))) },
          { name: t('plan.attributes'), value: <PlanAttributes attributes={plan.attributes} /> },
          {
            name: t('plan.method'),
            value: plan.method && t(`plan.method.${plan.method}`),
          },
          { name: t('plan.channels'), value: list(plan.channels) },
          ...(plan.schedule ? [{ name: t('plan.schedule'), value: plan.schedule }] : []),
          { name: t('plan.term'), value: `${date(plan.startsOn)} – ${date(plan.endsOn)}` },
          { name: t('plan.responsible'), value: plan.responsible },
          ...(plan.proposer ? [{ name: t('plan.proposer'), value: plan.proposer }] : []),
          ...(plan.activatedAt
            ? [{ name: t('plan.activatedAt'), value: <DateTime value={plan.activatedAt} /> }]
            : []),
        ]}
      />
      {plan.notice?.documentId && (
        <Flex direction="column" alignItems="stretch" gap={2}>
          <Typography fontWeight="semiBold">
            {t('plan.notice', { version: `${plan.notice.code} ${plan.notice.version}` })}
          </Typography>
          <NoticeWords texts={plan.notice.texts} />
        </Flex>
      )}
      {!plan.notice?.documentId && plan.noticeText && (
        <Box tag="details">
          <Typography tag="summary" fontWeight="semiBold" style={{ cursor: 'pointer' }}>
            {t('plan.notice', { version: plan.noticeVersion ?? '—' })}
          </Typography>
          <Box paddingTop={2}>
            <Typography style={{ whiteSpace: 'pre-wrap' }}>{plan.noticeText}</Typography>
          </Box>
        </Box>
      )}
    </Flex>
  );
};
