import * as React from 'react';

import { useFetchClient } from '@strapi/strapi/admin';

import { apiPath } from '../../api/paths';
import type { Duplicate, ExaminedEntry } from '../../api/standards';
import { isAbort, readFailure, type Failure } from '../../utils/errors';
import { knownBy, typedIn } from './typed';

/** After the last key: soon enough to help while one types, late enough not to ask at every letter. */
const PAUSE_MS = 500;
/** Looking for somebody counts and is written in the log: only once what was typed has come to rest. */
const REST_MS = 2500;

export interface Told {
  duplicates: Duplicate[];
  near: Duplicate[];
}

interface Examination {
  examined: ExaminedEntry | undefined;
  failure: Failure | undefined;
  /** Files that are there already or alike, of a new customer. */
  told: Told | undefined;
}

const usePause = <Value>(value: Value, pause: number): Value => {
  const [settled, setSettled] = React.useState(value);
  React.useEffect(() => {
    const timer = setTimeout(() => setSettled(value), pause);
    return () => clearTimeout(timer);
  }, [pause, value]);
  return settled;
};

/** Asks the server what the form comes to while somebody fills it in; nothing is saved by it. */
export const useExamination = (
  values: Readonly<Record<string, unknown>>,
  documentId: string | null
): Examination => {
  const { post } = useFetchClient();
  const [examined, setExamined] = React.useState<ExaminedEntry>();
  const [failure, setFailure] = React.useState<Failure>();
  const [told, setTold] = React.useState<Told>();
  const typed = usePause(values, PAUSE_MS);

  React.useEffect(() => {
    const controller = new AbortController();
    const body = { documentId, data: typedIn(typed) };
    post<ExaminedEntry>(apiPath('/customers/examine'), body, { signal: controller.signal })
      .then(({ data }) => {
        if (controller.signal.aborted) return;
        setExamined(data);
        setFailure(undefined);
      })
      .catch((error: unknown) => {
        if (!controller.signal.aborted && !isAbort(error)) setFailure(readFailure(error));
      });
    return () => controller.abort();
  }, [documentId, post, typed]);

  const asked = usePause(documentId === null ? knownBy(values) : null, REST_MS);
  const latest = React.useRef(values);
  latest.current = values;
  React.useEffect(() => {
    setTold(undefined);
    if (asked === null) return;
    const controller = new AbortController();
    const body = { documentId: null, data: typedIn(latest.current), duplicates: true };
    post<ExaminedEntry>(apiPath('/customers/examine'), body, { signal: controller.signal })
      .then(({ data: { duplicates, near } }) => {
        if (!controller.signal.aborted && duplicates && near) setTold({ duplicates, near });
      })
      // The first question says what is wrong; saving looks for files that are there already in any case.
      .catch(() => undefined);
    return () => controller.abort();
  }, [asked, post]);

  return { examined, failure, told };
};
