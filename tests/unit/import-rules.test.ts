import { fileURLToPath } from 'node:url'
import { ESLint } from 'eslint'
import typescript from 'typescript-eslint'
import { describe, expect, test } from 'vitest'

/** The project's own configuration; without types, so that a snippet needs no file on disk. */
const eslint = new ESLint({
  cwd: fileURLToPath(new URL('../..', import.meta.url)),
  overrideConfigFile: '.config/eslint.config.ts',
  overrideConfig: typescript.configs.disableTypeChecked,
  flags: ['unstable_native_nodejs_ts_config'],
})

const watched = new Set(['attune/boundaries', 'no-restricted-globals', 'no-restricted-properties'])

async function refusals(filePath: string, code: string): Promise<string[]> {
  const results = await eslint.lintText(code, { filePath })
  const messages = results.flatMap((result) => result.messages)
  const fatal = messages.find((message) => message.fatal)
  if (fatal) throw new Error(fatal.message)
  return messages.filter((message) => watched.has(message.ruleId ?? '')).map((message) => message.message)
}

const refused: readonly (readonly [file: string, code: string, because: string])[] = [
  ['shared/domain/exam.ts', "import { readFile } from 'node:fs'", 'shared runs anywhere'],
  ['shared/domain/exam.ts', "import { join } from 'path'", 'shared runs anywhere'],
  ['shared/domain/exam.ts', "import { ref } from 'vue'", 'shared runs anywhere'],
  ['shared/domain/exam.ts', "import type { Services } from '#electron/services/services.ts'", 'shared runs anywhere'],
  ['renderer/router.ts', "import { openStore } from '#electron/store/connection.ts'", 'the screens know nothing'],
  ['renderer/router.ts', "import { openStore } from '../electron/store/connection.ts'", 'the screens know nothing'],
  ['renderer/router.ts', "export * from '../electron/store/connection.ts'", 'the screens know nothing'],
  ['renderer/router.ts', "const store = await import('#electron/store/connection.ts')", 'the screens know nothing'],
  ['renderer/router.ts', "import { ipcRenderer } from 'electron'", 'the screens know nothing'],
  ['renderer/router.ts', "type Store = import('#electron/store/connection.ts').Store", 'the screens know nothing'],
  [
    'renderer/features/scoring/ScoringView.vue',
    '<script setup lang="ts">\nimport fs from \'node:fs\'\n</script>',
    'the screens know nothing',
  ],
  [
    'renderer/features/scoring/use-scoring-store.ts',
    "import { useSetupStore } from '../setup/use-setup-store.ts'",
    'features do not import each other',
  ],
  [
    'renderer/features/scoring/use-scoring-store.ts',
    "const setup = await import('#renderer/features/setup/use-setup-store.ts')",
    'features do not import each other',
  ],
  [
    'renderer/ui/BaseButton.vue',
    '<script setup lang="ts">\nimport { useScoringStore } from \'#renderer/features/scoring/use-scoring-store.ts\'\n</script>',
    'the design system',
  ],
  ['renderer/features/scoring/use-scoring-store.ts', 'await window.attune.invoke()', 'Only renderer/api.ts'],
  ['renderer/features/scoring/use-scoring-store.ts', 'const { attune } = globalThis', 'Only renderer/api.ts'],
  ['renderer/features/scoring/use-scoring-store.ts', "await fetch('/api')", 'Only renderer/api.ts'],
  ['renderer/App.vue', '<script setup lang="ts">\nnew EventSource(\'/events\')\n</script>', 'Only renderer/api.ts'],
  ['electron/preload/preload.ts', "import { contract } from '#shared/contract/contract.ts'", 'the preload carries'],
  ['electron/preload/preload.ts', "import { join } from 'node:path'", 'the preload carries'],
  ['electron/main/main.ts', "import { routes } from '#renderer/router.ts'", 'what runs in Node'],
  ['electron/services/exams.ts', "import { ref } from 'vue'", 'what runs in Node'],
  ['electron/services/exams.ts', "import { seed } from '#tests/support/seed.ts'", 'what runs in Node'],
  ['electron/services/exams.ts', "import { openWindow } from '../main/windows.ts'", 'electron/main is a host'],
  ['electron/services/exams.ts', "import { serve } from '#electron/web/server.ts'", 'electron/web is a host'],
  ['electron/threads/worker.ts', "import { print } from '#electron/cli/print.ts'", 'electron/cli is a host'],
  ['electron/web/server.ts', "await import('#electron/main/windows.ts')", 'electron/main is a host'],
  ['electron/ipc/router.ts', "import { openStore } from '#electron/store/connection.ts'", 'given its handlers'],
  ['electron/ipc/router.ts', "import type { Services } from '#electron/services/services.ts'", 'given its handlers'],
  ['electron/services/exams.ts', "import { createRouter } from '#electron/ipc/router.ts'", 'nothing of the router'],
  ['electron/store/ledger.ts', "import { exams } from '#electron/services/exams.ts'", 'electron/store lies below'],
  ['electron/base/log.ts', "import type { Store } from '#electron/store/store.ts'", 'electron/base lies below'],
  ['electron/reports/feedback.ts', "import { read } from '#electron/threads/reader.ts'", 'electron/reports lies below'],
  [
    'electron/threads/task.ts',
    "import type { Services } from '#electron/services/services.ts'",
    'electron/threads lies below',
  ],
  ['electron/services/exams.ts', "import Database from 'better-sqlite3-multiple-ciphers'", 'only electron/store'],
  ['electron/services/exams.ts', "const Database = require('better-sqlite3-multiple-ciphers')", 'only electron/store'],
  ['electron/cli/main.ts', "import type { Database } from 'better-sqlite3-multiple-ciphers'", 'only electron/store'],
  ['electron/services/exams.ts', "import { app } from 'electron'", 'only electron/main and electron/preload'],
  ['electron/web/server.ts', "import { app } from 'electron/main'", 'only electron/main and electron/preload'],
  ['tests/unit/anything.test.ts', "import { app } from 'electron'", 'only electron/main and electron/preload'],
  ['shared/charts/heat-map.ts', "import { init } from 'echarts/core'", 'shared runs anywhere'],
  ['renderer/features/results/routes.ts', "import { init } from 'echarts/core'", 'draw charts'],
  ['electron/reports/cohort/cohort-report.ts', "import { init } from 'echarts/core'", 'draw charts'],
  ['electron/services/exams.ts', 'await import(name)', 'Write the path of an import() out'],
  ['electron/main/windows.ts', 'void shell.openExternal(address)', 'Attune stays offline'],
  ['electron/services/exams.ts', 'const { openExternal } = shell', 'Attune stays offline'],
]

