import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { isStale } from '#electron/launch/build.ts'
import { chooseHost, withoutElectron } from '#electron/launch/choose-host.ts'
import { findElectron, shortReason, whyElectronFails } from '#electron/launch/electron-program.ts'
import { electronArguments, readStartFlags, webHostArguments, type StartFlags } from '#electron/launch/flags.ts'

const plain: StartFlags = { browser: false, open: true, port: null, data: null, demo: false, takeBack: false }

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'attune-launch-'))
})
afterEach(() => {
  rmSync(folder, { recursive: true, force: true })
})

/** Writes a file whose last change lies `second` seconds after an arbitrary start. */
function write(path: string, second = 0, text = ''): void {
  const file = join(folder, path)
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, text)
  utimesSync(file, 1_000_000 + second, 1_000_000 + second)
}

const touchFolder = (path: string, second: number) => {
  utimesSync(join(folder, path), 1_000_000 + second, 1_000_000 + second)
}

describe('the flags of npm start', () => {
  test('none are needed', () => {
    expect(readStartFlags([], '/home/ana')).toEqual({ kind: 'start', flags: plain })
  })

  test('all of them are read, and a relative data folder is taken from where the command was typed', () => {
    expect(
      readStartFlags(
        ['--browser', '--no-open', '--port', '4711', '--data=exams/june', '--demo', '--take-back'],
        '/home/ana',
      ),
    ).toEqual({
      kind: 'start',
      flags: {
        browser: true,
        open: false,
        port: 4711,
        data: join('/home/ana', 'exams/june'),
        demo: true,
        takeBack: true,
      },
    })
  })

  test('port 0 asks for any free port', () => {
    expect(readStartFlags(['--port', '0'], '/')).toMatchObject({ kind: 'start', flags: { port: 0 } })
  })

  test.each([[['--browser']], [['--no-open']], [['--port', '4711']]])('%j asks for the web host', (args) => {
    expect(readStartFlags(args, '/')).toMatchObject({ kind: 'start', flags: { browser: true } })
  })

  test('--help wins', () => {
    expect(readStartFlags(['--demo', '--help'], '/')).toEqual({ kind: 'help' })
  })

  test.each([
    [['--brwoser'], 'There is no flag --brwoser.'],
    [['--no-demo'], 'There is no flag --no-demo.'],
    [['-p', '80'], 'There is no flag -p.'],
    [['demo'], '"demo" is not a flag.'],
    [['--port'], '--port needs a value.'],
    [['--data', '--demo'], '--data needs a value.'],
    [['--data='], '--data needs a value.'],
    [['--demo=yes'], '--demo takes no value.'],
    [['--port', 'http'], '"http" is not a port'],
    [['--port', '65536'], '"65536" is not a port'],
    [['--port=-1'], '"-1" is not a port'],
    [['--port', '80.5'], '"80.5" is not a port'],
  ])('%j is refused in one sentence', (args, sentence) => {
    const read = readStartFlags(args, '/')
    expect(read).toEqual({ kind: 'problem', problem: expect.stringContaining(sentence) as string })
  })

  test('reach the web host', () => {
    expect(webHostArguments(plain)).toEqual(['--open'])
    expect(
      webHostArguments({ browser: true, open: false, port: 4711, data: '/exams', demo: true, takeBack: true }),
    ).toEqual(['--port', '4711', '--data', '/exams', '--demo', '--take-back', '--no-open'])
  })

  test('reach Electron, which runs without its sandbox for root only', () => {
    expect(electronArguments(plain, '/attune', false)).toEqual(['/attune'])
    expect(electronArguments({ ...plain, data: '/exams', demo: true, takeBack: true }, '/attune', true)).toEqual([
      '--no-sandbox',
      '/attune',
      '--data',
      '/exams',
      '--demo',
      '--take-back',
    ])
  })
})

