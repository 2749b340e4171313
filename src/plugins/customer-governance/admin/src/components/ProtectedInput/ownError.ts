/**
 * The server begins each refusal with the attribute, by its name or its label; under the attribute's own label it need not be
 * repeated.
 */
export const ownError = (
  name: string,
  label: string,
  error: string | undefined
): string | undefined => {
  const prefix = [`${name}: `, `${name}：`, `${label}：`].find((each) => error?.startsWith(each));
  if (!error || prefix === undefined) return error;
  const reason = error.slice(prefix.length);
  return reason.charAt(0).toUpperCase() + reason.slice(1);
};
