/** Ends a script with the error's message and those of its causes; the stack only where the cause is a programming error. */
export function fail(error) {
  for (let cause = error; cause; cause = cause.cause) {
    console.error(cause === error ? `\n${cause.message}` : (cause.stack ?? cause));
  }
  process.exit(1);
}
