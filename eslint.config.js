import hooks from 'eslint-plugin-react-hooks'
import tseslint from 'typescript-eslint'

/** Which rooms a room must not reach into, as sentences. `types: true` still allows `import type`. */
const door = (files, ...rules) => ({
  files,
  rules: {
    '@typescript-eslint/no-restricted-imports': [
      'error',
      {
        patterns: rules.map(({ regex, message, types }) => ({
          regex,
          message,
          allowTypeImports: types === true,
        })),
      },
    ],
  },
})
const no = (regex, message, types) => ({ regex, message, types })

const serverRooms = [
  'access',
  'audit',
  'cli',
  'exports',
  'http',
  'imports',
  'ingest',
  'jobs',
  'registrations',
  'reports',
  'rosters',
  'storage',
  'zoom',
]
const into = (rooms) => `^(\\.\\./)+(${rooms.join('|')})/`
/** The other rooms of the server are closed, but for those in `open` and, by their types, those in `types`. */
const closed = (message, { own, open = [], types = [] }) => [
  no(into(serverRooms.filter((name) => ![...own, ...open, ...types].includes(name))), message),
  ...(types.length === 0 ? [] : [no(into(types), `Only types may come from there. ${message}`, true)]),
]

const noExpress = no(
  '^(express|helmet|compression)$',
  'Express lives in server/http. Return a value and let a route answer.',
)
const noSql = no(
  '^(pg|pg-copy-streams|kysely)$',
  'SQL lives in server/storage. Declare a port in your room and let storage implement it.',
)
const noTest = no('/test/', 'The product never imports from test/.')
const noClient = no('/client/', 'The panel and the server meet in shared/wire only.')
const noServer = no('/server/', 'shared/ runs in the browser too, so it knows no server.')
const noNode = no('^node:', 'This runs in the browser too. Let the server read and write.')
const onlyTypes = (...rooms) =>
  no(into(rooms), `Only the types of shared/${rooms.join(' and shared/')} may be used here.`, true)
const pure = 'shared/attendance is pure: it imports nothing but itself. Pass what you need as an argument.'
const noShared = (...rooms) =>
  no(into(rooms), 'This room of shared/ does not know that one. Let the caller bring the two together.')

export default tseslint.config(
  { ignores: ['dist/', 'node_modules/', 'test/zoom/page/**', 'scripts/**/*.mjs'] },
  ...tseslint.configs.recommendedTypeChecked,
  {
    languageOptions: {
      parserOptions: {
        projectService: { allowDefaultProject: ['eslint.config.js'] },
        tsconfigRootDir: import.meta.dirname,
      },
    },
    rules: {
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@typescript-eslint/restrict-template-expressions': [
        'error',
        { allowNumber: true, allowBoolean: true },
      ],
      // Our objects are made of closures; their methods know no `this` that could be lost.
      '@typescript-eslint/unbound-method': 'off',
      eqeqeq: 'error',
      'no-console': 'error',
    },
  },
  { files: ['eslint.config.js'], ...tseslint.configs.disableTypeChecked },
  {
    files: ['client/**/*.tsx'],
    plugins: { 'react-hooks': hooks },
    rules: { 'react-hooks/rules-of-hooks': 'error' },
  },
  { files: ['test/**', 'scripts/**', 'server/cli/**', 'server/main.ts'], rules: { 'no-console': 'off' } },
  {
    files: ['test/**'],
    rules: {
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
    },
  },
  door(['shared/attendance/*.ts'], no('^\\.\\./|^[^.]', pure)),
  door(['shared/attendance/*/*.ts'], no('^(\\.\\./){2}|^[^.]', pure)),
  door(
    ['shared/files/**'],
    onlyTypes('attendance', 'wire'),
    noShared('words'),
    noServer,
    noClient,
    noTest,
    noNode,
  ),
  door(
    ['shared/wire/**'],
    onlyTypes('attendance'),
    noShared('files', 'words'),
    noServer,
    noClient,
    noTest,
    noNode,
  ),
  door(
    ['shared/words/**'],
    onlyTypes('attendance', 'wire', 'files', 'people'),
    noServer,
    noClient,
    noTest,
    noNode,
  ),
  door(['shared/people/**'], noShared('wire'), noServer, noClient, noTest, noNode),
  door(
    ['server/zoom/**'],
    ...closed(
      'server/zoom translates for the other rooms and knows none of them; it imports from shared/ only.',
      {
        own: ['zoom'],
      },
    ),
    noExpress,
    noSql,
    noClient,
    noTest,
  ),
  door(
    ['server/storage/**'],
    ...closed('Storage knows other rooms by the types of their ports only.', {
      own: ['storage'],
      types: [
        ...['access', 'audit', 'exports', 'imports', 'ingest', 'jobs', 'registrations', 'reports'],
        ...['rosters', 'zoom'],
      ],
    }),
    noExpress,
    noClient,
    noTest,
  ),
  ...['access', 'audit', 'jobs'].map((name) =>
    door(
      [`server/${name}/**`],
      ...closed(`server/${name} stands alone: declare a port here and let rollbook.ts pass the real part.`, {
        own: [name],
      }),
      noExpress,
      noSql,
      noClient,
      noTest,
    ),
  ),
  door(
    ['server/exports/**'],
    ...closed('server/exports makes text of the rows it is given; it imports from shared/ only.', {
      own: ['exports'],
    }),
    no('^node:', 'No input or output happens in server/exports. Yield text and let server/http stream it.'),
    noExpress,
    noSql,
    noClient,
    noTest,
  ),
  ...['ingest', 'registrations', 'reports', 'rosters'].map((name) =>
    door(
      [`server/${name}/**`],
      ...closed(`Declare a port in server/${name} and let rollbook.ts pass the real part.`, {
        own: [name],
        open: ['zoom'],
        types: ['access'],
      }),
      noExpress,
      noSql,
      noClient,
      noTest,
    ),
  ),
  door(
    ['server/imports/**'],
    ...closed(
      'server/imports makes evidence of files by shared/files; what it needs stored is a port of its own.',
      { own: ['imports'], types: ['access'] },
    ),
    noExpress,
    noSql,
    noClient,
    noTest,
  ),
  door(
    ['server/http/**'],
    ...closed('Storage is passed in, never reached for: take the port as an argument.', {
      own: ['http'],
      open: ['access', 'audit', 'exports', 'imports', 'ingest', 'jobs', 'reports', 'rosters', 'zoom'],
      types: ['storage'],
    }),
    noSql,
    noClient,
    noTest,
  ),
  door(['server/*.ts', 'server/cli/**'], noSql, noClient, noTest),
  door(
    ['client/**'],
    no(
      '/server/',
      'The panel and the server meet in shared/wire only; ask the server by client/models/api.ts.',
    ),
    no('^node:', 'The panel runs in a browser.'),
    noTest,
  ),
)
