import * as React from 'react';

import { Box, Button, Flex, Typography } from '@strapi/design-system';
import { Plus } from '@strapi/icons';

import type { DestructionOrderView, DestructionTaskView } from '../../../api/types';
import type { OrderState } from '../../../api/vocabulary';
import { Notice } from '../../../components/Notice';
import { usePermission } from '../../../hooks/usePermission';
import { useSubmission } from '../../../hooks/useSubmission';
import { useTranslate } from '../../../hooks/useTranslate';
import { AddTaskDialog } from './AddTaskDialog';
import { taskApi } from './paths';
import { ReassignTaskDialog } from './ReassignTaskDialog';
import { TaskList } from './TaskList';

interface OrderTasksProps {
  order: DestructionOrderView;
  editable: boolean;
  onChanged: () => void;
}

/** Nothing of these orders is to be destroyed by hand any more. */
const OVER: readonly OrderState[] = ['executed', 'rejected', 'cancelled'];

/**
 * What is to be destroyed by hand for an order; to be said while it is reviewed. Who sees to it, and until when, can be said
 * anew until it is confirmed.
 */
export const OrderTasks = ({ order, editable, onChanged }: OrderTasksProps) => {
  const t = useTranslate();
  const submission = useSubmission();
  const mayReassign = usePermission('retention.review') && !OVER.includes(order.state);
  const [adding, setAdding] = React.useState(false);
  const [reassigning, setReassigning] = React.useState<DestructionTaskView | null>(null);

  const remove = async (documentId: string): Promise<void> => {
    if (await submission.post(taskApi(documentId, 'remove'))) onChanged();
  };

  return (
    <Flex tag="section" direction="column" alignItems="stretch" gap={4}>
      <Flex justifyContent="space-between" gap={4} wrap="wrap">
        <Typography tag="h2" variant="delta">
          {t('task.list')}
        </Typography>
        {editable && (
          <Button variant="tertiary" startIcon={<Plus />} onClick={() => setAdding(true)}>
            {t('task.add')}
          </Button>
        )}
      </Flex>
      {order.tasks.length === 0 && <Typography textColor="neutral600">{t('task.none')}</Typography>}
      {order.tasks.length > 0 && (
        <Box padding={4} background="neutral0" shadow="tableShadow" hasRadius>
          <TaskList
            tasks={order.tasks}
            onChanged={onChanged}
            actions={(task) => (
              <>
                {mayReassign && task.state === 'open' && (
                  <Button
                    size="S"
                    variant="tertiary"
                    aria-label={t('task.reassignOf', { place: task.place })}
                    onClick={() => setReassigning(task)}
                  >
                    {t('task.reassign')}
                  </Button>
                )}
                {editable && (
                  <Button
                    size="S"
                    variant="tertiary"
                    aria-label={t('task.removeOf', { place: task.place })}
                    onClick={() => void remove(task.documentId)}
                  >
                    {t('task.remove')}
                  </Button>
                )}
              </>
            )}
          />
        </Box>
      )}
      {submission.error && <Notice tone="danger">{submission.error}</Notice>}
      {adding && (
        <AddTaskDialog order={order} onDone={onChanged} onClose={() => setAdding(false)} />
      )}
      {reassigning && (
        <ReassignTaskDialog
          task={reassigning}
          onDone={onChanged}
          onClose={() => setReassigning(null)}
        />
      )}
    </Flex>
  );
};
