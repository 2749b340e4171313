import type { RecordStatus } from '../../api/types';
import { protectedAttributes, type TypeSchema } from '../../utils/schemas';
import type { AttributeChoice } from './AttributeChoices';

type Label = (type: string, attribute: string) => string;

/** What may be asked for across several records of a type: every protected attribute. */
export const choicesOfType = (
  type: string,
  schema: TypeSchema | undefined,
  label: Label
): AttributeChoice[] =>
  protectedAttributes(schema).map((name) => ({ name, label: label(type, name) }));

/** What may be asked for on one record: what it holds and the asker may not see yet. */
export const choicesOfRecord = (
  type: string,
  status: RecordStatus,
  label: Label
): AttributeChoice[] =>
  Object.entries(status.attributes)
    .filter(([, attribute]) => attribute.present && attribute.reveal === null)
    .map(([name, { level }]) => ({ name, label: label(type, name), level }));
