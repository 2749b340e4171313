/** The server's address of something of an order. */
export const orderApi = (documentId: string, what = ''): string =>
  `/destruction-orders/${encodeURIComponent(documentId)}${what && `/${what}`}`;

export const taskApi = (documentId: string, what: string): string =>
  `/destruction-tasks/${encodeURIComponent(documentId)}/${what}`;
