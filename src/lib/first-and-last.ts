/** A list that keeps no more than a number of items: the first half of that, and the newest. */
export interface FirstAndLast<T> {
  add(item: T): void;
  /** In their order. */
  readonly kept: readonly T[];
  /** How many were left out of the middle. */
  readonly omitted: number;
}

/** @param most an even number. */
export function firstAndLast<T>(most: number): FirstAndLast<T> {
  const half = most / 2;
  const first: T[] = [];
  const last: T[] = [];
  let count = 0;
  return {
    add: (item) => {
      count++;
      if (first.length < half) {
        first.push(item);
        return;
      }
      last.push(item);
      // In blocks, because removing each first item of a long list takes time.
      if (last.length >= 2 * half) last.splice(0, half);
    },
    get kept() {
      return [...first, ...last.slice(-half)];
    },
    get omitted() {
      return Math.max(0, count - 2 * half);
    },
  };
}
