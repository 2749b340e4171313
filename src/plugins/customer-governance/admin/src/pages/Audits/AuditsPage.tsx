import * as React from 'react';

import { Button } from '@strapi/design-system';
import { Plus } from '@strapi/icons';

import { PageFrame } from '../../components/PageFrame';
import { TabbedPage } from '../../components/TabbedPage';
import { usePermission } from '../../hooks/usePermission';
import { useTranslate } from '../../hooks/useTranslate';
import { AuditList } from './AuditList';
import { MyFindings } from './MyFindings';
import { PlanDialog } from './PlanDialog';

/** Internal audits for those who may read them, and for everybody the findings that are theirs to remediate. */
export const AuditsPage = () => {
  const t = useTranslate();
  const mayRead = usePermission('internal-audits.read');
  const mayManage = usePermission('internal-audits.manage');
  const [planning, setPlanning] = React.useState(false);
  const [revision, setRevision] = React.useState(0);

  return (
    <PageFrame
      title={t('audits.title')}
      subtitle={t('audits.subtitle')}
      primaryAction={
        mayRead &&
        mayManage && (
          <Button startIcon={<Plus />} onClick={() => setPlanning(true)}>
            {t('audits.plan')}
          </Button>
        )
      }
    >
      <TabbedPage
        label={t('audits.title')}
        tabs={[
          ...(mayRead
            ? [{ id: 'all', label: t('audits.all'), content: <AuditList revision={revision} /> }]
            : []),
          { id: 'mine', label: t('audits.mine'), content: <MyFindings /> },
        ]}
      />
      {planning && (
        <PlanDialog
          onDone={() => {
            setPlanning(false);
            setRevision(revision + 1);
          }}
          onClose={() => setPlanning(false)}
        />
      )}
    </PageFrame>
  );
};
