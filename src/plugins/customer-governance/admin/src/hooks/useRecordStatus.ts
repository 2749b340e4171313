import * as React from 'react';

import { getFetchClient } from '@strapi/strapi/admin';

import { recordPath } from '../api/paths';
import type { RecordStatus } from '../api/types';
import { isAbort, readFailure, type Failure } from '../utils/errors';

/**
 * A customer form holds a dozen protected inputs and a side panel, and all of them ask for the same
 * status. They share one request here, which lives as long as somebody looks at it.
 */

interface Snapshot {
  data: RecordStatus | undefined;
  loading: boolean;
  failure: Failure | undefined;
}

interface Entry {
  snapshot: Snapshot;
  listeners: Set<() => void>;
  controller: AbortController;
}

const NOTHING: Snapshot = { data: undefined, loading: false, failure: undefined };
const LOADING: Snapshot = { data: undefined, loading: true, failure: undefined };

const entries = new Map<string, Entry>();

const publish = (entry: Entry, snapshot: Snapshot): void => {
  entry.snapshot = snapshot;
  entry.listeners.forEach((listener) => listener());
};

const load = async (path: string, entry: Entry): Promise<void> => {
  entry.controller.abort();
  const controller = new AbortController();
  entry.controller = controller;
  publish(entry, { ...entry.snapshot, loading: true, failure: undefined });
  try {
    const { data } = await getFetchClient().get<RecordStatus>(path, { signal: controller.signal });
    if (controller.signal.aborted) return;
    publish(entry, { data, loading: false, failure: undefined });
  } catch (error) {
    if (controller.signal.aborted || isAbort(error)) return;
    publish(entry, { data: undefined, loading: false, failure: readFailure(error) });
  }
};

const subscribe = (path: string, listener: () => void): (() => void) => {
  const known = entries.get(path);
  const entry = known ?? {
    snapshot: LOADING,
    listeners: new Set<() => void>(),
    controller: new AbortController(),
  };
  entry.listeners.add(listener);
  if (!known) {
    entries.set(path, entry);
    void load(path, entry);
  }
  return () => {
    entry.listeners.delete(listener);
    if (entry.listeners.size > 0) return;
    entry.controller.abort();
    entries.delete(path);
  };
};

/** Asks again for a record's status, after something about it was changed. */
export const refreshRecord = (type: string, documentId: string): void => {
  const path = recordPath(type, documentId);
  const entry = entries.get(path);
  if (entry) void load(path, entry);
};

/** The governance status of one record; nothing is asked for while it is not saved yet. */
export const useRecordStatus = (
  type: string | undefined,
  documentId: string | undefined
): Snapshot => {
  const path = type && documentId ? recordPath(type, documentId) : null;

  const listen = React.useCallback(
    (listener: () => void) => (path === null ? () => undefined : subscribe(path, listener)),
    [path]
  );
  const snapshot = React.useCallback(() => {
    if (path === null) return NOTHING;
    return entries.get(path)?.snapshot ?? LOADING;
  }, [path]);

  return React.useSyncExternalStore(listen, snapshot);
};
