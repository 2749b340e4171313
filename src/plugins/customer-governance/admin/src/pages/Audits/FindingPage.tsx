import { Link as TextLink } from '@strapi/design-system';
import { ArrowLeft } from '@strapi/icons';
import { Link, useParams } from 'react-router-dom';

import { apiPath } from '../../api/paths';
import type { FindingView } from '../../api/types';
import { PageFrame } from '../../components/PageFrame';
import { ResourceView } from '../../components/ResourceView';
import { usePermission } from '../../hooks/usePermission';
import { useResource } from '../../hooks/useResource';
import { useTranslate } from '../../hooks/useTranslate';
import { FindingCard } from './FindingCard';
import { auditPath, myFindingsPath } from './paths';

/** One finding, as notifications lead to it. */
export const FindingPage = () => {
  const t = useTranslate();
  const mayRead = usePermission('internal-audits.read');
  const { documentId = '' } = useParams<{ documentId: string }>();
  const finding = useResource<FindingView>(
    apiPath(`/audit-findings/${encodeURIComponent(documentId)}`)
  );
  const audit = mayRead ? finding.data?.audit : undefined;
  return (
    <PageFrame
      title={t('finding.one')}
      subtitle={finding.data?.number ?? ''}
      navigationAction={
        <TextLink
          tag={Link}
          to={audit ? auditPath(audit.documentId) : myFindingsPath}
          startIcon={<ArrowLeft />}
        >
          {audit ? audit.number : t('audits.mine')}
        </TextLink>
      }
    >
      <ResourceView resource={finding}>
        {(data) => <FindingCard finding={data} withAudit onChanged={finding.reload} />}
      </ResourceView>
    </PageFrame>
  );
};
