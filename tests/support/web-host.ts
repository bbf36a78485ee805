import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'

const root = join(import.meta.dirname, '..', '..')
const patienceMs = 120_000

export interface WebHost {
  /** Address of the screens, with the token that opens them. */
  readonly address: string
  /** Tells its process something, for what was loaded before it. */
  signal(name: NodeJS.Signals): void
  /** Stops it as Ctrl-C does and answers its exit code. */
  stop(): Promise<number | null>
  /** Ends it without warning, as a power cut does. */
  kill(): Promise<void>
}

/**
 * `demo`: a new data folder is filled first. `preload`: a module that is loaded before the product, from the root.
 * `screens`: a folder that takes the place of the built screens.
 */
type Ways = { demo?: boolean; preload?: string; screens?: string }

/** Starts a web host on its folder's usual port, in a process of its own. */
export async function runWebHost(dataFolder: string, { demo = false, preload, screens }: Ways = {}): Promise<WebHost> {
  const args = ['--no-open', '--data', dataFolder, ...(demo ? ['--demo'] : [])]
  const before = preload === undefined ? [] : ['--import', join(root, preload)]
  const program =
    screens === undefined
      ? [join(root, 'electron', 'web', 'main.ts')]
      : [join(import.meta.dirname, 'run-web.ts'), screens]
  const host = spawn(process.execPath, [...before, ...program, ...args], { cwd: root })
  let said = ''
  const address = await new Promise<string>((resolve, reject) => {
    const giveUp = (why: string) => {
      host.kill('SIGKILL')
      reject(new Error(`The web host ${why}. It said:\n${said}`))
    }
    const limit = setTimeout(() => giveUp('did not get ready in two minutes'), patienceMs)
    const listen = (text: string) => {
      said += text
      const ready = /^Attune is ready at (http:\/\/127\.0\.0\.1:\d+\/#token=\S+)$/m.exec(said)?.[1]
      if (ready === undefined) return
      clearTimeout(limit)
      resolve(ready)
    }
    host.stdout.setEncoding('utf8').on('data', listen)
    host.stderr.setEncoding('utf8').on('data', listen)
    host.once('close', (code) => {
      clearTimeout(limit)
      giveUp(`ended early with exit code ${code ?? 'none'}`)
    })
  })

  const end = async (signal: NodeJS.Signals): Promise<void> => {
    if (host.exitCode !== null || host.signalCode !== null) return
    const exit = once(host, 'exit')
    host.kill(signal)
    await exit
  }
  return {
    address,
    signal: (name) => {
      host.kill(name)
    },
    stop: () => end('SIGINT').then(() => host.exitCode),
    kill: () => end('SIGKILL'),
  }
}
