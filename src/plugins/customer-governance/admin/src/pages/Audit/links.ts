import type { ActorRef } from '../../api/types';
import { PANEL_PATH } from '../../pluginId';
import { dayIn } from './filters';

const page = (query: Record<string, string>): string =>
  `${PANEL_PATH}/audit?${new URLSearchParams(query).toString()}`;

/** An account as the filters write it. */
export const actorValue = ({ kind, id }: ActorRef): string => `${kind}:${id}`;

/** The whole history of a record. */
export const historyLink = (recordId: string): string => page({ tab: 'history', recordId });

/** The entries of a record of one action, each with the proof of its place in the log. */
export const entryLink = (recordId: string, action: string): string =>
  page({ tab: 'entries', recordId, action });

/** A person's day; that of an entry in the policy's time zone, by which the day is shown. */
export const dayLink = (actor: ActorRef, at: string, timezone: string | undefined): string =>
  page({ tab: 'day', actor: actorValue(actor), day: dayIn(timezone, new Date(at)) });
