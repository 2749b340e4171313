import { apiPath } from '../../../api/paths';
import type { DestructionTaskView } from '../../../api/types';
import { ResourceView } from '../../../components/ResourceView';
import { useResource } from '../../../hooks/useResource';
import { useTranslate } from '../../../hooks/useTranslate';
import { TaskList } from './TaskList';

/** What the user is to destroy by hand, and has yet to confirm. */
export const MyTasks = () => {
  const t = useTranslate();
  const tasks = useResource<{ items: DestructionTaskView[] }>(apiPath('/destruction-tasks'));
  return (
    <ResourceView
      resource={tasks}
      empty={{ when: ({ items }) => items.length === 0, text: t('task.mineEmpty') }}
    >
      {({ items }) => <TaskList tasks={items} onChanged={tasks.reload} />}
    </ResourceView>
  );
};
