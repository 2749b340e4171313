import * as React from 'react';

import { getFetchClient } from '@strapi/strapi/admin';
import { useLocation } from 'react-router-dom';

import { apiPath } from '../api/paths';
import type { NotificationCounts } from '../api/types';

const EVERY_MS = 2 * 60 * 1000;
/** Moving between pages asks anew, but not more often than this. */
const FRESH_MS = 5 * 1000;

// One answer for the menu, the navigation and the page: they show the same numbers, and ask once.
let counts: NotificationCounts = { unread: 0, waiting: 0, findings: 0, tasks: 0 };
let askedAt = 0;
const listeners = new Set<() => void>();

const subscribe = (listener: () => void): (() => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};

/**
 * Asks the server for the numbers. A failure leaves them as they are: the next time asks again. The question belongs to no
 * component, since that which asks may be gone before the answer comes.
 */
export const refreshCounts = (): void => {
  askedAt = Date.now();
  getFetchClient()
    .get<NotificationCounts>(apiPath('/notifications/counts'))
    .then(({ data }) => {
      const names = Object.keys(counts) as (keyof NotificationCounts)[];
      if (names.every((name) => data[name] === counts[name])) return;
      counts = data;
      listeners.forEach((listener) => listener());
    })
    .catch(() => undefined);
};

/** What is unread and what waits for the user. */
export const useNotificationCounts = (): NotificationCounts =>
  React.useSyncExternalStore(subscribe, () => counts);

/** Keeps the numbers fresh: with every page that is opened, and now and then while the panel is looked at. */
export const useFreshCounts = (): void => {
  const { pathname } = useLocation();

  React.useEffect(() => {
    if (Date.now() - askedAt > FRESH_MS) refreshCounts();
  }, [pathname]);

  React.useEffect(() => {
    const timer = window.setInterval(() => {
      if (document.visibilityState === 'visible') refreshCounts();
    }, EVERY_MS);
    return () => window.clearInterval(timer);
  }, []);
};
