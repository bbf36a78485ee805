import { spawnSync } from 'node:child_process'

/** One configuration a process: no DOM where Node runs, no Node where the screens run. */
const checks = [
  ['typescript/bin/tsc', 'shared'],
  ['typescript/bin/tsc', 'electron'],
  ['vue-tsc/bin/vue-tsc.js', 'renderer'],
  ['vue-tsc/bin/vue-tsc.js', 'tests'],
] as const

let failed = false
for (const [compiler, project] of checks) {
  const cache = `node_modules/.cache/types/${project}.tsbuildinfo`
  const { status } = spawnSync(
    process.execPath,
    [`node_modules/${compiler}`, '-p', project, '--incremental', '--tsBuildInfoFile', cache],
    { stdio: 'inherit' },
  )
  failed ||= status !== 0
}
if (failed) process.exitCode = 1
