import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { createServer, type AddressInfo } from 'node:net'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import Database from 'better-sqlite3-multiple-ciphers'
import { describe, expect, it, onTestFinished } from 'vitest'
import { makeBackup } from '#electron/files/backups.ts'
import { holdFolder, LOCK_FILE } from '#electron/files/data-folder.ts'
import { openStore } from '#electron/store/store.ts'
import { usualPort } from '#electron/web/usual-port.ts'
import { fromRoot } from '#tests/support/services.ts'
import { tempDir, unwritableDir } from '#tests/support/temp-dir.ts'
import { builtScreens, CLIENT, send } from '#tests/support/web-client.ts'

const runner = fileURLToPath(new URL('../support/run-web.ts', import.meta.url))

type Ended = { code: number | null; out: string; err: string }

/** The web host in a process of its own. `ready` is its address, or null when it ended before. */
function start(flags: readonly string[], staticDir = builtScreens()) {
  const child = spawn(process.execPath, [runner, staticDir, '--no-open', ...flags], {
    env: { ...process.env, NODE_COMPILE_CACHE: fromRoot('node_modules/.cache/node') },
  })
  onTestFinished(() => void child.kill('SIGKILL'))
  const said = { out: '', err: '' }
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    said.out += text
  })
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    said.err += text
  })
  const ended = once(child, 'close').then((): Ended => ({ code: child.exitCode, ...said }))
  const ready = new Promise<string | null>((resolve) => {
    child.stdout.on('data', () => {
      const address = /^Attune is ready at (\S+)\n/m.exec(said.out)?.[1]
      if (address) resolve(address)
    })
    void ended.then(() => resolve(null))
  })
  return { child, ended, ready }
}

async function startReady(flags: readonly string[]) {
  const host = start(flags)
  const address = await host.ready
  if (address === null) throw new Error((await host.ended).err)
  return { ...host, address }
}

/** It ended with this code and one sentence on stderr, and promised nothing. */
function expectSentence({ code, out, err }: Ended, expected: number, ...parts: string[]) {
  expect(code).toBe(expected)
  expect(out).toBe('')
  expect(err).toMatch(/^[^\n]+\n$/)
  for (const part of parts) expect(err).toContain(part)
}

