/** Of one form; a company has a few websites. */
export const MAX_ORIGINS = 20;
const MAX_LENGTH = 200;
/** Where developers try their forms. */
const LOCAL = new Set(['localhost', '127.0.0.1', '[::1]']);

/** Whether a text is an origin as browsers send it, of a page that nobody could have changed on its way. */
function isOrigin(value: unknown): boolean {
  if (typeof value !== 'string' || value.length > MAX_LENGTH) return false;
  try {
    const url = new URL(value);
    const safe = url.protocol === 'https:' || (url.protocol === 'http:' && LOCAL.has(url.hostname));
    return safe && url.origin === value;
  } catch {
    return false;
  }
}

/** What is wrong with the origins of a form, or `null`. */
export function originsProblem(value: unknown): string | null {
  if (!Array.isArray(value))
    return "must be a list of origins, such as ['https://www.example.com']";
  if (value.length > MAX_ORIGINS) return `must name at most ${MAX_ORIGINS} origins`;
  return value.every(isOrigin)
    ? null
    : "must consist of origins as browsers send them: 'https://', host and port, no path and no slash at the end; http of localhost alone";
}
