import * as React from 'react';

import { Button, Flex } from '@strapi/design-system';
import { Plus } from '@strapi/icons';

import type { NoticeView } from '../../api/consents';
import { apiPath } from '../../api/paths';
import { NOTICE_STATES, type NoticeState } from '../../api/vocabulary';
import { CardList } from '../../components/CardList';
import { StateFilter } from '../../components/StateFilter';
import { usePages } from '../../hooks/usePages';
import { usePermission } from '../../hooks/usePermission';
import { useTranslate } from '../../hooks/useTranslate';
import { NoticeCard } from './NoticeCard';
import { NoticeDialog } from './NoticeDialog';

/** The notices in all their versions, the newest first. */
export const NoticeList = () => {
  const t = useTranslate();
  const mayPublish = usePermission('notices.publish');
  const [state, setState] = React.useState<NoticeState | ''>('');
  const [writing, setWriting] = React.useState(false);
  const pages = usePages<NoticeView>(apiPath('/notices', { state }));
  return (
    <Flex direction="column" alignItems="stretch" gap={4}>
      <Flex justifyContent="space-between" alignItems="flex-end" gap={4} wrap="wrap">
        <StateFilter states={NOTICE_STATES} value={state} onChange={setState} />
        {mayPublish && (
          <Button startIcon={<Plus />} onClick={() => setWriting(true)}>
            {t('notice.new')}
          </Button>
        )}
      </Flex>
      <CardList
        label={t('collection.notices')}
        pages={pages}
        empty={t('notice.none')}
        idOf={({ documentId }) => documentId}
      >
        {(notice) => <NoticeCard notice={notice} onChanged={pages.reload} />}
      </CardList>
      {writing && (
        <NoticeDialog
          notice={null}
          onDone={() => {
            setWriting(false);
            pages.reload();
          }}
          onClose={() => setWriting(false)}
        />
      )}
    </Flex>
  );
};