describe('the web host', () => {
  it('says where it is in its last line, and answers there with the token of that line', async () => {
    const { address, child, ended } = await startReady(['--data', tempDir()])
    expect(address).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/#token=[\w-]{43}$/)
    const [url = '', token = ''] = address.split('#token=')
    const headers = { authorization: `Bearer ${token}`, 'x-attune-client': CLIENT, 'content-type': 'application/json' }
    const answer = await send(`${url}api/app.info`, { method: 'POST', headers, body: '{}' })
    expect(answer.status).toBe(200)
    child.kill('SIGINT')
    const { out, err } = await ended
    expect(out).toBe(`Attune is ready at ${address}\n`)
    expect(err).toBe('')
  })

  it.each(['SIGINT', 'SIGTERM'] as const)('stops cleanly at %s, with a tab still listening', async (signal) => {
    const dataDir = tempDir()
    const { address, child, ended } = await startReady(['--data', dataDir])
    const [url = '', token = ''] = address.split('#token=')
    const headers = { authorization: `Bearer ${token}`, 'x-attune-client': CLIENT }
    const stream = await fetch(`${url}events`, { headers })
    child.kill(signal)
    expect((await ended).code).toBe(0)
    await stream.text()
    expect(existsSync(join(dataDir, 'attune.db'))).toBe(true)
    expect(readdirSync(dataDir).filter((name) => /-(wal|shm|journal)$/.test(name))).toEqual([])
    expect(existsSync(join(dataDir, `${LOCK_FILE}.json`))).toBe(false)
    holdFolder(dataDir, { host: 'cli', pid: process.pid }).release()
  })

  it('says who has the folder when another has it, and leaves that one alone', async () => {
    const dataDir = tempDir()
    const first = await startReady(['--data', dataDir])
    const second = await start(['--data', dataDir]).ended
    expectSentence(second, 1, dataDir, 'Attune in the browser', `process ${first.child.pid ?? ''}`, '--data')
    expect((await send(first.address.replace(/#.*$/, ''))).status).toBe(200)
  })

  it('takes the folder over from one that was killed, at the same address: marks that wait in a browser are kept for it', async () => {
    const dataDir = tempDir()
    const first = await startReady(['--data', dataDir])
    first.child.kill('SIGKILL')
    await first.ended
    const second = await startReady(['--data', dataDir])
    expect(new URL(second.address).origin).toBe(new URL(first.address).origin)
  })

  it("goes to another port where its folder's usual one is taken", async () => {
    const dataDir = tempDir()
    const taken = createServer().listen(usualPort(dataDir), '127.0.0.1')
    await once(taken, 'listening')
    onTestFinished(() => void taken.close())
    const { address } = await startReady(['--data', dataDir])
    expect(new URL(address).port).not.toBe(String(usualPort(dataDir)))
  })

  it('says that the port is taken', async () => {
    const taken = createServer().listen(0, '127.0.0.1')
    await once(taken, 'listening')
    onTestFinished(() => void taken.close())
    const { port } = taken.address() as AddressInfo
    const dataDir = tempDir()
    expectSentence(await start(['--port', String(port), '--data', dataDir]).ended, 1, `port ${port}`, '--port')
    expect(existsSync(join(dataDir, `${LOCK_FILE}.json`))).toBe(false)
  })

  it('says that the folder cannot be written to', async () => {
    expectSentence(await start(['--data', unwritableDir()]).ended, 1, unwritableDir(), 'cannot be written to')
  })

  it('says that the screens are not built, and makes no data folder', async () => {
    const dataDir = join(tempDir(), 'new')
    expectSentence(await start(['--data', dataDir], tempDir()).ended, 1, 'not built')
    expect(existsSync(dataDir)).toBe(false)
  })

  it('leaves alone a database that is not one, and names the newest backup', async () => {
    const dataDir = tempDir()
    openStore({ dataDir }).close()
    const { name } = await makeBackup({ dataDir, why: 'asked', second: null })
    writeFileSync(join(dataDir, 'attune.db'), 'a letter to my aunt, longer than a header of a hundred bytes '.repeat(9))
    const before = readFileSync(join(dataDir, 'attune.db'))
    expectSentence(await start(['--data', dataDir]).ended, 1, 'is not a database of Attune', name)
    expect(readFileSync(join(dataDir, 'attune.db')).equals(before)).toBe(true)
  })

  it('leaves alone a database from a newer version', async () => {
    const dataDir = tempDir()
    const { child, ended } = await startReady(['--data', dataDir])
    child.kill('SIGINT')
    await ended
    const db = new Database(join(dataDir, 'attune.db'))
    db.pragma('user_version = 99990')
    db.pragma('journal_mode = DELETE')
    db.close()
    const before = readFileSync(join(dataDir, 'attune.db'))
    expectSentence(await start(['--data', dataDir]).ended, 1, 'newer Attune', '99990')
    expect(readFileSync(join(dataDir, 'attune.db')).equals(before)).toBe(true)
  })

  it('refuses a flag that it does not have', async () => {
    expectSentence(await start(['--prot', '80']).ended, 2, '--prot')
  })
})

describe('a demo', () => {
  it('leaves a folder that was in use before as it is', async () => {
    const dataDir = tempDir()
    const before = await startReady(['--data', dataDir])
    before.child.kill('SIGINT')
    await before.ended
    const { child, ended } = await startReady(['--demo', '--data', dataDir])
    child.kill('SIGINT')
    const { out } = await ended
    expect(out).toMatch(/^The data folder was in use before: --demo left it as it is\.\nAttune is ready at \S+\n$/)
  })
})
