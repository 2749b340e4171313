import * as React from 'react';

import { Badge, Box, Button, Flex, Typography } from '@strapi/design-system';
import { ChevronDown, ChevronUp } from '@strapi/icons';

import type { HoldView } from '../../api/types';
import { Card } from '../../components/Card';
import { DateTime } from '../../components/DateTime';
import { Facts, type Fact } from '../../components/Facts';
import { FilterInWords } from '../../components/Holds/FilterInWords';
import { ReasonDialog } from '../../components/ReasonDialog';
import { RecordLink } from '../../components/RequestDetails';
import { useFormat } from '../../hooks/useFormat';
import { usePermission } from '../../hooks/usePermission';
import { useNotify, useSubmission } from '../../hooks/useSubmission';
import { useTranslate, useTypeLabel } from '../../hooks/useTranslate';
import { PLUGIN_ID } from '../../pluginId';
import { nameOf } from '../../utils/names';
import { HeldCustomers } from './HeldCustomers';

interface HoldCardProps {
  hold: HoldView;
  /** Names of departments by documentId, for filters. */
  names: ReadonlyMap<string, string>;
  onChanged: () => void;
}

const CUSTOMER = `plugin::${PLUGIN_ID}.customer`;

/** What a hold covers: the customer, the record, or the conditions of its filter. */
const Subject = ({ hold, names }: Pick<HoldCardProps, 'hold' | 'names'>) => {
  const t = useTranslate();
  const typeLabel = useTypeLabel();
  if (hold.filter) return <FilterInWords filter={hold.filter} names={names} />;
  return (
    <Flex gap={2} wrap="wrap">
      {hold.record && (
        <RecordLink
          type={hold.record.type}
          record={{ documentId: hold.record.documentId, label: typeLabel(hold.record.type) }}
        />
      )}
      {hold.record && hold.customer && <span>{t('hold.of')}</span>}
      {hold.customer && <RecordLink type={CUSTOMER} record={hold.customer} />}
    </Flex>
  );
};

/** One hold: what it covers, why, until when it is to be looked at again; and its release. */
export const HoldCard = ({ hold, names, onChanged }: HoldCardProps) => {
  const t = useTranslate();
  const { number } = useFormat();
  const notify = useNotify();
  const submission = useSubmission();
  const mayManage = usePermission('holds.manage');
  const listId = React.useId();
  const [open, setOpen] = React.useState(false);
  const [releasing, setReleasing] = React.useState(false);
  const active = hold.state === 'active';
  const count = { count: hold.customers, shown: number(hold.customers) };

  const close = (): void => {
    submission.clear();
    setReleasing(false);
  };

  const release = async (reason: string): Promise<void> => {
    const path = `/legal-holds/${encodeURIComponent(hold.documentId)}/release`;
    if (!(await submission.post(path, { reason }))) return;
    notify('success', t('hold.releasedNow', count));
    close();
    onChanged();
  };

  const facts: Fact[] = [
    { name: t('hold.subject'), value: <Subject hold={hold} names={names} /> },
    { name: t('hold.issuer'), value: nameOf(hold.issuer) },
    {
      name: t('hold.reviewOn'),
      value: hold.reviewOn && <DateTime value={hold.reviewOn} dayOnly />,
    },
  ];
  if (!active) {
    facts.push(
      { name: t('hold.releasedAt'), value: <DateTime value={hold.releasedAt} /> },
      { name: t('hold.releasedBy'), value: nameOf(hold.releasedBy) },
      { name: t('hold.releaseReason'), value: hold.releaseReason }
    );
  }

  return (
    <Card
      title={hold.reason}
      badges={
        <>
          <Badge variant="secondary">{t(`hold.scope.${hold.scope}`)}</Badge>
          <Badge variant={active ? 'warning' : 'neutral'}>{t(`hold.state.${hold.state}`)}</Badge>
          {hold.reviewDue && <Badge variant="danger">{t('hold.reviewDue')}</Badge>}
        </>
      }
      aside={<DateTime value={hold.issuedAt} />}
      actions={
        active &&
        mayManage && (
          <Button
            variant="danger-light"
            aria-label={t('hold.releaseOf', { reason: hold.reason })}
            onClick={() => setReleasing(true)}
          >
            {t('hold.release')}
          </Button>
        )
      }
    >
      <Facts facts={facts} />
      <Box>
        <Button
          size="S"
          variant="ghost"
          aria-expanded={open}
          aria-controls={listId}
          endIcon={open ? <ChevronUp /> : <ChevronDown />}
          onClick={() => setOpen(!open)}
        >
          {t(active ? 'hold.coversCount' : 'hold.coveredCount', count)}
        </Button>
        <Box id={listId} paddingTop={2} paddingLeft={4} hidden={!open}>
          {open && <HeldCustomers documentId={hold.documentId} />}
        </Box>
      </Box>
      {releasing && (
        <ReasonDialog
          title={t('hold.release')}
          intro={<Typography>{t('hold.releaseIntro', count)}</Typography>}
          label={t('hold.releaseReason')}
          required
          maxLength={500}
          confirmLabel={t('hold.release')}
          tone="danger"
          submission={submission}
          onConfirm={release}
          onClose={close}
        />
      )}
    </Card>
  );
};
