import { describe, expect, it } from 'vitest'
import { defaultDataDir } from '#electron/files/data-folder.ts'
import { syncServiceOf, syncWarning } from '#electron/files/synced-folder.ts'

describe('the data folder where none is named', () => {
  it.each([
    ['linux', { XDG_DATA_HOME: '/data/ana' }, '/home/ana', '/data/ana/attune'],
    ['linux', {}, '/home/ana', '/home/ana/.local/share/attune'],
    ['linux', { XDG_DATA_HOME: 'relative' }, '/home/ana', '/home/ana/.local/share/attune'],
    ['darwin', {}, '/Users/ana', '/Users/ana/Library/Application Support/Attune'],
    ['win32', { APPDATA: 'D:\\Roaming' }, 'C:\\Users\\ana', 'D:\\Roaming\\Attune'],
    ['win32', {}, 'C:\\Users\\ana', 'C:\\Users\\ana\\AppData\\Roaming\\Attune'],
  ] as const)('on %s with %o is the place the system means for it', (platform, env, home, dir) => {
    expect(defaultDataDir(platform, env, home)).toBe(dir)
  })
})

describe('a folder that a sync service copies', () => {
  it.each([
    ['C:\\Users\\ana\\OneDrive - School\\attune', 'OneDrive'],
    ['/home/ana/Dropbox/attune', 'Dropbox'],
    ['/Users/ana/Library/Mobile Documents/com~apple~CloudDocs/attune', 'iCloud Drive'],
    ['/Users/ana/Google Drive/attune', 'Google Drive'],
    ['/home/ana/Nextcloud/osce', 'Nextcloud'],
  ])('%s is recognized and named', (dir, service) => {
    expect(syncServiceOf(dir)).toBe(service)
    expect(syncWarning(dir)).toContain(service)
  })

  it.each(['/home/ana/.local/share/attune', 'C:\\Users\\ana\\AppData\\Roaming\\Attune', '/srv/mydropboxes/attune'])(
    '%s is none',
    (dir) => {
      expect(syncWarning(dir)).toBeNull()
    },
  )
})
