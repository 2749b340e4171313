import * as React from 'react';

import { useIntl } from 'react-intl';

import type { ActorRef, LocalText } from '../api/types';
import { PLUGIN_ID } from '../pluginId';
import { messageId, type MessageId } from '../utils/messages';
import { bareAttribute, humanise, shortType, textIn } from '../utils/names';

type Values = Record<string, string | number | boolean | Date | null | undefined>;

export type Translate = (id: MessageId, values?: Values) => string;

/** Messages of this plugin by their short id, checked by the compiler. */
export const useTranslate = (): Translate => {
  const { formatMessage } = useIntl();
  return React.useCallback(
    (id, values) => formatMessage({ id: messageId(id) }, values),
    [formatMessage]
  );
};

/** The vocabularies that the server speaks in codes. */
export type Vocabulary =
  | 'state'
  | 'stage'
  | 'level'
  | 'kind'
  | 'scope'
  | 'role'
  | 'action'
  | 'actor'
  | 'system'
  | 'channel'
  | 'basis'
  | 'contact'
  | 'relationship'
  | 'itemState'
  | 'medium'
  | 'method'
  | 'place'
  | 'record'
  | 'auditKind'
  | 'chapter'
  | 'evidence'
  | 'severity'
  | 'detail'
  | 'anomaly'
  | 'alertSeverity'
  | 'alertState'
  | 'group'
  | 'condition'
  | 'backupKind'
  | 'backupStep'
  | 'backupFailure'
  | 'rowState'
  | 'duplicateKey'
  | 'verificationMethod'
  | 'verificationOutcome';

/**
 * The word for a code of the server. A code that the translations do not know yet
 * is shown as a readable form of itself rather than as an error.
 */
export const useTerm = (): ((vocabulary: Vocabulary, code: string) => string) => {
  const { formatMessage, messages } = useIntl();
  return React.useCallback(
    (vocabulary, code) => {
      const id = `${PLUGIN_ID}.${vocabulary}.${code}`;
      return id in messages ? formatMessage({ id }) : humanise(code);
    },
    [formatMessage, messages]
  );
};

/** Who approves, in words: a place in the organisation, a role of the panel by its name, or the person of a staff number. */
export const useApprover = (): ((approver: string) => string) => {
  const t = useTranslate();
  const term = useTerm();
  return React.useCallback(
    (approver) => {
      const [form = '', name = ''] = approver.split(/:(.*)/s);
      if (form === 'role') return t('role.named', { name });
      return form === 'person' ? t('role.person', { name }) : term('role', approver);
    },
    [t, term]
  );
};

/** The word for the value of an audit entry's detail; numbers, and codes that have no word, stand as they are. */
export const useDetailValue = (): ((name: string, value: string | number | boolean) => string) => {
  const { formatMessage, messages } = useIntl();
  const approver = useApprover();
  return React.useCallback(
    (name, value) => {
      if (name === 'role') return approver(String(value));
      const id = `${PLUGIN_ID}.detailValue.${name}.${value}`;
      return id in messages ? formatMessage({ id }) : String(value);
    },
    [approver, formatMessage, messages]
  );
};

/** An actor's name; where none is known (deleted, a token, the system) its kind and id. */
export const useActorName = (): ((actor: ActorRef | string | null) => string) => {
  const term = useTerm();
  return React.useCallback(
    (actor) => {
      if (actor === null) return '—';
      if (typeof actor === 'string') return actor;
      if (actor.kind === 'system')
        return `${term('actor', 'system')} · ${term('system', actor.id)}`;
      return actor.name ?? `${term('actor', actor.kind)} ${actor.id}`;
    },
    [term]
  );
};

/** An attribute's label: the one that the Content Manager shows for it. */
export const useAttributeLabel = (): ((type: string, attribute: string) => string) => {
  const { formatMessage, messages } = useIntl();
  return React.useCallback(
    (type, attribute) => {
      const name = bareAttribute(attribute);
      const id = `content-manager.content-types.${type}.${name}`;
      return id in messages ? formatMessage({ id }) : humanise(name);
    },
    [formatMessage, messages]
  );
};

/** Texts of the policy (names of purposes) in the user's language; a dash stands for none. */
export const useLocalText = (): ((text: LocalText | null | undefined) => string) => {
  const { locale } = useIntl();
  return React.useCallback((text) => (text ? textIn(text, locale) : '—'), [locale]);
};

/** A content type's name: `plugin::customer-governance.legal-hold` is the Content Manager's “Legal hold”. */
export const useTypeLabel = (): ((type: string) => string) => {
  const { formatMessage, messages } = useIntl();
  return React.useCallback(
    (type) => {
      const name = humanise(shortType(type));
      return name in messages ? formatMessage({ id: name }) : name;
    },
    [formatMessage, messages]
  );
};
