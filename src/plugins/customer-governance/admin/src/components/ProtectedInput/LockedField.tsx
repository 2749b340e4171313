import * as React from 'react';

import { Textarea, TextInput } from '@strapi/design-system';
import { Eye, Lock } from '@strapi/icons';
import { styled } from 'styled-components';

import { useTranslate } from '../../hooks/useTranslate';
import type { ProtectedElement } from './types';

const ReadOnly = styled.div<{ $clear: boolean }>`
  width: 100%;

  > div,
  textarea {
    background: ${({ theme, $clear }) =>
      $clear ? theme.colors.warning100 : theme.colors.neutral150};
  }
`;

interface LockedFieldProps {
  name: string;
  /** The mask, or the revealed value while it is shown. */
  text: string;
  clear: boolean;
  long: boolean;
}

/** The stored value as it may be seen: focusable and readable, but not to be typed into. */
export const LockedField = React.forwardRef<ProtectedElement, LockedFieldProps>(
  ({ name, text, clear, long }, ref) => {
    const t = useTranslate();
    const Icon = clear ? Eye : Lock;
    return (
      <ReadOnly $clear={clear} data-protected={clear ? 'revealed' : 'masked'}>
        {long && clear ? (
          <Textarea
            ref={ref as React.Ref<HTMLTextAreaElement>}
            name={name}
            value={text}
            readOnly
            resizable
          />
        ) : (
          <TextInput
            ref={ref as React.Ref<HTMLInputElement>}
            name={name}
            value={text}
            readOnly
            autoComplete="off"
            startAction={
              <Icon
                aria-label={clear ? t('protected.revealed') : t('protected.masked')}
                fill="neutral600"
                width="16px"
                height="16px"
              />
            }
          />
        )}
      </ReadOnly>
    );
  }
);
LockedField.displayName = 'LockedField';
