/** Texts that are small enough together, and how many did not fit. */
export interface Fitting<T> {
  readonly texts: readonly string[];
  /** The items of the texts, in the same order. */
  readonly items: readonly T[];
  readonly omitted: number;
}

/**
 * As many texts as there is room for: one for each item, in the order of the items if all fit. If not, items with a problem come
 * first, so that the others are left out.
 *
 * @param isFine whether an item has no problem. @param room for all texts, in the unit of `sizeOf`.
 */
export function fitting<T>(
  items: readonly T[],
  isFine: (item: T) => boolean,
  textOf: (item: T) => string,
  sizeOf: (text: string) => number,
  room: number,
): Fitting<T> {
  const order = [...items.keys()].map((place) => ({ place, item: items[place] as T }));
  order.sort((a, b) => Number(isFine(a.item)) - Number(isFine(b.item)));
  const kept: { readonly place: number; readonly item: T; readonly text: string }[] = [];
  let left = room;
  for (const { place, item } of order) {
    const text = textOf(item);
    left -= sizeOf(text);
    if (left < 0) break;
    kept.push({ place, item, text });
  }
  const omitted = items.length - kept.length;
  if (omitted === 0) kept.sort((a, b) => a.place - b.place);
  return { texts: kept.map(({ text }) => text), items: kept.map(({ item }) => item), omitted };
}
