import { Badge, Box, Button, Flex, Typography } from '@strapi/design-system';
import { Check } from '@strapi/icons';

import type { AssessmentView } from '../../api/collection';
import { usePermission } from '../../hooks/usePermission';
import { useNotify, useSubmission } from '../../hooks/useSubmission';
import { useTranslate } from '../../hooks/useTranslate';
import { StateBadge } from '../Badges';
import { DateTime } from '../DateTime';
import { Facts } from '../Facts';
import { Notice } from '../Notice';

const RISKS = {
  'low-risk': 'success',
  'medium-risk': 'warning',
  'high-risk': 'danger',
} as const;

interface AssessmentProps {
  assessment: AssessmentView;
  /** Left out where it is only to be read. */
  onApproved?: () => void;
}

/** An impact assessment: why it is needed, what could go wrong, what is done about it. */
export const Assessment = ({ assessment, onApproved }: AssessmentProps) => {
  const t = useTranslate();
  const notify = useNotify();
  const mayApprove = usePermission('assessments.approve');
  const submission = useSubmission();
  const { documentId, state, title, riskLevel, mine } = assessment;

  const approve = async (): Promise<void> => {
    if (!(await submission.post(`/impact-assessments/${documentId}/approve`))) return;
    notify('success', t('assessment.approved'));
    onApproved?.();
  };

  return (
    <Box tag="section" padding={4} background="neutral100" hasRadius>
      <Flex direction="column" alignItems="stretch" gap={3}>
        <Flex gap={2} wrap="wrap">
          <Typography tag="h3" fontWeight="semiBold">
            {t('assessment.title', { title })}
          </Typography>
          <StateBadge state={state} />
          <Badge variant={RISKS[riskLevel]}>{t(`assessment.risk.${riskLevel}`)}</Badge>
        </Flex>
        <Facts
          facts={[
            { name: t('assessment.necessity'), value: assessment.necessity },
            { name: t('assessment.risks'), value: assessment.risks },
            { name: t('assessment.measures'), value: assessment.measures },
            { name: t('assessment.assessor'), value: assessment.assessor },
            ...(assessment.keepUntil
              ? [
                  {
                    name: t('assessment.keepUntil'),
                    value: <DateTime value={assessment.keepUntil} />,
                  },
                ]
              : []),
          ]}
        />
        {submission.error && <Notice tone="danger">{submission.error}</Notice>}
        {onApproved && state === 'draft' && mayApprove && !mine && (
          <Flex justifyContent="flex-end">
            <Button
              variant="success"
              startIcon={<Check />}
              loading={submission.busy}
              aria-label={t('assessment.approveOf', { title })}
              onClick={() => void approve()}
            >
              {t('assessment.approve')}
            </Button>
          </Flex>
        )}
      </Flex>
    </Box>
  );
};
