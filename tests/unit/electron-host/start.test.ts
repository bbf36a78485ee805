import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { appPaths } from '#electron/main/app-paths.ts'
import { readAppFlags } from '#electron/main/flags.ts'

describe('the flags of the desktop app', () => {
  it.each([
    [['electron', '/app', '--data', '/exam/day'], { dataDir: '/exam/day', demo: false }],
    [['electron', '--no-sandbox', '/app', '--data=/exam/day', '--demo'], { dataDir: '/exam/day', demo: true }],
    [['attune'], { dataDir: null, demo: false }],
    [['attune', '--remote-debugging-port=0', '--inspect=0', '--lang', 'de'], { dataDir: null, demo: false }],
    [['attune', '--data'], { dataDir: null, demo: false }],
    [['attune', '--data='], { dataDir: null, demo: false }],
  ])('%j', (argv, flags) => {
    expect(readAppFlags(argv)).toEqual(flags)
  })
})

describe('where the parts of the app lie', () => {
  it('in a checkout the fonts are those of node_modules', () => {
    expect(appPaths('/attune/out/main', null)).toEqual({
      preload: join('/attune/out/preload/preload.cjs'),
      screens: join('/attune/out/renderer'),
      resources: join('/attune/resources'),
      fonts: null,
    })
  })

  it('in a package the fonts lie beside the archive', () => {
    expect(appPaths('/opt/app.asar/out/main', '/opt').fonts).toBe(join('/opt/fonts'))
  })
})
