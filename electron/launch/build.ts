import { spawnSync } from 'node:child_process'
import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'

export type Build = 'screens' | 'everything'

const screens = {
  sources: ['renderer', 'shared', 'resources', 'package.json', '.config/vite.renderer.config.ts'],
  outputs: ['out/renderer/index.html'],
  command: ['node_modules/vite/bin/vite.js', 'build', '-c', '.config/vite.renderer.config.ts', '--logLevel', 'warn'],
}

const builds = {
  screens,
  everything: {
    sources: [...screens.sources, 'electron', 'electron.vite.config.ts'],
    outputs: [...screens.outputs, 'out/main/main.js', 'out/preload/preload.cjs'],
    command: ['node_modules/electron-vite/bin/electron-vite.js', 'build', '--logLevel', 'warn'],
  },
} satisfies Record<Build, { sources: string[]; outputs: string[]; command: string[] }>

/** When a file, or anything in a folder, last changed, in ms since 1970. A folder's own time tells of removed files. */
function lastChange(path: string): number {
  const stats = statSync(path, { throwIfNoEntry: false })
  if (stats === undefined) return 0
  if (!stats.isDirectory()) return stats.mtimeMs
  return readdirSync(path).reduce((latest, name) => Math.max(latest, lastChange(join(path, name))), stats.mtimeMs)
}

/** Whether an output is missing or older than a source. Paths are relative to `root`. */
export function isStale(root: string, sources: readonly string[], outputs: readonly string[]): boolean {
  const built = Math.min(
    ...outputs.map((path) => statSync(join(root, path), { throwIfNoEntry: false })?.mtimeMs ?? -Infinity),
  )
  return sources.some((path) => lastChange(join(root, path)) > built)
}

/** Builds what is out of date; false when the build failed, after it has said why. */
export function buildIfStale(root: string, build: Build): boolean {
  const { sources, outputs, command } = builds[build]
  if (!isStale(root, sources, outputs)) return true
  console.log('Building the screens…')
  return spawnSync(process.execPath, command, { cwd: root, stdio: ['ignore', 'inherit', 'inherit'] }).status === 0
}
