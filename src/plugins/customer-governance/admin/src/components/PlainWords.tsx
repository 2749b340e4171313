import * as React from 'react';

import { Badge, Flex, Typography } from '@strapi/design-system';
import { useIntl } from 'react-intl';

import type { AccessRequestView, DestructionOrderView, Marks, Person } from '../api/types';
import { useAttributeLabel, useLocalText, useTerm, useTranslate } from '../hooks/useTranslate';
import { PLUGIN_ID } from '../pluginId';
import { messageId } from '../utils/messages';
import { departmentName } from '../utils/names';
import { asEnd, countedAs } from '../utils/plainWords';
import { LevelBadge } from './Badges';

const CUSTOMER_TYPE = `plugin::${PLUGIN_ID}.customer`;

const Sentence = ({ children }: { children: React.ReactNode }) => (
  <Typography tag="div" variant="epsilon" style={{ overflowWrap: 'anywhere' }}>
    {children}
  </Typography>
);

/** “Li Na (Sales East)”. */
const Who = ({ person }: { person: Person | null }) => {
  const t = useTranslate();
  const department = departmentName(person?.department);
  const name = person?.name ?? '—';
  return <strong>{department ? t('plain.person', { name, department }) : name}</strong>;
};

/** The names of the attributes in a row; the sensitive ones are marked as such. */
const AttributeNames = ({ request }: { request: AccessRequestView }) => {
  const t = useTranslate();
  const label = useAttributeLabel();
  return request.attributes.map((name, at) => (
    <React.Fragment key={name}>
      {at > 0 && t('plain.separator')}
      <strong>{label(request.recordType, name)}</strong>
      {request.levels?.[name] === 'sensitive' && (
        <>
          {' '}
          <LevelBadge level="sensitive" />
        </>
      )}
    </React.Fragment>
  ));
};

interface RequestInWordsProps {
  request: AccessRequestView;
  /** Said to the requester. */
  mine?: boolean;
}

/** What a request asks for, as one would say it: who wants to see what of whom, for how long, what for and why. */
export const RequestInWords = ({ request, mine }: RequestInWordsProps) => {
  const { formatMessage } = useIntl();
  const t = useTranslate();
  const local = useLocalText();
  const count = request.recordCount ?? request.records.length;
  const values = {
    days: request.termDays,
    count: request.attributes.length,
    attributes: <AttributeNames request={request} />,
    records: <strong>{t(`plain.count.${countedAs(request.recordType)}`, { count })}</strong>,
    purpose: <strong>{local(request.purpose?.name)}</strong>,
    reason: asEnd(request.reason, t('plain.fullStop')),
  };
  return (
    <Sentence>
      {mine
        ? formatMessage({ id: messageId('plain.ownRequest') }, values)
        : formatMessage(
            { id: messageId('plain.request') },
            { ...values, who: <Who person={request.requester} /> }
          )}
    </Sentence>
  );
};

/** What a destruction order asks for, in one sentence. */
export const OrderInWords = ({ order }: { order: DestructionOrderView }) => {
  const { formatMessage } = useIntl();
  const t = useTranslate();
  const term = useTerm();
  const label = useAttributeLabel();
  const { attributes } = order;
  const names = attributes?.map((path, at) => (
    <React.Fragment key={path}>
      {at > 0 && t('plain.separator')}
      <strong>{label(CUSTOMER_TYPE, path)}</strong>
    </React.Fragment>
  ));
  return (
    <Sentence>
      {formatMessage(
        { id: messageId(attributes ? 'plain.orderAttributes' : 'plain.order') },
        {
          attributes: names,
          who: <Who person={order.proposer} />,
          records: <strong>{t('plain.count.customer', { count: order.count })}</strong>,
          method: term('method', order.method),
          reason: asEnd(order.reason, t('plain.fullStop')),
        }
      )}
    </Sentence>
  );
};

interface MarkBadgesProps {
  marks: Marks | null | undefined;
  request: AccessRequestView;
}

/** What one should look twice at. */
export const MarkBadges = ({ marks, request }: MarkBadgesProps) => {
  const t = useTranslate();
  const { recipient = 'self' } = request;
  const badges = [
    marks?.keyCustomer && <Badge variant="secondary">{t('plain.keyCustomer')}</Badge>,
    marks?.ownership === 'other' && <Badge variant="warning">{t('plain.others')}</Badge>,
    recipient !== 'self' && <Badge variant="warning">{t(`recipient.${recipient}`)}</Badge>,
    request.byFilter && <Badge>{t('plain.byFilter')}</Badge>,
    request.renewalOf && <Badge>{t('plain.renewal')}</Badge>,
    request.revealLimit && <Badge>{t('plain.atMost', { count: request.revealLimit })}</Badge>,
  ].filter(Boolean);
  if (badges.length === 0) return null;
  return (
    <Flex gap={2} wrap="wrap">
      {badges.map((badge, at) => (
        <React.Fragment key={at}>{badge}</React.Fragment>
      ))}
    </Flex>
  );
};
