import { takeCoverage } from 'node:v8';
import { afterAll } from '@jest/globals';

// Writes the coverage while the modules of the test file are in memory. After it they are garbage, and so are V8's counts.
afterAll(() => takeCoverage());
