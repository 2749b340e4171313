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
import { useDetailValue, useLocalText, useTranslate } from '../../hooks/useTranslate';
import { grantState } from '../../utils/grants';
import { personLine } from '../../utils/names';
import { TimeLeft } from './TimeLeft';

interface GrantCardProps {
  grant: GrantView;
  /** The user's own, named by its purpose; others' are named by their holder. */
  mine: boolean;
  onSuspend: () => void;
  onResume: () => void;
  onRevoke: () => void;
  onRenew: () => void;
}

/** How often it was used, of how many times, and when last. */
const Reveals = ({ grant }: { grant: GrantView }) => {
  const t = useTranslate();
  const { number } = useFormat();
  const { reveals = 0, revealLimit, lastRevealAt } = grant;
  return (
    <>
      {revealLimit
        ? t('grant.revealsOf', { reveals: number(reveals), limit: number(revealLimit) })
        : number(reveals)}
      {lastRevealAt && (
        <>
          {' · '}
          {t('grant.lastReveal')} <DateTime value={lastRevealAt} />
        </>
      )}
    </>
  );
};

/** A grant: what it opens, until when, and what can be done about it. */
export const GrantCard = ({
  grant,
  mine,
  onSuspend,
  onResume,
  onRevoke,
  onRenew,
}: GrantCardProps) => {
  const t = useTranslate();
  const local = useLocalText();
  const { number } = useFormat();
  const detailValue = useDetailValue();
  const mayRevoke = usePermission('access.revoke');
  const state = grantState(grant);
  const purpose = local(grant.purpose?.name);
  const holder = personLine(grant.holder);
  return (
    <Card
      title={mine ? purpose : holder}
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
              variant="tertiary"
              aria-label={t('grant.suspendOf', { name: holder })}
              onClick={onSuspend}
            >
              {t('grant.suspend')}
            </Button>
          )}
          {mayRevoke && state === 'suspended' && (
            <Button
              variant="tertiary"
              aria-label={t('grant.resumeOf', { name: holder })}
              onClick={onResume}
            >
              {t('grant.resume')}
            </Button>
          )}
          {mayRevoke && (state === 'active' || state === 'suspended') && (
            <Button
              variant="danger-light"
              aria-label={t('grant.revokeOf', { name: holder })}
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
          ...(grant.reveals || grant.revealLimit
            ? [{ name: t('grant.reveals'), value: <Reveals grant={grant} /> }]
            : []),
          ...(grant.endReason
            ? [{ name: t('grant.endReason'), value: detailValue('reason', grant.endReason) }]
            : []),
        ]}
      />
    </Card>
  );
};
