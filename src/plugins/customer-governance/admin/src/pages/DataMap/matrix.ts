import type { MappedType } from '../../api/dataMap';
import type { Category, Level } from '../../api/vocabulary';

/** What the table is narrowed to; `null`: to nothing. */
export interface Cell {
  category: Category;
  level: Level;
}

/** How many attributes there are of each category and level, by `category/level`. */
export function countsOf(types: readonly MappedType[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { category, level } of types.flatMap(({ attributes }) => attributes)) {
    const key = `${category}/${level}`;
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return counts;
}

/** The attributes of one cell of the matrix; types without any are left out. */
export function narrowed(types: readonly MappedType[], cell: Cell | null): MappedType[] {
  if (cell === null) return [...types];
  return types
    .map((type) => ({
      ...type,
      attributes: type.attributes.filter(
        ({ category, level }) => category === cell.category && level === cell.level
      ),
    }))
    .filter(({ attributes }) => attributes.length > 0);
}
