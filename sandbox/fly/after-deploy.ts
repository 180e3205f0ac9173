/** Something that happens to an app after a deploy. */
interface Due {
  readonly afterLists: number;
  readonly act: () => void;
}

/**
 * What happens to an app after flyctl has finished its deploy. It is counted by the action's own lists of the machines
 * and not by a clock, so that a test which expects the action to see something in its second list never races with it.
 */
export class AfterDeploy {
  #due: Due[] = [];
  /** Lists since the deploy finished; undefined before that. */
  #lists: number | undefined;

  /** Does something after so many lists; 0: as soon as the deploy has finished, before the first list. */
  add(afterLists: number, act: () => void): void {
    this.#due.push({ afterLists, act });
  }

  /** A deploy made its release. What an earlier one left for later does not happen any more. */
  deployStarted(): void {
    this.#due = [];
    this.#lists = undefined;
  }

  /** flyctl marked its release as complete, failed, or interrupted. */
  deployFinished(): void {
    this.#lists = 0;
    this.#run(0);
  }

  /** The action has listed the machines, and got its answer. */
  listed(): void {
    if (this.#lists !== undefined) this.#run(++this.#lists);
  }

  #run(lists: number): void {
    const due = this.#due.filter(({ afterLists }) => afterLists <= lists);
    this.#due = this.#due.filter(({ afterLists }) => afterLists > lists);
    for (const { act } of due) act();
  }
}
