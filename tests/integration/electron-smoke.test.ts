import { fork } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3-multiple-ciphers'
import { beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { buildIfStale } from '#electron/launch/build.ts'
import { holdFolder, LOCK_FILE } from '#electron/files/data-folder.ts'
import type { Actions } from '#tests/support/electron-child.ts'
import { fromRoot } from '#tests/support/services.ts'
import { tempDir } from '#tests/support/temp-dir.ts'
import { PIN } from '#tests/support/sign-in.ts'

beforeAll(() => {
  expect(buildIfStale(fromRoot(''), 'everything')).toBe(true)
}, 120_000)

/** The built app in a process of its own, with the stand-in for Electron. */
function start(dataDir: string, env: Readonly<Record<string, string>> = {}) {
  const child = fork(fromRoot('tests/support/electron-child.ts'), [fromRoot('out/main/main.js'), '--data', dataDir], {
    env: { ...process.env, ...env },
    execArgv: [],
    silent: true,
  })
  onTestFinished(() => void child.kill('SIGKILL'))
  let said = ''
  for (const stream of [child.stdout, child.stderr])
    stream?.setEncoding('utf8').on('data', (text: string) => {
      said += text
    })
  const answers = new Map<number, (answer: unknown) => void>()
  child.on('message', ({ id, answer }: { id: number; answer: unknown }) => answers.get(id)?.(answer))
  const ended = once(child, 'close').then(() => ({ code: child.exitCode, said }))
  let lastId = 0
  const ask = <A extends keyof Actions>(action: A, ...args: unknown[]): Promise<Awaited<ReturnType<Actions[A]>>> => {
    lastId += 1
    const id = lastId
    child.send({ id, action, args })
    return new Promise((resolve, reject) => {
      answers.set(id, resolve as (answer: unknown) => void)
      void ended.then(({ said: words }) => reject(new Error(`the app ended and said: ${words}`)))
    })
  }
  return { ask, ended }
}

/** The app with its window on the screens. */
async function startReady(dataDir = tempDir()) {
  const app = start(dataDir)
  await expect.poll(async () => (await app.ask('look')).window?.isShown, { timeout: 15_000 }).toBe(true)
  return { ...app, dataDir }
}

describe('the built desktop app', () => {
  it('opens one window on the screens, sandboxed, behind the strict policy', async () => {
    const { ask, dataDir } = await startReady()
    const { isSandboxed, schemes, guarded, window, userData } = await ask('look')
    expect(isSandboxed).toBe(true)
    expect(schemes.map(({ scheme }) => scheme)).toEqual(['app'])
    expect(guarded).toEqual([
      'permission requests',
      'permission checks',
      'devices',
      'screen capture',
      'dictionaries',
      'network',
    ])
    expect(window).toMatchObject({
      preferences: {
        preload: fromRoot('out/preload/preload.cjs'),
        sandbox: true,
        contextIsolation: true,
        nodeIntegration: false,
        webSecurity: true,
      },
      page: { url: 'app://attune/', status: 200 },
    })
    expect(window?.page.policy).toMatch(/^default-src 'none'; script-src 'self'/)
    expect(userData).toBe(join(dataDir, 'electron'))
    expect(await ask('fetch', 'app://attune/../main/main.js')).toBe(404)
    expect(await ask('fetch', 'app://attune/%2e%2e/main/main.js')).toBe(404)
  })

  it('carries a call from the preload through router, service and store and back', async () => {
    const { ask, ended, dataDir } = await startReady()
    expect(await ask('exposed')).toEqual({
      host: 'electron',
      names: ['host', 'invoke', 'subscribe', 'saveFile', 'pickFile'],
    })
    expect(await ask('invoke', 'exam.create', {})).toEqual({ ok: false, code: 'forbidden', params: {} })
    expect(await ask('invoke', 'account.begin', { name: 'The Director', pin: PIN })).toMatchObject({ ok: true })
    const created: unknown = await ask('invoke', 'exam.create', { title: 'Spring circuit' })
    expect(created).toMatchObject({ ok: true, data: { title: 'Spring circuit' } })
    expect(await ask('invoke', 'exam.list', {})).toMatchObject({
      ok: true,
      data: [{ exam: { title: 'Spring circuit' } }],
    })
    await ask('quit')
    expect(await ended).toEqual({ code: 0, said: '' })

    expect(readdirSync(dataDir).filter((name) => /-(wal|shm|journal)$/.test(name))).toEqual([])
    expect(existsSync(join(dataDir, `${LOCK_FILE}.json`))).toBe(false)
    const db = new Database(join(dataDir, 'attune.db'), { readonly: true })
    onTestFinished(() => void db.close())
    expect(db.prepare('SELECT count(*) AS exams FROM exam').get()).toEqual({ exams: 1 })
  })

  it('ends with its last window', async () => {
    const { ask, ended, dataDir } = await startReady()
    await ask('closeWindow')
    expect(await ended).toEqual({ code: 0, said: '' })
    expect(existsSync(join(dataDir, 'attune.db-wal'))).toBe(false)
    expect(existsSync(join(dataDir, 'window.json'))).toBe(true)
  })

  it('tells the screens what changed, and hands them nothing of Electron', async () => {
    const { ask } = await startReady()
    await ask('invoke', 'account.begin', { name: 'The Director', pin: PIN })
    await expect.poll(async () => (await ask('look')).heard).toEqual([['session.changed', {}]])
  })

  it('answers no call by another name, and no other frame', async () => {
    const { ask } = await startReady()
    expect(await ask('invoke', 'exam.destroy', {})).toMatchObject({ ok: false, code: 'unknown-channel' })
    const forbidden = { ok: false, code: 'forbidden', params: {} }
    const ours = 'app://attune/'
    expect(await ask('invokeFrom', { url: 'https://example.org/', parent: null }, 'exam.list', {})).toEqual(forbidden)
    expect(await ask('invokeFrom', { url: ours, parent: { url: ours } }, 'exam.list', {})).toEqual(forbidden)
    expect(await ask('invokeFrom', { url: ours, parent: null }, 'exam.list', {})).toMatchObject({ ok: true })
  })

  it('saves a file where the person says, whole', async () => {
    const { ask, dataDir } = await startReady()
    await ask('invoke', 'account.begin', { name: 'The Director', pin: PIN })
    const created = (await ask('invoke', 'exam.create', { title: 'Spring' })) as { data: { id: string } }
    const exported = (await ask('invoke', 'exam.exportFile', { examId: created.data.id })) as { data: unknown }
    const target = join(dataDir, 'saved.attune-exam')
    expect(await ask('save', exported.data, target)).toEqual({ ok: true, data: { saved: true } })
    expect(JSON.parse(readFileSync(target, 'utf8'))).toHaveProperty('exam.title', 'Spring')
    expect(await ask('save', exported.data, '')).toEqual({ ok: true, data: { saved: false } })
  })

  it('comes back with who one was when the window’s process dies', async () => {
    const { ask } = await startReady()
    await ask('invoke', 'account.begin', { name: 'The Director', pin: PIN })
    await ask('crash')
    expect((await ask('look')).loads).toBe(2)
    expect(await ask('invoke', 'session.get', {})).toMatchObject({ ok: true, data: { role: 'director' } })
  })

  it('has a menu, and lets the machine sleep while no clock runs', async () => {
    const { ask } = await startReady()
    const { menu, blockers } = await ask('look')
    expect(menu.filter((label) => label !== 'appMenu')).toEqual(['File', 'Edit', 'View', 'Help'])
    expect(blockers).toBe(0)
    expect(await ask('resume')).toBe(true)
  })
})

describe('a start that cannot be', () => {
  it('says who has the folder, and opens no window', async () => {
    const dataDir = tempDir()
    const { release } = holdFolder(dataDir, { host: 'web', pid: process.pid })
    onTestFinished(release)
    const { code, said } = await start(dataDir).ended
    expect(code).toBe(1)
    expect(said).toContain(`Attune cannot start: The data folder (${dataDir}) is in use by Attune in the browser`)
    expect(said).toContain(`process ${process.pid}`)
  })

  it('leaves the folder to the app that runs already', async () => {
    const dataDir = tempDir()
    const { code, said } = await start(dataDir, { ATTUNE_TEST_SECOND_INSTANCE: '1' }).ended
    expect({ code, said }).toEqual({ code: 0, said: '' })
    expect(existsSync(join(dataDir, 'attune.db'))).toBe(false)
  })
})
