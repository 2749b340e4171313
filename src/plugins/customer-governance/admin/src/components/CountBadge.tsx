import { Badge } from '@strapi/design-system';

interface CountBadgeProps {
  count: number;
  /** What is counted, for those who do not see where the badge stands. */
  label: string;
}

const MANY = 99;

/** A number that asks for attention; nothing where there is none. */
export const CountBadge = ({ count, label }: CountBadgeProps) =>
  count > 0 ? (
    <Badge size="S" variant="primary" role="status" aria-label={label} title={label}>
      {count > MANY ? `${MANY}+` : count}
    </Badge>
  ) : null;
