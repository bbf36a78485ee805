import { fileURLToPath } from 'node:url'
import { defineConfig, type TestProjectInlineConfiguration } from 'vitest/config'
import vue from '@vitejs/plugin-vue'

/** The tests of one folder below `tests/`, as a project of that name. */
const project = (name: string, environment: 'node' | 'happy-dom' = 'node'): TestProjectInlineConfiguration => ({
  extends: true,
  plugins: environment === 'happy-dom' ? [vue()] : [],
  test: {
    name,
    environment,
    include: [`tests/${name}/**/*.test.ts`],
    setupFiles: environment === 'happy-dom' ? ['tests/component/leave-nothing.ts'] : [],
  },
})

export default defineConfig({
  root: fileURLToPath(new URL('..', import.meta.url)),
  cacheDir: 'node_modules/.cache/vitest',
  test: {
    projects: [project('unit'), project('integration'), project('migrations'), project('component', 'happy-dom')],
    allowOnly: false,
    restoreMocks: true,
    // Test files share a process: loading the app anew for each of them takes as long as the tests.
    isolate: false,
    testTimeout: 20_000,
    hookTimeout: 60_000,
  },
})
