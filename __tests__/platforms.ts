import { test } from '@jest/globals';

/**
 * A test that runs on Linux and macOS only.
 *
 * @param reason what it needs that Windows does not have. Windows lists the test as skipped, with this reason.
 */
export function onPosix(reason: string): typeof test {
  if (process.platform !== 'win32') return test;
  const skip = (name: string, ...rest: unknown[]) =>
    (test.skip as (...args: unknown[]) => void)(`${name} (not on Windows: ${reason})`, ...rest);
  const each =
    (...table: unknown[]) =>
    (name: string, ...rest: unknown[]) =>
      (test.skip.each as (...args: unknown[]) => (...args: unknown[]) => void)(...table)(
        `${name} (not on Windows: ${reason})`,
        ...rest,
      );
  return Object.assign(skip, { each }) as unknown as typeof test;
}
