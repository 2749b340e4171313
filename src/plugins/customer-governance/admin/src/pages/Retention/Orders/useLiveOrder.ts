import * as React from 'react';

import { useFetchClient } from '@strapi/strapi/admin';

import { apiPath } from '../../../api/paths';
import type { DestructionOrderView } from '../../../api/types';
import { orderApi } from './paths';

const EVERY_MS = 2000;

/** An order as it is now: asked for anew every two seconds while the server carries it out. */
export const useLiveOrder = (
  order: DestructionOrderView,
  onEnded: () => void
): DestructionOrderView => {
  const { get } = useFetchClient();
  const [seen, setSeen] = React.useState<{ of: DestructionOrderView; now: DestructionOrderView }>();
  const current = seen && seen.of === order ? seen.now : order;
  const running = current.state === 'executing';
  const ended = React.useRef(onEnded);
  ended.current = onEnded;

  React.useEffect(() => {
    if (!running) return undefined;
    let dropped = false;
    const timer = window.setInterval(() => {
      if (document.visibilityState !== 'visible') return;
      get<DestructionOrderView>(apiPath(orderApi(order.documentId)))
        .then(({ data }) => {
          if (dropped) return;
          setSeen({ of: order, now: data });
          if (data.state !== 'executing') ended.current();
        })
        // The next question may be answered.
        .catch(() => undefined);
    }, EVERY_MS);
    return () => {
      dropped = true;
      window.clearInterval(timer);
    };
  }, [get, order, running]);

  return current;
};
