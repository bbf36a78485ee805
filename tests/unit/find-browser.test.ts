import { describe, expect, test } from 'vitest'
import { chromiumFlags, findBrowser, installers, type Surroundings } from '#tests/support/find-browser.ts'

const playwright = '/cache/playwright/chrome'

/** A machine on which exactly `files` exist. */
const machine = (platform: NodeJS.Platform, files: readonly string[], env: Surroundings['env'] = {}): Surroundings => ({
  platform,
  env,
  exists: (path) => files.includes(path),
  playwright,
})

describe('the browser for end-to-end tests', () => {
  test('is the one CHROME_PATH names, before all others', () => {
    const files = ['/opt/chrome', playwright]
    expect(findBrowser(machine('linux', files, { CHROME_PATH: '/opt/chrome' }))).toBe('/opt/chrome')
  })

  test('is not guessed where CHROME_PATH leads nowhere', () => {
    expect(() => findBrowser(machine('linux', [playwright], { CHROME_PATH: '/opt/chrome' }))).toThrow(
      'CHROME_PATH is set to "/opt/chrome", but there is no program.',
    )
  })

  test("is Playwright's own before an installed one", () => {
    expect(findBrowser(machine('linux', ['/usr/bin/chromium', playwright]))).toBe(playwright)
  })

  test.each([
    ['linux', '/usr/bin/chromium', {}],
    ['linux', '/opt/bin/google-chrome', { PATH: '/usr/local/bin:/opt/bin' }],
    ['linux', '/usr/bin/microsoft-edge-stable', { PATH: '' }],
    ['darwin', '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome', {}],
    ['darwin', '/Users/ana/Applications/Chromium.app/Contents/MacOS/Chromium', { HOME: '/Users/ana' }],
    [
      'win32',
      'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
      { 'ProgramFiles(x86)': 'C:\\Program Files (x86)' },
    ],
    [
      'win32',
      'C:\\Users\\ana\\AppData\\Local\\Google\\Chrome\\Application\\chrome.exe',
      { LOCALAPPDATA: 'C:\\Users\\ana\\AppData\\Local' },
    ],
  ] as const)('is found on %s at %s', (platform, path, env) => {
    expect(findBrowser(machine(platform, [path], env))).toBe(path)
  })

  test('may be missing', () => {
    expect(findBrowser(machine('linux', []))).toBeNull()
  })

  test("comes from Debian for root, else from Playwright's download", () => {
    const debian = machine('linux', ['/usr/bin/apt-get', '/etc/debian_version'])
    expect(installers(debian, true)).toEqual(['apt', 'playwright'])
    expect(installers(debian, false)).toEqual(['playwright'])
    expect(installers(machine('linux', []), true)).toEqual(['playwright'])
    expect(installers(machine('darwin', []), false)).toEqual(['playwright'])
  })

  test('runs without its sandbox for root only, and keeps off the network', () => {
    expect(chromiumFlags(true)).toContain('--no-sandbox')
    expect(chromiumFlags(false)).not.toContain('--no-sandbox')
    expect(chromiumFlags(false)).toContain('--disable-background-networking')
  })
})
