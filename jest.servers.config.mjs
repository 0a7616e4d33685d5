// The suites that need real servers: `pnpm test:servers`. They are started before, and stopped after.
import config from './jest.config.mjs';

/** @type {import('jest').Config} */
export default {
  ...config,
  testMatch: ['<rootDir>/**/test/**/*.servers.test.ts'],
  testPathIgnorePatterns: ['/node_modules/'],
  globalSetup: '<rootDir>/servers/start-rgw.mjs',
  globalTeardown: '<rootDir>/servers/stop-rgw.mjs',
  testTimeout: 60_000,
};
