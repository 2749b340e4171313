import * as React from 'react';

import type { Kind } from '../../api/vocabulary';

type InputEvent = React.ChangeEvent<HTMLInputElement | HTMLTextAreaElement>;

/** What the Content Manager hands to a custom field's input. */
export interface ProtectedInputProps {
  attribute: { type: string; customField?: string; options?: { kind?: Kind } };
  name: string;
  label: string;
  labelAction?: React.ReactNode;
  hint?: React.ReactNode;
  placeholder?: string;
  required?: boolean;
  disabled?: boolean;
  value?: string | null;
  initialValue?: string | null;
  error?: string;
  onChange: (eventOrPath: InputEvent | string, value?: string | null) => void;
}

export type ProtectedElement = HTMLInputElement | HTMLTextAreaElement;

const LONG_KINDS: readonly Kind[] = ['address', 'free-text'];

/** Whether the kind is written over several lines. */
export const isLong = (kind: Kind | undefined): boolean =>
  kind !== undefined && LONG_KINDS.includes(kind);
