/** The flow of design and code: document -> sources -> bindings -> evaluate -> decide -> ledger -> report. */
const PURE =
  '^src/(model|kit|sources|catalogue|bindings|evaluate|decide|redact|report|repair/plan|ledger/(tree|note|tiles))/';
const EFFECTS =
  '^(node:)?(fs|net|http|https|child_process|worker_threads|dns|os|process|tls|dgram|readline|perf_hooks)(/promises)?$';

module.exports = {
  forbidden: [
    {
      name: 'no-cycles',
      comment: 'Data flows one way.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'model-is-the-ground',
      comment: 'The words of the project depend on nothing but the kit.',
      severity: 'error',
      from: { path: '^src/model/' },
      to: { pathNot: '^src/(model|kit)/', dependencyTypesNot: ['npm', 'core'] },
    },
    {
      name: 'kit-has-no-domain',
      severity: 'error',
      from: { path: '^src/kit/' },
      to: { path: '^src/(?!kit/)' },
    },
    {
      name: 'pure-middle',
      comment: 'No disk, no network, no processes, no clock between the door and the ledger.',
      severity: 'error',
      from: { path: PURE, pathNot: '^src/kit/(worker-file|sqlite-file)[.]ts$' },
      to: { path: EFFECTS, dependencyTypes: ['core'] },
    },
    {
      name: 'sources-are-strangers',
      comment: 'An adapter of a family knows its port and the rooms they share, not its siblings.',
      severity: 'error',
      from: { path: '^src/sources/([^/]+)/' },
      to: { path: '^src/sources/([^/]+)/', pathNot: '^src/sources/$1/' },
    },
    {
      name: 'reports-are-strangers',
      severity: 'error',
      from: { path: '^src/report/([^/]+)/' },
      to: { path: '^src/report/([^/]+)/', pathNot: '^src/report/$1/' },
    },
    {
      name: 'catalogue-families-are-strangers',
      severity: 'error',
      from: { path: '^src/catalogue/(?!live/)([^/]+)/' },
      to: { path: '^src/catalogue/([^/]+)/', pathNot: '^src/catalogue/$1/' },
    },
    {
      name: 'restatements-are-strangers',
      comment:
        'What one cloud answers is told without a look at the others, nor at the facts that are made of it.',
      severity: 'error',
      from: { path: '^src/catalogue/live/(aws|azure|google)/' },
      to: { path: '^src/catalogue/([^/]+)/', pathNot: '^src/catalogue/live/($1/|[^/]+$)' },
    },
    {
      name: 'one-door-to-the-database',
      severity: 'error',
      from: { pathNot: '^src/((ledger|store)/|kit/sqlite-file)' },
      to: { path: 'node_modules/(libsql|kysely|pg)/' },
    },
    {
      name: 'one-door-to-the-clouds',
      comment: 'SDKs of clouds belong to the adapters.',
      severity: 'error',
      from: { pathNot: '^src/clouds/' },
      to: {
        path: 'node_modules/(@aws-sdk|@smithy|@azure|@google-cloud|google-auth-library|@kubernetes)/',
      },
    },
    {
      name: 'clouds-are-strangers',
      comment: 'An adapter knows the port and the rooms they share, not its siblings.',
      severity: 'error',
      from: { path: '^src/clouds/(aws|azure|google|kubernetes|terraform-state|json-lines)/' },
      to: {
        path: '^src/clouds/(aws|azure|google|kubernetes|terraform-state|json-lines)/',
        pathNot: '^src/clouds/$1/',
      },
    },
    {
      name: 'clouds-do-not-judge',
      severity: 'error',
      from: { path: '^src/clouds/' },
      to: { path: '^src/(evaluate|decide|ledger|report|http|cli|engine|sweep|repair|store)/' },
    },
    {
      name: 'one-door-to-wasi',
      severity: 'error',
      from: { pathNot: '^src/engine/toolchain/' },
      to: { path: 'node_modules/@bjorn3/browser_wasi_shim/' },
    },
    {
      name: 'no-stage-knows-a-later-one',
      severity: 'error',
      from: { path: '^src/(sources|catalogue|bindings)/' },
      to: { path: '^src/(evaluate|decide|ledger|report|http|cli|engine)/' },
    },
    {
      name: 'judging-knows-no-door',
      severity: 'error',
      from: { path: '^src/(evaluate|decide|engine|ledger|report|sweep|repair|store|clouds)/' },
      to: { path: '^src/(http|cli)/' },
    },
    {
      name: 'the-verifier-is-alone',
      comment: 'It shares no code with what wrote the log, so that it cannot share its mistakes.',
      severity: 'error',
      from: { path: '^src/verify/' },
      to: { pathNot: '^src/verify/|^(node:)?(crypto|fs|path)$' },
    },
    {
      name: 'doors-do-not-compose',
      comment: 'HTTP gets a gateway; it never builds one.',
      severity: 'error',
      from: { path: '^src/http/' },
      to: { path: '^src/(compose[.]ts|cli/)' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      extensions: ['.ts', '.js', '.json'],
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default'],
    },
  },
};
