import * as React from 'react';

import { Flex, SingleSelect, SingleSelectOption, Typography } from '@strapi/design-system';

import { apiPath } from '../../api/paths';
import type { VerificationItem } from '../../api/verification';
import { CardList } from '../../components/CardList';
import { usePages } from '../../hooks/usePages';
import { useTranslate } from '../../hooks/useTranslate';
import { VerificationCard } from './VerificationCard';

const SCOPES = ['mine', 'all'] as const;

/** The customers whose facts wait to be verified, those that wait longest on file first. */
export const TaskList = () => {
  const t = useTranslate();
  const [scope, setScope] = React.useState<(typeof SCOPES)[number]>('mine');
  const pages = usePages<VerificationItem>(apiPath('/verification/tasks', { scope }));
  return (
    <Flex direction="column" alignItems="stretch" gap={4}>
      <Flex justifyContent="space-between" alignItems="flex-end" gap={4} wrap="wrap">
        <Typography textColor="neutral600">{t('verification.tasksIntro')}</Typography>
        <SingleSelect
          aria-label={t('verification.whose')}
          value={scope}
          onChange={(value) => setScope(value === 'all' ? 'all' : 'mine')}
        >
          {SCOPES.map((value) => (
            <SingleSelectOption key={value} value={value}>
              {t(`verification.scope.${value}`)}
            </SingleSelectOption>
          ))}
        </SingleSelect>
      </Flex>
      <CardList
        label={t('verification.tasks')}
        pages={pages}
        empty={t('verification.tasksEmpty')}
        idOf={({ documentId }) => documentId}
      >
        {(item) => <VerificationCard item={item} methods={item.methods} onDone={pages.reload} />}
      </CardList>
    </Flex>
  );
};
