import type { CheckedMachine } from './compare.ts';

/**
 * Machines that a bluegreen deploy has marked as replaced and left behind (flyctl, strategy_bluegreen.go): a deploy over them
 * fails for ever, or doubles the fleet.
 */
export const leftoverOf = (machines: readonly CheckedMachine[]): string[] =>
  machines
    .filter(({ bluegreenTag, runsImage }) => bluegreenTag === 'safe_to_destroy' && !runsImage)
    .map(({ id }) => id);

/** What to do about them. `flyctl`'s own advice, `--image=…`, asks a question that a script cannot answer. */
export const leftoverFix = (app: string, ids: readonly string[]): string =>
  `do not deploy again first. Destroy what the bluegreen deploy left behind, and the others run the image:\n${destroyLine(app, ids)}`;

/** The command that takes machines away, whatever state they are in. */
export const destroyLine = (app: string, ids: readonly string[]): string =>
  `fly machine destroy --force -a ${app} ${ids.filter((id) => /^[a-z0-9]+$/i.test(id)).join(' ')}`;
