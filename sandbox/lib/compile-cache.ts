import { join } from 'node:path';

/**
 * Where Node keeps the sources it has stripped and compiled, so that the hundreds of processes a test run starts do not
 * each compile them again. Node compares the source before it uses an entry, so an edit is always seen.
 */
export const compileCache = join(import.meta.dirname, '..', '..', 'node_modules', '.cache', 'compile');
