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
const room = (name) => `/${name}/`

const noExpress = no(
  '^(express|helmet)$',
  'Express lives in server/http. Return a value and let a route answer.',
)
const noSql = no(
  '^(pg|kysely)$',
  'SQL lives in server/storage. Declare a port in your room and let storage implement it.',
)
const noStorage = no(
  room('storage'),
  'Storage is passed in, never reached for: declare a port in this room.',
  true,
)
const noHttp = no(room('http'), 'server/http is the outermost room; nothing imports from it but app.ts.')
const noTest = no('/test/', 'The product never imports from test/.')
const noClient = no('/client/', 'The panel and the server meet in shared/wire only.')
const noAttendanceOutside = no(
  '^\\.\\./|^[^.]',
  'shared/attendance is pure: it imports nothing but itself. Pass what you need as an argument.',
)
const onlyAttendanceTypes = no(
  room('attendance'),
  'Only the types of shared/attendance may be used here.',
  true,
)
const noServer = no('/server/', 'shared/ runs in the browser too, so it knows no server.')

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
  door(['shared/attendance/**'], noAttendanceOutside),
  door(['shared/files/**', 'shared/wire/**'], onlyAttendanceTypes, noServer, noClient, noTest),
  door(['shared/words/**'], onlyAttendanceTypes, noServer, noClient, noTest),
  door(['server/zoom/**'], noExpress, noSql, noStorage, noHttp, noClient, noTest),
  door(
    ['server/storage/**'],
    noExpress,
    noHttp,
    noClient,
    noTest,
    no(
      '/(zoom|ingest|rosters|access|audit|exports|jobs)/',
      'Storage knows other rooms by the types of their ports only.',
      true,
    ),
  ),
  door(
    ['server/access/**', 'server/jobs/**', 'server/audit/**'],
    noExpress,
    noSql,
    noStorage,
    noHttp,
    noClient,
    noTest,
  ),
  door(['server/exports/**'], noExpress, noSql, noStorage, noHttp, noClient, noTest),
  door(['server/ingest/**', 'server/rosters/**'], noExpress, noSql, noStorage, noHttp, noClient, noTest),
  door(['server/http/**'], noSql, noStorage, noClient, noTest),
  door(['server/*.ts', 'server/cli/**'], noSql, noClient, noTest),
  door(['client/**'], noServer, noTest, no('^node:', 'The panel runs in a browser.')),
)
