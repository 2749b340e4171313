import { Typography } from '@strapi/design-system';

import type { PolicySummary } from '../../api/types';
import { Facts } from '../../components/Facts';
import { useTranslate } from '../../hooks/useTranslate';
import { Panel } from '../../components/Panel';

interface PolicyCardProps {
  policy: PolicySummary;
}

/** Which policy is in force, and the digest by which two people can tell that it is the same. */
export const PolicyCard = ({ policy }: PolicyCardProps) => {
  const t = useTranslate();
  return (
    <Panel title={t('overview.policy')}>
      <Facts
        facts={[
          { name: t('overview.preset'), value: policy.preset },
          ...(policy.version ? [{ name: t('overview.version'), value: policy.version }] : []),
          {
            name: t('overview.digest'),
            value: (
              <Typography
                tag="code"
                variant="pi"
                style={{ fontFamily: 'monospace', overflowWrap: 'anywhere' }}
              >
                {policy.digest}
              </Typography>
            ),
          },
        ]}
      />
      <Typography variant="pi" textColor="neutral600">
        {t('overview.policyHint')}
      </Typography>
    </Panel>
  );
};
