import { join } from 'node:path';

/**
 * Where Node caches stripped and compiled sources, so that the hundreds of processes of a test run do not each compile them
 * again. Node compares the source before it uses an entry, so an edit always takes effect.
 */
export const compileCache = join(import.meta.dirname, '..', '..', 'node_modules', '.cache', 'compile');
