import { defineConfig } from 'vite'

/** Builds the panel and the plain-browser page into dist/client; both are served by the server itself. */
export default defineConfig({
  root: 'client',
  base: '/',
  esbuild: { jsx: 'automatic', jsxImportSource: 'preact' },
  build: {
    outDir: '../dist/client',
    emptyOutDir: true,
    target: ['es2020', 'safari14'],
    manifest: true,
    rollupOptions: { input: { index: 'client/index.html', panel: 'client/panel.html' } },
  },
})
