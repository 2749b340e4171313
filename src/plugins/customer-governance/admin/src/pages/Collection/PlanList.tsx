import * as React from 'react';

import { Flex, LinkButton } from '@strapi/design-system';
import { Plus } from '@strapi/icons';
import { Link } from 'react-router-dom';

import type { PlanView } from '../../api/collection';
import { apiPath } from '../../api/paths';
import { PLAN_STATES, type PlanState } from '../../api/vocabulary';
import { CardList } from '../../components/CardList';
import { StateFilter } from '../../components/StateFilter';
import { usePages } from '../../hooks/usePages';
import { usePermission } from '../../hooks/usePermission';
import { useTranslate } from '../../hooks/useTranslate';
import { PLUGIN_ID } from '../../pluginId';
import { PlanCard } from './PlanCard';

/** The collection plans, the newest first. */
export const PlanList = () => {
  const t = useTranslate();
  const maySubmit = usePermission('plans.submit');
  const [state, setState] = React.useState<PlanState | ''>('');
  const pages = usePages<PlanView>(apiPath('/collection-plans', { state }));
  return (
    <>
      <Flex justifyContent="space-between" alignItems="flex-end" gap={4} wrap="wrap">
        <StateFilter states={PLAN_STATES} value={state} onChange={setState} />
        {maySubmit && (
          <LinkButton
            tag={Link}
            to={`/content-manager/collection-types/plugin::${PLUGIN_ID}.collection-plan/create`}
            startIcon={<Plus />}
          >
            {t('plan.new')}
          </LinkButton>
        )}
      </Flex>
      <CardList
        label={t('collection.plans')}
        pages={pages}
        empty={t('collection.plansEmpty')}
        idOf={({ documentId }) => documentId}
      >
        {(plan) => <PlanCard plan={plan} onChanged={pages.reload} />}
      </CardList>
    </>
  );
};
