import { Box, Flex, Typography } from '@strapi/design-system';

import type { ChainPreview } from '../../api/types';
import { useFormat } from '../../hooks/useFormat';
import { useTerm, useTranslate } from '../../hooks/useTranslate';
import { Notice } from '../Notice';

/** Who will have to approve, in which order and until when at the latest: known before the request is sent. */
export const ChainOfApprovals = ({ preview }: { preview: ChainPreview }) => {
  const t = useTranslate();
  const term = useTerm();
  const { date, list } = useFormat();
  const { steps, expectedAt, provisional, problem } = preview;

  if (problem) {
    const roles = list(problem.roles.map((role) => term('role', role)));
    return <Notice tone="danger">{t(`request.chain.${problem.code}`, { roles })}</Notice>;
  }
  return (
    <Flex direction="column" alignItems="stretch" gap={2} aria-live="polite">
      <Typography variant="pi" fontWeight="bold" tag="h3">
        {t('request.chain.title')}
      </Typography>
      <Box tag="ol">
        {steps.map(({ role, eligible }, at) => (
          <Typography tag="li" key={`${role} ${at}`}>
            {at + 1}. {term('role', role)}:{' '}
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
