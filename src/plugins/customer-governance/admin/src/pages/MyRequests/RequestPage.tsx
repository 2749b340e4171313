import { Flex, Grid, Link as TextLink } from '@strapi/design-system';
import { ArrowLeft } from '@strapi/icons';
import { Link, useParams } from 'react-router-dom';

import { apiPath } from '../../api/paths';
import type { AccessRequestDetail } from '../../api/types';
import { StateBadge } from '../../components/Badges';
import { Card } from '../../components/Card';
import { PageFrame } from '../../components/PageFrame';
import { RequestDetails } from '../../components/RequestDetails';
import { RequestTimeline } from '../../components/RequestTimeline';
import { ResourceView } from '../../components/ResourceView';
import { useResource } from '../../hooks/useResource';
import { useLocalText, useTranslate } from '../../hooks/useTranslate';
import { pagePath } from '../navigation';

/** One request with its whole life, for its requester and those who decide it. */
export const RequestPage = () => {
  const t = useTranslate();
  const local = useLocalText();
  const { documentId = '' } = useParams<{ documentId: string }>();
  const request = useResource<AccessRequestDetail>(
    apiPath(`/access-requests/${encodeURIComponent(documentId)}`)
  );
  const back = request.data && !request.data.mine ? 'approvals' : 'requests';
  return (
    <PageFrame
      title={t('requests.one')}
      subtitle={request.data ? local(request.data.purpose?.name) : ''}
      navigationAction={
        <TextLink tag={Link} to={pagePath(back)} startIcon={<ArrowLeft />}>
          {t(`nav.${back}`)}
        </TextLink>
      }
    >
      <ResourceView resource={request}>
        {(data) => (
          <Grid.Root gap={6}>
            <Grid.Item col={7} s={12} xs={12} direction="column" alignItems="stretch">
              <Card title={t('requests.what')} badges={<StateBadge state={data.state} />}>
                <RequestDetails request={data} marks={data.marks} mine={data.mine} />
              </Card>
            </Grid.Item>
            <Grid.Item col={5} s={12} xs={12} direction="column" alignItems="stretch">
              <Card title={t('timeline.label')}>
                <Flex paddingTop={2}>
                  <RequestTimeline request={data} />
                </Flex>
              </Card>
            </Grid.Item>
          </Grid.Root>
        )}
      </ResourceView>
    </PageFrame>
  );
};
