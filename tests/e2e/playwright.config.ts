import { join } from 'node:path'
import { defineConfig } from '@playwright/test'
import type { JourneyOptions } from './fixtures.ts'

const root = join(import.meta.dirname, '..', '..')

export default defineConfig<JourneyOptions>({
  testDir: '.',
  testMatch: '**/*.spec.ts',
  outputDir: join(root, 'test-results'),
  globalSetup: './global-setup.ts',
  fullyParallel: true,
  forbidOnly: true,
  workers: 2,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  reporter: [['list'], ['json', { outputFile: join(root, 'node_modules', '.cache', 'attune-tests', 'e2e.json') }]],
  use: { viewport: { width: 1280, height: 800 }, locale: 'en-GB', screenshot: 'only-on-failure' },
  projects: [
    // What concerns one host alone is named so: in the browser, windows and links are the browser's to decide.
    { name: 'web', use: { hostKind: 'web' }, testIgnore: '**/*.electron.spec.ts' },
    { name: 'electron', use: { hostKind: 'electron' }, testIgnore: '**/*.web.spec.ts' },
  ],
})
