/**
 * What a statement to the database was refused with; undefined when it was carried out. To be asked instead of
 * `rejects.toThrow`: errors of better-sqlite3 are those of the first test file of a worker, and no errors in the eyes of
 * the next one.
 */
export async function refusalOf(statement: PromiseLike<unknown>): Promise<string | undefined> {
  try {
    await statement;
    return undefined;
  } catch (error) {
    return String((error as Error).message);
  }
}
