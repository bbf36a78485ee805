import { randomBytes } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { AttuneError } from '#shared/contract/result.ts'
import { phrase } from '#shared/locales/phrase.ts'
import { stackOf } from '#electron/base/log.ts'
import { defaultDataDir } from '#electron/files/data-folder.ts'
import { createFileLog, logFileOf } from '#electron/files/file-log.ts'
import { syncWarning } from '#electron/files/synced-folder.ts'
import { sentenceFor } from '#electron/hosts/sentences.ts'
import { startUpSentence } from '#electron/hosts/start-up-failure.ts'
import { openHost } from '#electron/hosts/open-host.ts'
import { openBrowser } from './browser.ts'
import { readWebFlags, type WebFlags } from './flags.ts'
import { startWebHost, type WebHost, type WebHostOptions } from './server.ts'
import { usualPort } from './usual-port.ts'

export type WebSurroundings = {
  /** The built screens. */
  staticDir: string
  say: (line: string) => void
  warn: (line: string) => void
}

const root = fileURLToPath(new URL('../../', import.meta.url))

/**
 * Runs the web host in this process until it is told to stop. What keeps it from starting is said in one sentence, with
 * the exit code 2 for a wrong flag and 1 for everything else.
 */
export async function runWeb(argv: readonly string[], surroundings: WebSurroundings): Promise<void> {
  const { staticDir, warn } = surroundings
  const flags = readWebFlags(argv)
  if ('problem' in flags) {
    warn(flags.problem)
    process.exitCode = 2
  } else if (!existsSync(join(staticDir, 'index.html'))) {
    warn(phrase('terminal.start.notBuilt'))
    process.exitCode = 1
  } else {
    await serve(flags, surroundings)
  }
}

async function serve(flags: WebFlags, { staticDir, say, warn }: WebSurroundings): Promise<void> {
  const dataDir = resolve(flags.dataDir ?? defaultDataDir(process.platform, process.env, homedir()))
  const log = createFileLog(dataDir)
  process.on('uncaughtExceptionMonitor', (error) => {
    log.error('the web host fails', { error: stackOf(error) })
  })
  const endings: (() => Promise<void>)[] = []
  let stopping: Promise<void> | null = null
  const stop = () => (stopping ??= endings.reduceRight((before, end) => before.then(end), Promise.resolve()))
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => void stop().then(() => process.exit(0)))
  }

  try {
    const services = await openHost(
      {
        host: 'web',
        version: ownVersion(),
        dataDir,
        resourcesDir: join(root, 'resources'),
        fontDir: null,
        reportWorker: new URL('../threads/worker.ts', import.meta.url),
        log,
      },
      { demo: flags.demo, takeBack: flags.takeBack, say },
    )
    endings.push(() => services.shutdown())
    const token = randomBytes(32).toString('base64url')
    const host = await listen({ services, staticDir, token, log }, flags.port, dataDir)
    endings.push(host.close)
    const warning = syncWarning(dataDir)
    if (warning) warn(warning)
    const address = `${host.url}#token=${token}`
    if (flags.open && !(await openBrowser(address))) warn(phrase('terminal.start.noBrowser'))
    say(phrase('terminal.start.ready', { address }))
  } catch (error) {
    await stop()
    const foreseen = startUpSentence(error, dataDir)
    if (!foreseen) log.error('the web host did not start', { error: stackOf(error) })
    warn(foreseen ?? sentenceFor('internal', { log: logFileOf(dataDir) }))
    process.exitCode = 1
  }
}

/** On the port that was asked for; else on the folder's usual one, or any free one where that is taken. */
async function listen(options: Omit<WebHostOptions, 'port'>, port: number | null, dataDir: string): Promise<WebHost> {
  if (port !== null) return startWebHost({ ...options, port })
  try {
    return await startWebHost({ ...options, port: usualPort(dataDir) })
  } catch (error) {
    if (error instanceof AttuneError && error.code === 'port-in-use') return startWebHost({ ...options, port: 0 })
    throw error
  }
}

function ownVersion(): string {
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string }
  return version
}
