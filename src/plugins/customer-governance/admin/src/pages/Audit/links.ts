import type { ActorRef } from '../../api/types';
import { PANEL_PATH } from '../../pluginId';
import { dayOf } from './filters';

const page = (query: Record<string, string>): string =>
  `${PANEL_PATH}/audit?${new URLSearchParams(query).toString()}`;

/** An account as the filters write it. */
export const actorValue = ({ kind, id }: ActorRef): string => `${kind}:${id}`;

/** The whole history of a record. */
export const historyLink = (recordId: string): string => page({ tab: 'history', recordId });

/** A person's day; that of an entry by the reader's clock. */
export const dayLink = (actor: ActorRef, at: string): string =>
  page({ tab: 'day', actor: actorValue(actor), day: dayOf(new Date(at)) });
