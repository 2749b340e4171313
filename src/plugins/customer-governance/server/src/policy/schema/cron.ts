import Joi from 'joi';

const FIELDS = [
  { name: 'minute', min: 0, max: 59 },
  { name: 'hour', min: 0, max: 23 },
  { name: 'day of the month', min: 1, max: 31 },
  { name: 'month', min: 1, max: 12 },
  { name: 'day of the week', min: 0, max: 7 },
] as const;

type Field = (typeof FIELDS)[number];

/**
 * What is wrong with a cron expression of five numeric fields, or `undefined`. Checked here and not left to the scheduler,
 * which would find out only after the application had started.
 */
export function cronProblem(expression: string): string | undefined {
  const parts = expression.trim().split(/\s+/);
  if (parts.length !== FIELDS.length) {
    return `must have the five fields ${FIELDS.map((field) => field.name).join(', ')}`;
  }
  const index = parts.findIndex(
    (part, at) => !part.split(',').every((range) => isRange(range, FIELDS[at]))
  );
  return index < 0 ? undefined : `has an impossible ${FIELDS[index].name}: ${parts[index]}`;
}

// One of `*`, `5` and `1-5`, possibly with a step, as in `*/15` and `1-31/2`.
function isRange(range: string, { min, max }: Field): boolean {
  const match = /^(?:\*|(\d{1,2})(?:-(\d{1,2}))?)(?:\/(\d{1,2}))?$/.exec(range);
  if (!match) {
    return false;
  }
  const [from, to, step] = match.slice(1).map((digits) => (digits ? Number(digits) : undefined));
  const inBounds = (value: number | undefined): boolean =>
    value === undefined || (value >= min && value <= max);
  return inBounds(from) && inBounds(to) && (to === undefined || to >= (from ?? min)) && step !== 0;
}

export const cron = Joi.string()
  .max(100)
  .custom((value: string, helpers) => {
    const problem = cronProblem(value);
    return problem ? helpers.error('cron.invalid', { problem }) : value;
  })
  .messages({ 'cron.invalid': '{{#problem}}' });
