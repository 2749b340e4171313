import * as React from 'react';

import { Checkbox, Flex } from '@strapi/design-system';

import { apiPath } from '../../api/paths';
import type { VisitView } from '../../api/register';
import { CardList } from '../../components/CardList';
import { usePages } from '../../hooks/usePages';
import { useTranslate } from '../../hooks/useTranslate';
import { VisitCard } from './VisitCard';

/** The register, the newest first. */
export const VisitList = () => {
  const t = useTranslate();
  const [open, setOpen] = React.useState(false);
  const pages = usePages<VisitView>(apiPath('/register/visits', open ? { open: 'true' } : {}));
  return (
    <Flex direction="column" alignItems="stretch" gap={4}>
      <Checkbox checked={open} onCheckedChange={() => setOpen(!open)}>
        {t('register.openOnly')}
      </Checkbox>
      <CardList
        label={t('register.visits')}
        pages={pages}
        empty={t('register.visitsEmpty')}
        idOf={({ id }) => id}
      >
        {(visit) => <VisitCard visit={visit} onChanged={pages.reload} />}
      </CardList>
    </Flex>
  );
};