const allowed: readonly (readonly [file: string, code: string])[] = [
  ['shared/contract/contract.ts', "import { z } from 'zod'"],
  ['renderer/features/scoring/use-scoring-store.ts', "import { total } from '#shared/scoring/total.ts'"],
  ['renderer/features/scoring/use-scoring-store.ts', "import { api } from '../../api.ts'"],
  ['renderer/features/scoring/ScoringView.vue', '<script setup lang="ts">\nimport \'./scoring.css\'\n</script>'],
  ['renderer/router.ts', "const view = () => import('./features/scoring/ScoringView.vue')"],
  ['renderer/api.ts', 'await window.attune.invoke()'],
  ['electron/preload/preload.ts', "import { channels } from '#shared/contract/channels.ts'"],
  ['electron/preload/preload.ts', "import type { Bridge } from '#shared/contract/bridge.ts'"],
  ['electron/main/main.ts', "import { app } from 'electron'"],
  ['electron/main/main.ts', "import { createServices } from '#electron/services/create.ts'"],
  ['electron/services/exams.ts', "import { openStore } from '../store/connection.ts'"],
  ['electron/services/exams.ts', "import type { HandlersOf } from '#electron/base/handlers.ts'"],
  ['electron/services/open-services.ts', "import { createRouter } from '#electron/ipc/router.ts'"],
  ['electron/store/connection.ts', "import Database from 'better-sqlite3-multiple-ciphers'"],
  ['shared/charts/heat-map.ts', "import type { EChartsOption } from 'echarts'"],
  ['renderer/ui/charts/draw.ts', "import { init } from 'echarts/core'"],
  ['electron/reports/kit/chart.ts', "import { init } from 'echarts/core'"],
  ['tests/integration/main.test.ts', "import type { App } from 'electron'"],
]

describe('who may import whom', () => {
  test.each(refused)('%s refuses %s', async (file, code, because) => {
    expect(await refusals(file, code)).toEqual([expect.stringContaining(because)])
  })

  test.each(allowed)('%s allows %s', async (file, code) => {
    expect(await refusals(file, code)).toEqual([])
  })
})
