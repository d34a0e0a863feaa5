import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vite'

const page = (name: string) => fileURLToPath(new URL(`client/${name}.html`, import.meta.url))

/** Builds the panel and the plain-browser page into dist/client; both are served by the server itself. */
export default defineConfig({
  root: 'client',
  base: '/',
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  css: { modules: { generateScopedName: '[name]_[local]_[hash:base64:4]' } },
  build: {
    outDir: '../dist/client',
    emptyOutDir: true,
    target: ['es2020', 'safari14'],
    cssTarget: 'safari14',
    manifest: true,
    // Inlined files would need `data:` in the content policy for more than images.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rollupOptions: { input: { index: page('index'), panel: page('panel') } },
  },
  plugins: [
    {
      // The home page decides between two faces; neither may flash before the other.
      name: 'decide-before-paint',
      transformIndexHtml: {
        order: 'post',
        handler: (html) => html.replace('<script type="module"', '<script type="module" blocking="render"'),
      },
    },
  ],
})
