// One config for the whole workspace. `--rootDir .` narrows it to one package.
const conditions = ['@live-mem/source', 'node', 'node-addons'];

/** @type {import('jest').Config} */
export default {
  testEnvironment: 'node',
  // Jest leaves one core idle by default; on a two-core machine that is half of it.
  maxWorkers: '100%',
  // Workspace imports resolve to ./src, so tests need no build.
  testEnvironmentOptions: { customExportConditions: conditions },
  testMatch: ['<rootDir>/**/test/**/*.test.ts'],
  testPathIgnorePatterns: ['/node_modules/', '\\.servers\\.test\\.ts$'],
  modulePathIgnorePatterns: ['/dist/'],
  extensionsToTreatAsEsm: ['.ts'],
  transform: {
    '\\.ts$': [
      '@swc/jest',
      {
        swcrc: false,
        sourceMaps: 'inline',
        module: { type: 'es6' },
        jsc: {
          target: 'es2024',
          keepClassNames: true,
          parser: { syntax: 'typescript' },
        },
      },
    ],
  },
  collectCoverageFrom: ['<rootDir>/**/src/**/*.ts', '!**/*.d.ts', '!**/main.ts'],
  coverageProvider: 'babel',
};
