import { Button, Flex } from '@strapi/design-system';
import { Check } from '@strapi/icons';

import { apiPath } from '../../api/paths';
import type { NotificationView } from '../../api/types';
import { CardList } from '../../components/CardList';
import { Notice } from '../../components/Notice';
import { PageFrame } from '../../components/PageFrame';
import { TabbedPage } from '../../components/TabbedPage';
import { usePages } from '../../hooks/usePages';
import { useSubmission } from '../../hooks/useSubmission';
import { useTranslate } from '../../hooks/useTranslate';
import { NotificationCard } from './NotificationCard';

interface NotificationListProps {
  show: 'unread' | 'all';
}

const NotificationList = ({ show }: NotificationListProps) => {
  const t = useTranslate();
  const { post, error, busy } = useSubmission();
  const pages = usePages<NotificationView>(
    apiPath('/notifications', { unread: show === 'unread' ? 'true' : null })
  );
  // Up to the newest that is shown: what has come since was not seen.
  const newest = pages.data?.[0];
  const anyUnread = pages.data?.some(({ readAt }) => readAt === null) ?? false;

  const read = async (path: string, body?: object): Promise<void> => {
    if (await post(path, body)) pages.reload();
  };

  return (
    <Flex direction="column" alignItems="stretch" gap={4}>
      {error && <Notice tone="danger">{error}</Notice>}
      {newest && anyUnread && (
        <Flex justifyContent="flex-end">
          <Button
            variant="secondary"
            startIcon={<Check />}
            loading={busy}
            onClick={() => void read('/notifications/read', { upTo: newest.id })}
          >
            {t('notifications.readAll')}
          </Button>
        </Flex>
      )}
      <CardList
        label={t(`notifications.${show}`)}
        pages={pages}
        empty={t(`notifications.${show}Empty`)}
        idOf={({ id }) => id}
      >
        {(notification) => (
          <NotificationCard
            notification={notification}
            onRead={() => void read(`/notifications/${notification.id}/read`)}
          />
        )}
      </CardList>
    </Flex>
  );
};

/** What the user is told of requests: their own, and those that wait for them. */
export const NotificationsPage = () => {
  const t = useTranslate();
  return (
    <PageFrame title={t('notifications.title')} subtitle={t('notifications.subtitle')}>
      <TabbedPage
        label={t('notifications.title')}
        tabs={[
          {
            id: 'unread',
            label: t('notifications.unread'),
            content: <NotificationList show="unread" />,
          },
          { id: 'all', label: t('notifications.all'), content: <NotificationList show="all" /> },
        ]}
      />
    </PageFrame>
  );
};
