import * as React from 'react';

import {
  Box,
  Checkbox,
  Field,
  Flex,
  SingleSelect,
  SingleSelectOption,
  Textarea,
  TextInput,
  Typography,
} from '@strapi/design-system';

interface FieldProps {
  name: string;
  label: string;
  value: string;
  required?: boolean;
  hint?: string;
  error?: string;
  onChange: (value: string) => void;
}

interface FrameProps extends Omit<FieldProps, 'value' | 'onChange'> {
  children: React.ReactNode;
}

const Frame = ({ name, label, required, hint, error, children }: FrameProps) => (
  <Field.Root name={name} required={required} hint={hint} error={error}>
    <Field.Label>{label}</Field.Label>
    {children}
    <Field.Hint />
    <Field.Error />
  </Field.Root>
);

interface LineFieldProps extends FieldProps {
  maxLength: number;
  type?: 'text' | 'number';
  disabled?: boolean;
}

/** One line of text, or a number. */
export const LineField = ({
  value,
  onChange,
  maxLength,
  type = 'text',
  disabled = false,
  ...frame
}: LineFieldProps) => (
  <Frame {...frame}>
    <TextInput
      type={type}
      value={value}
      maxLength={maxLength}
      disabled={disabled}
      onChange={(event: React.ChangeEvent<HTMLInputElement>) => onChange(event.target.value)}
    />
  </Frame>
);

/** Some lines of text. */
export const TextField = ({
  value,
  onChange,
  maxLength,
  ...frame
}: FieldProps & { maxLength: number }) => (
  <Frame {...frame}>
    <Textarea
      value={value}
      maxLength={maxLength}
      onChange={(event: React.ChangeEvent<HTMLTextAreaElement>) => onChange(event.target.value)}
    />
  </Frame>
);

/** A day, `YYYY-MM-DD`, in the browser's own calendar. */
export const DayField = ({
  value,
  onChange,
  min,
  max,
  ...frame
}: FieldProps & { min?: string; max?: string }) => (
  <Frame {...frame}>
    <TextInput
      type="date"
      value={value}
      min={min}
      max={max}
      onChange={(event: React.ChangeEvent<HTMLInputElement>) => onChange(event.target.value)}
    />
  </Frame>
);

interface Choice {
  value: string;
  label: string;
}

/** One of a few. */
export const ChoiceField = ({
  value,
  onChange,
  choices,
  ...frame
}: FieldProps & { choices: Choice[] }) => (
  <Frame {...frame}>
    <SingleSelect value={value} onChange={(chosen) => onChange(String(chosen))}>
      {choices.map((choice) => (
        <SingleSelectOption key={choice.value} value={choice.value}>
          {choice.label}
        </SingleSelectOption>
      ))}
    </SingleSelect>
  </Frame>
);

interface TicksProps {
  label: string;
  hint?: string;
  error?: string;
  required?: boolean;
  choices: Choice[];
  chosen: string[];
  onChange: (chosen: string[]) => void;
}

/** Some of several, by tick boxes. */
export const TicksField = ({
  label,
  hint,
  error,
  required,
  choices,
  chosen,
  onChange,
}: TicksProps) => {
  const id = React.useId();
  const toggle = (value: string): void =>
    onChange(
      chosen.includes(value) ? chosen.filter((other) => other !== value) : [...chosen, value]
    );
  return (
    <Box tag="fieldset" borderStyle="none" padding={0} aria-describedby={`${id}-note`}>
      <Typography tag="legend" padding={0} variant="pi" fontWeight="bold" textColor="neutral800">
        {label}
        {required && (
          <Typography aria-hidden textColor="danger600">
            *
          </Typography>
        )}
      </Typography>
      <Flex gap={4} wrap="wrap" paddingTop={2} paddingBottom={1}>
        {choices.map((choice) => (
          <Checkbox
            key={choice.value}
            checked={chosen.includes(choice.value)}
            onCheckedChange={() => toggle(choice.value)}
          >
            {choice.label}
          </Checkbox>
        ))}
      </Flex>
      {(error ?? hint) && (
        <Typography
          id={`${id}-note`}
          role={error ? 'alert' : undefined}
          tag="p"
          variant="pi"
          textColor={error ? 'danger600' : 'neutral600'}
        >
          {error ?? hint}
        </Typography>
      )}
    </Box>
  );
};
