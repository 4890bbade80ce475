import fc from 'fast-check';

// For every property test, in Node and in the browser: vitest.config.ts says which seed.
fc.configureGlobal({ seed: Number(import.meta.env['FC_SEED']) });
