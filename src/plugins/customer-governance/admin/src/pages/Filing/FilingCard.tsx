import * as React from 'react';

import { Badge, Checkbox, Link as TextLink } from '@strapi/design-system';
import { Link } from 'react-router-dom';

import type { FilingItem } from '../../api/filing';
import { StateBadge } from '../../components/Badges';
import { Card } from '../../components/Card';
import { DateTime } from '../../components/DateTime';
import { Facts } from '../../components/Facts';
import { Notice } from '../../components/Notice';
import { useTranslate } from '../../hooks/useTranslate';
import { PLUGIN_ID } from '../../pluginId';
import { recordHref } from '../../utils/recordHref';
import { titleOf } from './title';

interface FilingCardProps {
  item: FilingItem;
  /** Whether it is chosen to be handled with others; left out where it cannot be. */
  chosen?: boolean;
  onChoose: () => void;
  actions: React.ReactNode;
}

/** One customer on its way into the files. */
export const FilingCard = ({ item, chosen, onChoose, actions }: FilingCardProps) => {
  const t = useTranslate();
  const title = titleOf(item);
  return (
    <Card
      leading={
        chosen !== undefined && (
          <Checkbox
            aria-label={t('filing.choose', { title })}
            checked={chosen}
            onCheckedChange={onChoose}
          />
        )
      }
      title={title}
      badges={
        <>
          <StateBadge state={item.state} />
          {item.keyCustomer && <Badge variant="secondary">{t('panel.keyCustomer')}</Badge>}
        </>
      }
      aside={<DateTime value={item.submittedAt ?? item.enteredAt} />}
      actions={
        <>
          <TextLink
            tag={Link}
            to={recordHref(`plugin::${PLUGIN_ID}.customer`, item.documentId)}
            aria-label={t('filing.openOf', { title })}
          >
            {t('filing.open')}
          </TextLink>
          {actions}
        </>
      }
    >
      <Facts
        facts={[
          { name: t('filing.enteredBy'), value: item.enteredBy },
          { name: t('panel.owner'), value: item.owner },
          { name: t('panel.department'), value: item.department },
          ...(item.group ? [{ name: t('filing.group'), value: item.group }] : []),
          { name: t('filing.number'), value: item.filingNumber ?? item.numberPattern },
        ]}
      />
      {item.returned && (
        <Notice tone="warning" title={t('filing.returnedBy', { name: item.returned.by ?? '—' })}>
          <span style={{ whiteSpace: 'pre-line' }}>{item.returned.reasons}</span>
        </Notice>
      )}
    </Card>
  );
};
