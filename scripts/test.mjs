// npm test: the whole suite, or what the arguments name (npm test -- test/unit/config). The last line counts.
import { setUp } from './setup.mjs';
import { close, runTests } from './vitest.mjs';

// --no-setup: on another Node than the one that installed and built.
const parameters = process.argv.slice(2);
if (!parameters.includes('--no-setup')) setUp();

close(runTests(parameters.filter((parameter) => parameter !== '--no-setup')));
