/** Why a whole file is refused; the word that the log has for it. */
export type FileFault =
  | 'empty'
  | 'encoding'
  | 'not-a-table'
  | 'old-workbook'
  | 'workbook'
  | 'size'
  | 'unpacked-size'
  | 'columns'
  | 'rows'
  | 'header'
  | 'gone';

/** A file that is not read at all. The message is for whoever sent it and quotes nothing of it. */
export class FileRefused extends Error {
  constructor(
    readonly fault: FileFault,
    message: string
  ) {
    super(message);
    this.name = 'FileRefused';
  }
}
