import { fileURLToPath } from 'node:url'
import vue from '@vitejs/plugin-vue'
import { defineConfig, type UserConfig } from 'vite'

const fromRoot = (path: string) => fileURLToPath(new URL(`../${path}`, import.meta.url))

/** How the screens are built. Electron and the web host serve the same files, so paths are relative. */
export const rendererConfig = {
  root: fromRoot('renderer'),
  base: './',
  publicDir: false,
  plugins: [vue()],
  // Of Vue and its translations the screens need neither the older ways of writing components nor developers' panels.
  define: {
    __VUE_OPTIONS_API__: 'false',
    __VUE_PROD_DEVTOOLS__: 'false',
    __VUE_PROD_HYDRATION_MISMATCH_DETAILS__: 'false',
    __VUE_I18N_FULL_INSTALL__: 'false',
    __VUE_I18N_LEGACY_API__: 'false',
    __INTLIFY_PROD_DEVTOOLS__: 'false',
  },
  build: {
    outDir: fromRoot('out/renderer'),
    emptyOutDir: true,
    target: 'es2023',
    minify: true,
    sourcemap: false,
    // In kB: what draws charts is one piece, and only the analysis fetches it.
    chunkSizeWarningLimit: 800,
    // A data: address in a style sheet or a script would need an exception in the content security policy.
    assetsInlineLimit: 0,
    // The polyfill is an inline script.
    modulePreload: { polyfill: false },
    rolldownOptions: { input: fromRoot('renderer/index.html') },
  },
} satisfies UserConfig

export default defineConfig(rendererConfig)
