import type { RecordStatus } from '../../api/types';
import { LEVELS, type Level } from '../../api/vocabulary';
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

type Levels = Record<string, Level | null>;

/** The same where only the classification of the type's attributes is at hand. */
export const choicesOfLevels = (type: string, levels: Levels, label: Label): AttributeChoice[] =>
  withLevels(
    Object.keys(levels).map((name) => ({ name, label: label(type, name) })),
    levels
  );

/** Choices with their sensitivity, where they do not know it by themselves. */
export const withLevels = (
  choices: readonly AttributeChoice[],
  levels: Levels | undefined
): AttributeChoice[] =>
  choices.map((choice) => ({
    ...choice,
    level: choice.level ?? levels?.[choice.name] ?? undefined,
  }));

/** Choices by their sensitivity, the least sensitive first and those of which nothing is known last. */
export const byLevel = (
  choices: readonly AttributeChoice[]
): { level: Level | null; choices: AttributeChoice[] }[] =>
  [...LEVELS, null]
    .map((level) => ({
      level,
      choices: choices.filter((choice) => (choice.level ?? null) === level),
    }))
    .filter((group) => group.choices.length > 0);
