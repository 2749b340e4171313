import * as React from 'react';

import { Field, useComposedRefs } from '@strapi/design-system';
import { useFocusInputField } from '@strapi/strapi/admin';

import type { AttributeStatus } from '../../api/types';
import { usePermission } from '../../hooks/usePermission';
import { useRecordStatus } from '../../hooks/useRecordStatus';
import { useAttributeLabel, useTranslate } from '../../hooks/useTranslate';
import { ProposeChangeDialog } from '../Changes/ProposeChangeDialog';
import { PurposeDialog } from '../PurposeDialog';
import { choicesOfRecord } from '../RequestAccess/choices';
import { RequestAccessDialog } from '../RequestAccess/RequestAccessDialog';
import { EditableField } from './EditableField';
import { FieldActions } from './FieldActions';
import { FieldNotes } from './FieldNotes';
import { LockedField } from './LockedField';
import { fieldMode, isMask } from './mode';
import { ownError } from './ownError';
import { isLong, type ProtectedElement, type ProtectedInputProps } from './types';
import { useRecordIdentity } from './useRecordIdentity';
import { useReveal } from './useReveal';

const mayReveal = (attribute: AttributeStatus | undefined): boolean =>
  attribute !== undefined && attribute.present && attribute.reveal !== null;

/** The input of the `protected` custom field: mask, Reveal, Request access, Replace. */
export const ProtectedInput = React.forwardRef<ProtectedElement, ProtectedInputProps>(
  (props, forwardedRef) => {
    const { name, label, labelAction, hint, required, disabled, value, initialValue } = props;
    const t = useTranslate();
    const attributeLabel = useAttributeLabel();
    const canRequest = usePermission('access.request');
    const canPropose = usePermission('changes.request');
    const root = React.useRef<HTMLDivElement>(null);
    const ref = useComposedRefs(forwardedRef, useFocusInputField<ProtectedElement>(name));

    const { type, documentId, cloning, insideDialog } = useRecordIdentity(root);
    const { data: status, loading } = useRecordStatus(type, documentId);
    const reveal = useReveal({ type, documentId, attribute: name });
    const [dialog, setDialog] = React.useState<'reveal' | 'request' | 'change' | null>(null);
    const [focusNext, setFocusNext] = React.useState(false);

    const attribute = status?.attributes[name];
    const mode = fieldMode({
      value,
      initialValue,
      clearInForm: Boolean(attribute?.ambient) && mayReveal(attribute),
      controlled: attribute?.controlled ?? false,
      undecided: loading && !status,
    });
    const long = isLong(props.attribute.options?.kind);
    const locked = mode === 'locked';
    const shown = locked ? reveal.shown : null;
    // A controlled attribute is locked also where the form carries it in clear.
    const controlled = locked && attribute?.controlled === true;
    const inClear = controlled && !isMask(value);
    const granted = attribute?.reveal === 'grant' ? [...new Set(attribute.purposes)] : undefined;

    const startReveal = (): void => {
      reveal.clearError();
      // One grant has one purpose, given when it was asked for: no need to ask again.
      if (granted?.length === 1) void reveal.reveal(granted[0]);
      else setDialog('reveal');
    };

    const replace = (): void => {
      reveal.hide();
      setFocusNext(true);
      props.onChange(name, null);
    };

    const undo = (): void => {
      setFocusNext(false);
      props.onChange(name, initialValue);
    };

    // Not before it is known whether the attribute is controlled.
    const mayReplace = locked && !controlled && !disabled && !cloning && !(loading && !status);
    const offerRequest =
      locked && canRequest && attribute?.present === true && attribute.reveal === null;

    return (
      <div ref={root}>
        <Field.Root
          name={name}
          error={ownError(name, label, props.error)}
          hint={hint}
          required={required}
        >
          <Field.Label action={labelAction}>{label}</Field.Label>
          {locked ? (
            <LockedField
              ref={ref}
              name={name}
              text={shown?.value ?? value ?? ''}
              clear={shown !== null || inClear}
              long={long}
            />
          ) : (
            <EditableField
              ref={ref}
              name={name}
              value={value}
              long={long}
              disabled={disabled || mode === 'waiting'}
              required={required}
              placeholder={props.placeholder}
              autoFocus={focusNext && mode === 'replacing'}
              onChange={props.onChange}
            />
          )}
          <FieldActions
            label={label}
            busy={reveal.busy}
            onReveal={
              locked && !shown && !inClear && mayReveal(attribute) ? startReveal : undefined
            }
            onHide={shown ? reveal.hide : undefined}
            onRequest={offerRequest ? () => setDialog('request') : undefined}
            onReplace={mayReplace ? replace : undefined}
            onPropose={controlled && canPropose ? () => setDialog('change') : undefined}
            onUndo={mode === 'replacing' && !disabled ? undo : undefined}
          />
          <FieldNotes
            shown={shown}
            accessUntil={locked && !shown && attribute?.reveal === 'grant' ? attribute.until : null}
            emptyReplacement={mode === 'replacing' && !value}
            controlled={controlled}
            cloning={locked && cloning}
            insideDialog={locked && insideDialog}
            error={dialog === null ? reveal.error : undefined}
          />
          <Field.Hint />
          <Field.Error />
        </Field.Root>
        {dialog === 'reveal' && type && (
          <PurposeDialog
            title={t('protected.revealTitle', { label })}
            intro={t('protected.revealIntro')}
            confirmLabel={t('protected.reveal')}
            type={type}
            attribute={name}
            grantedPurposes={granted}
            submission={reveal}
            onConfirm={reveal.reveal}
            onClose={() => setDialog(null)}
          />
        )}
        {dialog === 'change' && type && documentId && (
          <ProposeChangeDialog
            type={type}
            documentId={documentId}
            preset={name}
            onClose={() => setDialog(null)}
          />
        )}
        {dialog === 'request' && type && documentId && status && (
          <RequestAccessDialog
            type={type}
            records={[{ documentId, label: '' }]}
            choices={choicesOfRecord(type, status, attributeLabel)}
            preset={[name]}
            pending={status.pendingRequest !== null}
            onClose={() => setDialog(null)}
          />
        )}
      </div>
    );
  }
);
ProtectedInput.displayName = 'ProtectedInput';
