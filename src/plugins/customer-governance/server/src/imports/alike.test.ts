import type { Duplicate } from '../customers/duplicates/telling';
import { likeFiles } from './alike';
import { counted, warned, type Note, type Outcome } from './outcome';
import { NO_COUNTS } from './runs';

const file = (filingNumber: string | null, department: string | null): Duplicate => ({
  key: 'company-core',
  attribute: 'companyName',
  filingNumber,
  department,
});
const row = (notes: Note[]): Outcome => ({ row: 2, state: 'good', notes, data: {} });
const finding = { attribute: 'companyName', reason: 'look at it' };

describe('a row whose company is alike one on file', () => {
  it('is told under which number and in which department that is', () => {
    expect(likeFiles([file('K-1', 'Sales East')])).toBe(
      'looks like a company that is on file already (filing number K-1, department Sales East). Compare the two before you import it'
    );
    expect(likeFiles([file('K-1', 'Sales East'), file(null, null)])).toBe(
      'looks like companies that are on file already (filing number K-1, department Sales East; not filed yet, of no department). Compare them before you import it'
    );
  });

  it('stays good and is counted as nothing else', () => {
    const outcome = warned(row([]), [finding]);
    expect(outcome).toMatchObject({ state: 'good', data: {} });
    expect(counted(NO_COUNTS, [outcome])).toEqual({ ...NO_COUNTS, rows: 1, good: 1 });
  });

  it('is told so however much else is told of it', () => {
    const normalised: Note = { attribute: 'mobile', kind: 'normalised', reason: '' };
    const { notes } = warned(row(Array<Note>(40).fill(normalised)), [finding]);
    expect(notes).toHaveLength(40);
    expect(notes[0]).toEqual({ ...finding, kind: 'warning' });
  });
});
