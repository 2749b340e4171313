/** The server begins each refusal with the attribute's name; under the attribute's own label it need not be repeated. */
export const ownError = (name: string, error: string | undefined): string | undefined => {
  const prefix = [`${name}: `, `${name}：`].find((each) => error?.startsWith(each));
  if (!error || prefix === undefined) return error;
  const reason = error.slice(prefix.length);
  return reason.charAt(0).toUpperCase() + reason.slice(1);
};
