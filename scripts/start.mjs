// npm start: the gate, with everything it needs made first. It runs in this very process, so that signals and the exit
// code are its own.
import { setUp } from './setup.mjs';

setUp();
await import(new URL('../dist/server.js', import.meta.url).href);