describe('where the screens open', () => {
  const mac = { browser: false, platform: 'darwin', env: {}, installed: true } as const

  test('in Electron where its program is there', () => {
    expect(chooseHost(mac)).toEqual({ host: 'electron' })
  })

  test('after fetching Electron where it is not', () => {
    expect(chooseHost({ ...mac, installed: false })).toEqual({ host: 'fetch-electron' })
  })

  test('in the browser when that was asked for, without a reason given', () => {
    expect(chooseHost({ ...mac, browser: true })).toEqual({ host: 'web', because: null })
  })

  test.each([{ DISPLAY: ':0' }, { WAYLAND_DISPLAY: 'wayland-0' }])('in Electron on Linux with %j', (env) => {
    expect(chooseHost({ ...mac, platform: 'linux', env })).toEqual({ host: 'electron' })
  })

  test.each([{}, { DISPLAY: '' }])('in the browser on Linux without a display (%j), saying so', (env) => {
    expect(chooseHost({ ...mac, platform: 'linux', env, installed: false })).toEqual({
      host: 'web',
      because: 'There is no display for a window of its own, so Attune starts its web host.',
    })
  })

  test('a reason is one sentence', () => {
    expect(withoutElectron('Electron could not be fetched (fetch failed)')).toBe(
      'Electron could not be fetched (fetch failed), so Attune starts its web host.',
    )
  })
})

describe("Electron's program", () => {
  test('is found where its installer finished', () => {
    write('path.txt', 0, 'electron')
    write('dist/electron')
    expect(findElectron(folder, {})).toBe(join(folder, 'dist', 'electron'))
  })

  test('counts as missing before the first fetch and after one that was cut short', () => {
    expect(findElectron(folder, {})).toBeNull()
    write('dist/electron')
    expect(findElectron(folder, {})).toBeNull()
  })

  test('counts as missing where its folder was emptied', () => {
    write('path.txt', 0, 'electron')
    expect(findElectron(folder, {})).toBeNull()
  })

  test('may lie elsewhere', () => {
    write('path.txt', 0, 'electron')
    write('elsewhere/electron')
    const elsewhere = join(folder, 'elsewhere')
    expect(findElectron(folder, { ELECTRON_OVERRIDE_DIST_PATH: elsewhere })).toBe(join(elsewhere, 'electron'))
  })

  test('is known to run, or not to', () => {
    expect(whyElectronFails(process.execPath)).toBeNull()
    expect(whyElectronFails(join(folder, 'electron'))).toContain('ENOENT')
  })

  test("its installer's last words are cut to the reason", () => {
    expect(shortReason('TypeError: fetch failed\n    at node:internal\n')).toBe('fetch failed')
    expect(shortReason('Error [ChecksumMismatch]: Generated checksum differs\n    at x\n')).toBe(
      'Generated checksum differs',
    )
    expect(shortReason('no room on the disk\n')).toBe('no room on the disk')
    expect(shortReason('')).toBe('no reason given')
  })
})

describe('a build is out of date', () => {
  const stale = () => isStale(folder, ['renderer', 'package.json'], ['out/index.html', 'out/main.js'])

  beforeEach(() => {
    write('renderer/features/scoring/ScoringView.vue', 10)
    write('package.json', 10)
    write('out/index.html', 20)
    write('out/main.js', 30)
    for (const path of ['renderer/features/scoring', 'renderer/features', 'renderer']) touchFolder(path, 10)
  })

  test('not when every output is newer than every source', () => {
    expect(stale()).toBe(false)
  })

  test('when a source changed after the oldest output', () => {
    write('renderer/features/scoring/ScoringView.vue', 25)
    expect(stale()).toBe(true)
  })

  test('when a source was removed', () => {
    touchFolder('renderer/features', 25)
    expect(stale()).toBe(true)
  })

  test('when an output is missing', () => {
    rmSync(join(folder, 'out/main.js'))
    expect(stale()).toBe(true)
  })
})
