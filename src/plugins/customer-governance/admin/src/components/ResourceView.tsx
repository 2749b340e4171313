import * as React from 'react';

import { Button, EmptyStateLayout, Flex, Loader } from '@strapi/design-system';
import { ArrowClockwise } from '@strapi/icons';
import { EmptyDocuments } from '@strapi/icons/symbols';

import type { Resource } from '../hooks/useResource';
import { useTranslate } from '../hooks/useTranslate';
import type { Failure } from '../utils/errors';
import { Notice } from './Notice';

/** Says that something could not be loaded, why, and offers to try again. */
export const FailureNotice = ({ failure, retry }: { failure: Failure; retry?: () => void }) => {
  const t = useTranslate();
  return (
    <Notice tone="danger" title={t('error.title')}>
      {failure.message ?? t('error.unreachable')}
      {retry && (
        <Flex paddingTop={3}>
          <Button variant="tertiary" startIcon={<ArrowClockwise />} onClick={retry}>
            {t('common.retry')}
          </Button>
        </Flex>
      )}
    </Notice>
  );
};

/** A page's or section's waiting state. */
export const Waiting = ({ small }: { small?: boolean }) => {
  const t = useTranslate();
  return (
    <Flex justifyContent="center" padding={small ? 2 : 8} width="100%">
      <Loader small={small}>{t('common.loading')}</Loader>
    </Flex>
  );
};

/** What is shown where there is nothing to show. */
export const Nothing = ({ children }: { children: string }) => (
  <EmptyStateLayout
    hasRadius
    shadow="tableShadow"
    icon={<EmptyDocuments width="16rem" />}
    content={children}
  />
);

interface ResourceViewProps<Data> {
  resource: Resource<Data>;
  /** Said instead of the content when the answer is empty. */
  empty?: { when: (data: Data) => boolean; text: string };
  children: (data: Data) => React.ReactNode;
}

/** The four states of everything that comes from the server: waiting, failed, empty, there. */
export const ResourceView = <Data,>({ resource, empty, children }: ResourceViewProps<Data>) => {
  const { data, failure, reload } = resource;
  if (failure) return <FailureNotice failure={failure} retry={reload} />;
  if (data === undefined) return <Waiting />;
  if (empty?.when(data)) return <Nothing>{empty.text}</Nothing>;
  return <>{children(data)}</>;
};
