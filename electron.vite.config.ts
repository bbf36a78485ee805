import { defineConfig } from 'electron-vite'
import { rendererConfig } from './.config/vite.renderer.config.ts'

export default defineConfig({
  main: {
    build: {
      sourcemap: false,
      rolldownOptions: {
        input: { main: 'electron/main/main.ts', worker: 'electron/threads/worker.ts' },
        // Every chunk lies beside main.js: `new URL('./worker.js', import.meta.url)` holds wherever the code lands.
        output: { entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js' },
      },
    },
  },
  preload: {
    build: {
      sourcemap: false,
      rolldownOptions: {
        input: { preload: 'electron/preload/preload.ts' },
        // A sandboxed preload is one CommonJS file.
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
      externalizeDeps: false,
    },
  },
  renderer: rendererConfig,
})
