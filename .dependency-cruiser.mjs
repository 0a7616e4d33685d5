// Arrows point inward: apps -> wiring -> (stores, consolidators, tools) -> core.
/** @type {import('dependency-cruiser').IConfiguration} */
export default {
  forbidden: [
    {
      name: 'core-is-pure',
      comment: 'core imports itself and a short list of pure libraries',
      severity: 'error',
      from: { path: '^packages/core/src' },
      to: {
        pathNot: [
          '^packages/core/src',
          '^mdast$',
          'node_modules/(zod|yaml|mdast-util-[^/]+|micromark[^/]*|@noble/hashes|@scure/base|diff)/',
        ],
      },
    },
    {
      name: 'inner-packages-know-only-core',
      severity: 'error',
      from: { path: '^packages/(?!wiring/)([^/]+)/' },
      to: { path: '^(packages|apps)/', pathNot: ['^packages/core/', '^packages/$1/'] },
    },
    {
      name: 'apps-know-wiring-tools-and-core',
      severity: 'error',
      from: { path: '^apps/' },
      to: { path: '^packages/', pathNot: '^packages/(wiring|tools|core)/' },
    },
    {
      name: 'apps-are-leaves',
      severity: 'error',
      from: { path: '^(?:packages/[^/]+|apps/([^/]+))/' },
      to: { path: '^apps/', pathNot: '^apps/$1/' },
    },
    {
      name: 'container-only-in-wiring',
      severity: 'error',
      from: { path: '^(packages/(?!wiring/)|apps/)' },
      to: { path: 'node_modules/(inversify|reflect-metadata)/' },
    },
    {
      name: 'no-deep-imports',
      comment: 'a package is used through its entries, never through another file inside it',
      severity: 'error',
      from: { path: '^(packages|apps|examples)/([^/]+)/' },
      to: {
        path: '^packages/[^/]+/src/',
        pathNot: ['^packages/[^/]+/src/index\\.ts$', '^packages/core/src/(memory|store|testing)\\.ts$', '^$1/$2/'],
      },
    },
    { name: 'no-circular', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'no-unresolvable',
      comment: 'mdast is types alone (@types/mdast)',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true, pathNot: '^mdast$' },
    },
    {
      name: 'only-declared-dependencies',
      severity: 'error',
      from: { path: '/src/' },
      to: { dependencyTypes: ['npm-no-pkg', 'npm-unknown', 'npm-dev'] },
    },
  ],
  options: {
    parser: 'swc', // typescript 7 has no compiler API for it to use
    tsPreCompilationDeps: true, // type-only imports count
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '/dist/' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['@live-mem/source', 'import', 'node', 'default'],
      extensions: ['.ts', '.js', '.mjs', '.json'],
    },
  },
};
