import { Button } from '@strapi/design-system';
import { ArrowClockwise } from '@strapi/icons';

import type { GrantView } from '../../api/types';
import { AttributeList, StateBadge } from '../../components/Badges';
import { Card } from '../../components/Card';
import { DateTime } from '../../components/DateTime';
import { Facts } from '../../components/Facts';
import { RecordLinks } from '../../components/RequestDetails';
import { RequestLink } from '../../components/RequestLink';
import { useFormat } from '../../hooks/useFormat';
import { usePermission } from '../../hooks/usePermission';
import { useLocalText, useTranslate } from '../../hooks/useTranslate';
import { grantState } from '../../utils/grants';
import { personLine } from '../../utils/names';
import { TimeLeft } from './TimeLeft';

interface GrantCardProps {
  grant: GrantView;
  /** The user's own, named by its purpose; others' are named by their holder. */
  mine: boolean;
  onRevoke: () => void;
  onRenew: () => void;
}

/** A grant: what it opens, until when, and what can be done about it. */
export const GrantCard = ({ grant, mine, onRevoke, onRenew }: GrantCardProps) => {
  const t = useTranslate();
  const local = useLocalText();
  const { number } = useFormat();
  const mayRevoke = usePermission('access.revoke');
  const state = grantState(grant);
  const purpose = local(grant.purpose?.name);
  return (
    <Card
      title={mine ? purpose : personLine(grant.holder)}
      badges={<StateBadge state={state} />}
      aside={
        state !== 'active' && (
          <>
            {t('grant.until')} <DateTime value={grant.endsAt} />
          </>
        )
      }
      actions={
        <>
          {grant.request && (
            <RequestLink request={{ documentId: grant.request, purpose: grant.purpose }} />
          )}
          {mine && grant.request && (
            <Button
              variant="secondary"
              startIcon={<ArrowClockwise />}
              aria-label={t('grant.renewOf', { purpose })}
              onClick={onRenew}
            >
              {t('grant.renew')}
            </Button>
          )}
          {mayRevoke && state === 'active' && (
            <Button
              variant="danger-light"
              aria-label={t('grant.revokeOf', { name: personLine(grant.holder) })}
              onClick={onRevoke}
            >
              {t('grant.revoke')}
            </Button>
          )}
        </>
      }
    >
      {state === 'active' && <TimeLeft grant={grant} />}
      <Facts
        facts={[
          ...(mine ? [] : [{ name: t('request.purpose'), value: purpose }]),
          {
            name: t('request.attributes'),
            value: (
              <AttributeList
                type={grant.recordType}
                attributes={grant.attributes}
                levels={grant.levels}
              />
            ),
          },
          {
            name: t('request.records', { count: grant.recordCount }),
            value: grant.records ? (
              <RecordLinks
                type={grant.recordType}
                records={grant.records}
                count={grant.recordCount}
              />
            ) : (
              number(grant.recordCount)
            ),
          },
          { name: t('grant.from'), value: <DateTime value={grant.startsAt} /> },
        ]}
      />
    </Card>
  );
};
