import * as React from 'react';

import { Button, Flex, Typography } from '@strapi/design-system';
import { Plus } from '@strapi/icons';

import type { DestructionOrderView } from '../../../api/types';
import { useSubmission } from '../../../hooks/useSubmission';
import { useTranslate } from '../../../hooks/useTranslate';
import { Notice } from '../../../components/Notice';
import { AddTaskDialog } from './AddTaskDialog';
import { taskApi } from './paths';
import { TaskList } from './TaskList';

interface OrderTasksProps {
  order: DestructionOrderView;
  editable: boolean;
  onChanged: () => void;
}

/** What is to be destroyed by hand for an order; to be said while it is reviewed. */
export const OrderTasks = ({ order, editable, onChanged }: OrderTasksProps) => {
  const t = useTranslate();
  const submission = useSubmission();
  const [adding, setAdding] = React.useState(false);

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
      <TaskList
        tasks={order.tasks}
        onChanged={onChanged}
        actions={
          editable
            ? (task) => (
                <Button
                  size="S"
                  variant="tertiary"
                  aria-label={t('task.removeOf', { place: task.place })}
                  onClick={() => void remove(task.documentId)}
                >
                  {t('task.remove')}
                </Button>
              )
            : undefined
        }
      />
      {submission.error && <Notice tone="danger">{submission.error}</Notice>}
      {adding && (
        <AddTaskDialog order={order} onDone={onChanged} onClose={() => setAdding(false)} />
      )}
    </Flex>
  );
};
