import type { ActionGroup } from '../../api/vocabulary';
import type { ChartPart } from '../../components/StackedChart';
import { useTerm } from '../../hooks/useTranslate';
import { GROUP_COLORS } from './groups';

/** Groups of actions as the parts of a picture, each by its own colour. */
export const useGroupParts = (groups: readonly ActionGroup[]): ChartPart<ActionGroup>[] => {
  const term = useTerm();
  return groups.map((id) => ({ id, name: term('group', id), color: GROUP_COLORS[id] }));
};
