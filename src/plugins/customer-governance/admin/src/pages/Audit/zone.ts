import * as React from 'react';

/** The policy's time zone: days of the log are its days, wherever the reader sits. Undefined until it is known. */
export const ZoneContext = React.createContext<string | undefined>(undefined);

export const useZone = (): string | undefined => React.useContext(ZoneContext);
