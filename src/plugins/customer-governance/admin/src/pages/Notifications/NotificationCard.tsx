import { Badge, Button, Link as TextLink, Typography } from '@strapi/design-system';
import { Check } from '@strapi/icons';
import { Link } from 'react-router-dom';

import type { NotificationView } from '../../api/types';
import { Card } from '../../components/Card';
import { DateTime } from '../../components/DateTime';
import { useTranslate } from '../../hooks/useTranslate';
import { personLine } from '../../utils/names';
import { auditPath, findingPath } from '../Audits/paths';
import { pagePath } from '../navigation';
import { pageOf, tabOf } from './pageOf';

interface NotificationCardProps {
  notification: NotificationView;
  onRead: () => void;
}

const addressOf = (notification: NotificationView): string => {
  const { kind, requestId } = notification;
  if (kind === 'internal-audit') return auditPath(requestId);
  if (kind === 'audit-finding') return findingPath(requestId);
  const page = pageOf(notification);
  const tab = tabOf(notification);
  return tab === null ? pagePath(page) : `${pagePath(page)}?tab=${tab}`;
};

/** One notification: of what, what became of it, and the way there. */
export const NotificationCard = ({ notification, onRead }: NotificationCardProps) => {
  const t = useTranslate();
  const { event, kind, requester, at, readAt } = notification;
  const title =
    kind === 'internal-audit' ||
    kind === 'audit-finding' ||
    kind === 'anomaly' ||
    kind === 'hold' ||
    kind === 'notice' ||
    kind === 'due' ||
    kind === 'key-epoch' ||
    kind === 'filing' ||
    kind === 'verification' ||
    kind === 'backup'
      ? t(`notifications.of.${kind}`)
      : t(`approvals.from.${kind}`, { name: personLine(requester) });
  const page = pageOf(notification);
  return (
    <Card
      title={title}
      badges={readAt === null && <Badge variant="primary">{t('notifications.new')}</Badge>}
      aside={<DateTime value={at} />}
      actions={
        readAt === null && (
          <Button
            variant="tertiary"
            startIcon={<Check />}
            aria-label={t('notifications.readOf', { title })}
            onClick={onRead}
          >
            {t('notifications.read')}
          </Button>
        )
      }
    >
      <Typography>
        {t(`notifications.event.${event}`)}{' '}
        <TextLink
          tag={Link}
          to={addressOf(notification)}
          onClick={() => readAt === null && onRead()}
        >
          {t(`nav.${page}`)}
        </TextLink>
      </Typography>
    </Card>
  );
};
