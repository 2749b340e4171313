import * as React from 'react';

import { useFetchClient } from '@strapi/strapi/admin';

import { isAbort, readFailure, type Failure } from '../utils/errors';

export interface Resource<Data> {
  data: Data | undefined;
  loading: boolean;
  failure: Failure | undefined;
  reload: () => void;
}

interface State<Data> {
  path: string | null;
  data: Data | undefined;
  loading: boolean;
  failure: Failure | undefined;
}

/**
 * Fetches a path and keeps its state; a null path fetches nothing. What is already there stays
 * visible while it is reloaded, and an answer that comes after its question was dropped is ignored.
 */
export const useResource = <Data>(path: string | null): Resource<Data> => {
  const { get } = useFetchClient();
  const [attempt, setAttempt] = React.useState(0);
  const [state, setState] = React.useState<State<Data>>({
    path,
    data: undefined,
    loading: path !== null,
    failure: undefined,
  });

  React.useEffect(() => {
    if (path === null) {
      setState({ path, data: undefined, loading: false, failure: undefined });
      return;
    }
    const controller = new AbortController();
    setState((previous) => ({
      path,
      data: previous.path === path ? previous.data : undefined,
      loading: true,
      failure: undefined,
    }));
    get<Data>(path, { signal: controller.signal })
      .then(({ data }) => {
        if (controller.signal.aborted) return;
        setState({ path, data, loading: false, failure: undefined });
      })
      .catch((error: unknown) => {
        if (controller.signal.aborted || isAbort(error)) return;
        setState((previous) => ({ ...previous, loading: false, failure: readFailure(error) }));
      });
    return () => controller.abort();
  }, [attempt, get, path]);

  const reload = React.useCallback(() => setAttempt((count) => count + 1), []);
  // Between the change of the path and its effect the old answer must not be shown for the new question.
  const current = state.path === path;
  return {
    data: current ? state.data : undefined,
    loading: current ? state.loading : path !== null,
    failure: current ? state.failure : undefined,
    reload,
  };
};
