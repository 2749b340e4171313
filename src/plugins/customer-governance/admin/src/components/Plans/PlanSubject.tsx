import { Flex } from '@strapi/design-system';

import type { PlanView } from '../../api/collection';
import { Assessment } from './Assessment';
import { PlanDetails } from './PlanDetails';

/** A plan with its assessments, as whoever decides on it reads it. */
export const PlanSubject = ({ plan }: { plan: PlanView }) => (
  <Flex direction="column" alignItems="stretch" gap={4}>
    <PlanDetails plan={plan} />
    {plan.assessments.map((assessment) => (
      <Assessment key={assessment.documentId} assessment={assessment} />
    ))}
  </Flex>
);
