/** As much of node-postgres as the application's configuration sets. */
declare module 'pg' {
  const pg: {
    defaults: { parseInputDatesAsUTC?: boolean };
    types: {
      builtins: { TIMESTAMP: number };
      setTypeParser(type: number, parse: (text: string) => unknown): void;
    };
  };
  export default pg;
}
