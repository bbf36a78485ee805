import { fileURLToPath } from 'node:url'
import vueI18n from '@intlify/unplugin-vue-i18n/vite'
import vue from '@vitejs/plugin-vue'
import { defineConfig, type UserConfig } from 'vite'

const fromRoot = (path: string) => fileURLToPath(new URL(`../${path}`, import.meta.url))

/**
 * The plugins every build of the screens shares, component tests included. Messages are compiled while building and
 * the message compiler is left out: compiling in the browser would need `eval`, which the content security policy
 * forbids.
 */
export const rendererPlugins = () => [
  vue(),
  vueI18n({ include: [fromRoot('renderer/locales/**')], dropMessageCompiler: true }),
]

/** How the screens are built. Electron and the web host serve the same files, so paths are relative. */
export const rendererConfig = {
  root: fromRoot('renderer'),
  base: './',
  publicDir: false,
  plugins: rendererPlugins(),
  build: {
    outDir: fromRoot('out/renderer'),
    emptyOutDir: true,
    target: 'es2023',
    minify: true,
    sourcemap: false,
    // A data: address in a style sheet or a script would need an exception in the content security policy.
    assetsInlineLimit: 0,
    // The polyfill is an inline script.
    modulePreload: { polyfill: false },
    rolldownOptions: { input: fromRoot('renderer/index.html') },
  },
} satisfies UserConfig

export default defineConfig(rendererConfig)
