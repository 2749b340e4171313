import * as React from 'react';

import { Textarea, TextInput } from '@strapi/design-system';

import type { ProtectedElement, ProtectedInputProps } from './types';

interface EditableFieldProps extends Pick<
  ProtectedInputProps,
  'name' | 'value' | 'disabled' | 'placeholder' | 'required' | 'onChange'
> {
  long: boolean;
  autoFocus: boolean;
}

/** An ordinary input, of one line or several. Browsers are told not to keep what is typed. */
export const EditableField = React.forwardRef<ProtectedElement, EditableFieldProps>(
  ({ long, value, ...props }, ref) =>
    long ? (
      <Textarea ref={ref as React.Ref<HTMLTextAreaElement>} {...props} value={value ?? ''} />
    ) : (
      <TextInput
        ref={ref as React.Ref<HTMLInputElement>}
        {...props}
        type="text"
        autoComplete="off"
        spellCheck={false}
        value={value ?? ''}
      />
    )
);
EditableField.displayName = 'EditableField';
