/**
 * The order of work that runs at the same time. Each piece keeps its effects, such as the lines that it logs, until its turn
 * comes. From then on, they happen at once.
 */
export class Turn {
  readonly #come = Promise.withResolvers<void>();
  #kept: (() => void)[] | undefined = [];

  /** Resolves when the turn has come. */
  get hasCome(): Promise<void> {
    return this.#come.promise;
  }

  do(effect: () => void): void {
    if (this.#kept === undefined) effect();
    else this.#kept.push(effect);
  }

  /** The turn has come. */
  come(): void {
    const kept = this.#kept ?? [];
    this.#kept = undefined;
    for (const effect of kept) effect();
    this.#come.resolve();
  }
}
