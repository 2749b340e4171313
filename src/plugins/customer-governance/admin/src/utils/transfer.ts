import { getFetchClient } from '@strapi/strapi/admin';

/** An answer that is no success, in the server's own words where it gave any. */
export class TransferFailed extends Error {
  constructor(
    message: string,
    readonly status: number
  ) {
    super(message);
    this.name = 'TransferFailed';
  }
}

interface Transfer {
  /** A path of the plugin's admin routes. */
  path: string;
  body: Blob | object;
  /** Told of the share that was sent, from 0 to 1. */
  onProgress?: (share: number) => void;
  signal?: AbortSignal;
}

export interface Received {
  content: Blob;
  /** As the server says the file is to be called. */
  name: string;
}

const UNAUTHORIZED = 401;

/** Where the server is, as the browser reaches it. */
export const serverAddress = (): string =>
  (window.strapi as unknown as { backendURL: string }).backendURL;

/** The token of the session, where Strapi's panel keeps it. */
const sessionToken = (): string => {
  const kept = localStorage.getItem('jwtToken');
  if (kept) return JSON.parse(kept) as string;
  const cookie = document.cookie.split('; ').find((part) => part.startsWith('jwtToken='));
  return cookie ? decodeURIComponent(cookie.slice('jwtToken='.length)) : '';
};

/** Sends once. Strapi's own client tells no progress, which only XMLHttpRequest does. */
const send = ({ path, body, onProgress, signal }: Transfer): Promise<XMLHttpRequest> =>
  new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open('POST', `${serverAddress()}${path}`);
    request.responseType = 'blob';
    request.withCredentials = true;
    request.setRequestHeader('Authorization', `Bearer ${sessionToken()}`);
    const raw = body instanceof Blob;
    request.setRequestHeader('Content-Type', raw ? 'application/octet-stream' : 'application/json');
    request.upload.onprogress = ({ loaded, total }) => onProgress?.(total > 0 ? loaded / total : 0);
    request.onload = () => resolve(request);
    request.onerror = () => reject(new TransferFailed('', 0));
    request.onabort = () => reject(new DOMException('Given up', 'AbortError'));
    signal?.addEventListener('abort', () => request.abort(), { once: true });
    // A blob would bring its own type along, and with it the name of a program of the user's.
    request.send(
      raw ? new Blob([body], { type: 'application/octet-stream' }) : JSON.stringify(body)
    );
  });

/** The server's own words for a refusal. */
const refusal = async (request: XMLHttpRequest): Promise<TransferFailed> => {
  try {
    const { error } = JSON.parse(await (request.response as Blob).text()) as {
      error: { message: string };
    };
    return new TransferFailed(error.message, request.status);
  } catch {
    return new TransferFailed('', request.status);
  }
};

const nameIn = (disposition: string | null): string => {
  const encoded = /filename\*=UTF-8''([^;]+)/.exec(disposition ?? '')?.[1];
  return encoded ? decodeURIComponent(encoded) : 'attachment';
};

/**
 * Sends a file or fetches one. A session that has run out is renewed once, by any call of Strapi's own client.
 * @throws TransferFailed, or an AbortError when it was given up.
 */
export async function transfer(order: Transfer): Promise<Received> {
  let request = await send(order);
  if (request.status === UNAUTHORIZED) {
    await getFetchClient().get('/admin/users/me');
    request = await send(order);
  }
  if (request.status < 200 || request.status > 299) throw await refusal(request);
  return {
    content: request.response as Blob,
    name: nameIn(request.getResponseHeader('Content-Disposition')),
  };
}

/** Hands a received file to the browser to keep. */
export function keep({ content, name }: Received): void {
  const address = URL.createObjectURL(content);
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  URL.revokeObjectURL(address);
}
