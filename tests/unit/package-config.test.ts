import { existsSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { fontFile } from '#electron/reports/fonts.ts'
import { packageConfig } from '../../.config/electron-builder.ts'

const root = join(import.meta.dirname, '..', '..')
const read = (path: string) => readFileSync(join(root, path), 'utf8')

/** The values that are safest for an app that loads its own archive and nothing else. */
const safeFuses = {
  runAsNode: false,
  enableCookieEncryption: true,
  enableNodeOptionsEnvironmentVariable: false,
  enableNodeCliInspectArguments: false,
  enableEmbeddedAsarIntegrityValidation: true,
  onlyLoadAppFromAsar: true,
  loadBrowserProcessSpecificV8Snapshot: false,
  grantFileProtocolExtraPrivileges: false,
  resetAdHocDarwinSignature: false,
}

describe('the package', () => {
  test('has every fuse set', () => {
    expect(packageConfig.electronFuses).toEqual(safeFuses)
  })

  test('unpacks the native module for the system it is made for, and compiles nothing', () => {
    expect(packageConfig.asar).toBe(true)
    expect(packageConfig.asarUnpack).toContain('**/*.node')
    expect(packageConfig.npmRebuild).toBe(false)
    const kept = packageConfig.files.filter((pattern) => pattern.startsWith('node_modules/better'))
    expect(kept).toEqual(['node_modules/better-sqlite3-multiple-ciphers/prebuilds/${platform}-${arch}.node'])
    for (const system of ['linux-x64', 'darwin-arm64', 'win32-x64'])
      expect(existsSync(join(root, `node_modules/better-sqlite3-multiple-ciphers/prebuilds/${system}.node`))).toBe(true)
  })

  test('carries of ECharts the one file that reports load, and its licence', () => {
    const kept = packageConfig.files.filter((pattern) => pattern.startsWith('node_modules/echarts'))
    expect(kept).toEqual([
      'node_modules/echarts/{LICENSE,NOTICE,package.json,dist/package.json,dist/echarts.esm.min.mjs}',
    ])
    expect(read('electron/reports/kit/chart.ts')).toContain("from 'echarts/dist/echarts.esm.min.mjs'")
  })

  test('carries the built app, its rubrics, sample exam and sounds, and no sources', () => {
    expect(packageConfig.files.filter((pattern) => !/node_modules/.test(pattern))).toEqual([
      'out/**',
      'resources/{rubrics,sample-exam,sounds}/**',
      '!resources/**/*.ts',
    ])
  })

  test('carries the fonts that reports are set in, each where a packaged report looks for it', () => {
    const fonts = packageConfig.extraResources.filter(({ from }) => from.endsWith('.ttf'))
    expect(fonts).toHaveLength(15)
    for (const { from, to } of fonts) {
      expect(existsSync(join(root, from)), from).toBe(true)
      expect(to).toBe(`fonts/${basename(from)}`)
    }
    expect(fonts.map(({ to }) => to)).toContain(fontFile('latin', 'italic', 'fonts'))
    expect(fonts.map(({ to }) => to)).toContain(fontFile('kr', 'bold', 'fonts'))
  })

  test('has the icon it names', () => {
    expect(existsSync(join(root, packageConfig.icon))).toBe(true)
  })

  test('leaves the marks where they are when it is removed', () => {
    expect(packageConfig.nsis.deleteAppDataOnUninstall).toBe(false)
  })
})

describe('the licences', () => {
  const { dependencies, devDependencies } = JSON.parse(read('package.json')) as Record<
    'dependencies' | 'devDependencies',
    Record<string, string>
  >
  const fontPackages = Object.keys({ ...dependencies, ...devDependencies }).filter((name) =>
    /^@(expo-google-fonts|fontsource-variable)\//.test(name),
  )
  const licence = read('resources/fonts/OFL.txt')

  test.each(fontPackages)('%s is named with its copyright beside the fonts', (name) => {
    const file = name.startsWith('@expo') ? 'LICENSE_FONT' : 'LICENSE'
    const notice = /^Copyright .*?\)/.exec(read(`node_modules/${name}/${file}`))?.[0]
    expect(licence).toContain(notice)
    expect(licence).toContain('SIL OPEN FONT LICENSE Version 1.1')
  })

  test('travel with the fonts and the app', () => {
    const carried = packageConfig.extraResources.map(({ from }) => from)
    expect(carried).toEqual(expect.arrayContaining(['LICENSE', 'resources/fonts/OFL.txt']))
  })
})
