import * as React from 'react';

import { Flex } from '@strapi/design-system';
import { Lock } from '@strapi/icons';
import type { StrapiApp } from '@strapi/strapi/admin';

import { KINDS, type Kind } from './api/vocabulary';
import { ProtectedInput } from './components/ProtectedInput/ProtectedInput';
import { PLUGIN_ID } from './pluginId';
import { messageId } from './utils/messages';

type CustomField = Exclude<
  Parameters<StrapiApp['customFields']['register']>[0],
  readonly unknown[]
>;

/** The Content-Type Builder's icon for the field, drawn like those of Strapi's own fields. */
const ProtectedIcon = () =>
  React.createElement(
    Flex,
    {
      justifyContent: 'center',
      alignItems: 'center',
      width: '3.2rem',
      height: '2.4rem',
      hasRadius: true,
      background: 'danger100',
      borderColor: 'danger200',
    },
    React.createElement(Lock, { 'aria-hidden': true, fill: 'danger600' })
  );

interface KindOption {
  key: Kind;
  value: Kind;
  metadatas: { intlLabel: { id: string; defaultMessage: string } };
}

const kindOptions: KindOption[] = KINDS.map((kind) => ({
  key: kind,
  value: kind,
  metadatas: { intlLabel: { id: messageId(`kind.${kind}`), defaultMessage: kind } },
}));

// Strapi's types name only the root options of a custom field; its documentation and its own check
// (`options.…` is allowed, a select takes `options`) say more than they do.
const options = {
  base: [
    {
      sectionTitle: null,
      items: [
        {
          name: 'options.kind',
          type: 'select',
          intlLabel: { id: messageId('field.kind'), defaultMessage: 'Kind' },
          description: { id: messageId('field.kindDescription'), defaultMessage: 'Kind' },
          options: kindOptions,
        },
      ],
    },
  ],
  advanced: [
    {
      sectionTitle: { id: 'global.settings', defaultMessage: 'Settings' },
      items: [
        {
          name: 'required',
          type: 'checkbox',
          intlLabel: {
            id: 'content-type-builder.form.attribute.item.requiredField',
            defaultMessage: 'Required field',
          },
          description: {
            id: 'content-type-builder.form.attribute.item.requiredField.description',
            defaultMessage: "You won't be able to create an entry if this field is empty",
          },
        },
      ],
    },
  ],
} as unknown as CustomField['options'];

/** The custom field that seals an attribute, as the panel knows it. */
export const protectedField: CustomField = {
  name: 'protected',
  pluginId: PLUGIN_ID,
  type: 'string',
  icon: ProtectedIcon,
  intlLabel: { id: messageId('field.label'), defaultMessage: 'Protected value' },
  intlDescription: {
    id: messageId('field.description'),
    defaultMessage: 'Personal data: sealed, shown as a mask',
  },
  components: {
    // At hand at once: while a part is being fetched, the Content Manager says “Unsupported field type” in its place.
    // Strapi types the component without props, although it passes those of the form.
    Input: () => Promise.resolve({ default: ProtectedInput as unknown as React.ComponentType }),
  },
  options,
};
