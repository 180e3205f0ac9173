/** An event of an app after a deploy. */
interface Due {
  readonly afterLists: number;
  readonly act: () => void;
}

/**
 * Events of an app after flyctl has finished its deploy. The number of the action's own lists of machines triggers them
 * instead of a clock, so that a test that expects something in the action's second list is never a race.
 */
export class AfterDeploy {
  #due: Due[] = [];
  /** Lists since the deploy finished; undefined before that. */
  #lists: number | undefined;

  /** Calls a function after this number of lists. 0: as soon as the deploy has finished, before the first list. */
  add(afterLists: number, act: () => void): void {
    this.#due.push({ afterLists, act });
  }

  /** A deploy made its release. Pending events of an earlier deploy are dropped. */
  deployStarted(): void {
    this.#due = [];
    this.#lists = undefined;
  }

  /** flyctl marked its release as complete, failed, or interrupted. */
  deployFinished(): void {
    this.#lists = 0;
    this.#run(0);
  }

  /** The action has received a list of machines. */
  listed(): void {
    if (this.#lists !== undefined) this.#run(++this.#lists);
  }

  #run(lists: number): void {
    const due = this.#due.filter(({ afterLists }) => afterLists <= lists);
    this.#due = this.#due.filter(({ afterLists }) => afterLists > lists);
    for (const { act } of due) act();
  }
}
