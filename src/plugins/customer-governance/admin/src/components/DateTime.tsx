import { useFormat } from '../hooks/useFormat';

interface DateTimeProps {
  value: string | null | undefined;
  /** Leaves out the time of the day. */
  dayOnly?: boolean;
}

/** An instant or a day in the user's language, with the exact value for machines. */
export const DateTime = ({ value, dayOnly }: DateTimeProps) => {
  const { date, dateTime } = useFormat();
  const text = dayOnly ? date(value) : dateTime(value);
  return value ? <time dateTime={value}>{text}</time> : <span>{text}</span>;
};
