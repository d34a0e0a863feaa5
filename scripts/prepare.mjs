// `npm ci` builds the program, unless the build tools were left out (--omit=dev): then dist/ must come from elsewhere.
import { existsSync } from 'node:fs'

if (existsSync('node_modules/vite') && existsSync('node_modules/typescript')) await import('./build.mjs')
else
  console.log(
    'rollbook: build tools are not installed, so dist/ was not built. Run `npm ci && npm run build` where they are.',
  )
