import { Box, Flex, Typography } from '@strapi/design-system';

import type { ChainPreview } from '../../api/types';
import { useFormat } from '../../hooks/useFormat';
import { useApprover, useTranslate } from '../../hooks/useTranslate';
import { Notice } from '../Notice';

/** Who will have to approve, in which order and until when at the latest: known before the request is sent. */
export const ChainOfApprovals = ({ preview }: { preview: ChainPreview }) => {
  const t = useTranslate();
  const approver = useApprover();
  const { date, list } = useFormat();
  const { steps, expectedAt, provisional, problem } = preview;

  if (problem) {
    const roles = list(problem.roles.map((role) => approver(role)));
    return <Notice tone="danger">{t(`request.chain.${problem.code}`, { roles })}</Notice>;
  }
  // Those who are asked at the same time have the same number.
  const stages = [...new Set(steps.map(({ stage }) => stage))];
  return (
    <Flex direction="column" alignItems="stretch" gap={2} aria-live="polite">
      <Typography variant="pi" fontWeight="bold" tag="h3">
        {t('request.chain.title')}
      </Typography>
      <Box tag="ol">
        {steps.map(({ role, stage, eligible }, at) => (
          <Typography tag="li" key={`${role} ${at}`}>
            {stages.indexOf(stage) + 1}. {approver(role)}:{' '}
            <Typography fontWeight="semiBold">{list(eligible.map(({ name }) => name))}</Typography>
          </Typography>
        ))}
      </Box>
      <Typography variant="pi" textColor="neutral600">
        {t(provisional ? 'request.chain.expectedProvisional' : 'request.chain.expected', {
          date: date(expectedAt),
        })}
      </Typography>
    </Flex>
  );
};
