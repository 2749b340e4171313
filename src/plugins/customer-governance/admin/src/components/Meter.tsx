import { Box } from '@strapi/design-system';

interface MeterProps {
  label: string;
  /** From 0 to 1. */
  share: number;
  tone?: 'primary' | 'warning';
}

/** A bar that is filled in part, over the whole width. */
export const Meter = ({ label, share, tone = 'primary' }: MeterProps) => {
  const percent = Math.round(share * 100);
  return (
    <Box
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={percent}
      height="0.6rem"
      width="100%"
      background="neutral150"
      borderRadius="0.3rem"
      overflow="hidden"
    >
      <Box
        height="100%"
        width={`${percent}%`}
        background={tone === 'warning' ? 'warning500' : 'primary600'}
      />
    </Box>
  );
};
