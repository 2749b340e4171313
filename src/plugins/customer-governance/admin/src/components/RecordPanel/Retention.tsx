import * as React from 'react';

import { Badge, Box, Flex, Typography } from '@strapi/design-system';

import { apiPath } from '../../api/paths';
import type { RetentionExplanation } from '../../api/retention';
import type { CustomerSide, RecordStatus } from '../../api/types';
import { useBoundWords } from '../../hooks/useBoundWords';
import { useFormat } from '../../hooks/useFormat';
import { useResource } from '../../hooks/useResource';
import { useAttributeLabel, useTranslate } from '../../hooks/useTranslate';
import { PLUGIN_ID } from '../../pluginId';
import { DateTime } from '../DateTime';
import { FailureNotice, Waiting } from '../ResourceView';
import { spanOf } from './bounds';
import { BoundsKey, WeighedBounds } from './WeighedBounds';
import { None, Section } from './Section';

interface RetentionProps {
  documentId: string;
  side: CustomerSide;
  /** Asked for anew whenever the record's status is. */
  status: RecordStatus;
}

const CUSTOMER = `plugin::${PLUGIN_ID}.customer`;

/** Single attributes that go before the customer does. */
const AttributeDues = ({ attributes }: Pick<RetentionExplanation, 'attributes'>) => {
  const t = useTranslate();
  const label = useAttributeLabel();
  const words = useBoundWords();
  const dated = attributes.filter(({ dueOn }) => dueOn !== null);
  if (dated.length === 0) return null;
  return (
    <Box>
      <Typography tag="h4" variant="pi" fontWeight="semiBold">
        {t('panel.attributesFirst')}
      </Typography>
      <Flex tag="ul" direction="column" alignItems="stretch" gap={1} paddingTop={1}>
        {dated.map(({ attribute, dueOn, decision }) => (
          <Flex tag="li" key={attribute} justifyContent="space-between" gap={2} wrap="wrap">
            <Typography variant="pi">
              {label(CUSTOMER, attribute)}
              {decision && (
                <Typography variant="pi" textColor="neutral600">
                  {' '}
                  · {words(decision)}
                </Typography>
              )}
            </Typography>
            <Typography variant="pi" fontWeight="semiBold">
              <DateTime value={dueOn} dayOnly />
            </Typography>
          </Flex>
        ))}
      </Flex>
    </Box>
  );
};

const Explained = ({ explanation }: { explanation: RetentionExplanation }) => {
  const t = useTranslate();
  const { date } = useFormat();
  const today = new Date().toISOString().slice(0, 10);
  const span = spanOf(explanation.weighed, today);
  return (
    <Flex direction="column" alignItems="stretch" gap={3}>
      {explanation.minimumEndsOn && explanation.minimumEndsOn > today && (
        <Typography variant="pi">
          {t('panel.minimum', { day: date(explanation.minimumEndsOn) })}
        </Typography>
      )}
      {explanation.weighed.length > 0 && (
        <Box>
          <Typography tag="h4" variant="pi" fontWeight="semiBold">
            {t('panel.weighed')}
          </Typography>
          <WeighedBounds weighed={explanation.weighed} span={span} today={today} />
          <BoundsKey span={span} />
        </Box>
      )}
      <AttributeDues attributes={explanation.attributes} />
    </Flex>
  );
};

/** Until when the customer is kept, and how that day came about: every rule that was weighed, in words and as a picture. */
export const Retention = ({ documentId, side, status }: RetentionProps) => {
  const t = useTranslate();
  const path = apiPath(`/retention/explain/${encodeURIComponent(documentId)}`);
  const { data, failure, reload } = useResource<RetentionExplanation>(path);

  const known = React.useRef(status);
  React.useEffect(() => {
    if (known.current === status) return;
    known.current = status;
    reload();
  }, [reload, status]);

  const dueOn = data ? data.dueOn : (side.retention?.dueOn ?? null);
  return (
    <Section title={t('panel.retention')}>
      {dueOn ? (
        <Flex gap={2} wrap="wrap">
          <Typography>
            {t('panel.dueOn')} <DateTime value={dueOn} dayOnly />
          </Typography>
          {dueOn <= new Date().toISOString().slice(0, 10) && (
            <Badge variant="danger">{t('panel.overdue')}</Badge>
          )}
        </Flex>
      ) : (
        <None>{t(data?.decision ? 'panel.waits' : 'panel.noDueDate')}</None>
      )}
      {data && <Explained explanation={data} />}
      {!data && !failure && <Waiting small />}
      {failure && <FailureNotice failure={failure} retry={reload} />}
    </Section>
  );
};
