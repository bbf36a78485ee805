import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'

const root = join(import.meta.dirname, '..', '..')
const patienceMs = 120_000

export interface WebHost {
  /** Address of the screens, with the token that opens them. */
  readonly address: string
  /** Stops it as Ctrl-C does and answers its exit code. */
  stop(): Promise<number | null>
  /** Ends it without warning, as a power cut does. */
  kill(): Promise<void>
}

/** Starts a web host on its folder's usual port, in a process of its own; with `demo`, a new data folder is filled first. */
export async function runWebHost(dataFolder: string, demo = false): Promise<WebHost> {
  const args = ['--no-open', '--data', dataFolder, ...(demo ? ['--demo'] : [])]
  const host = spawn(process.execPath, [join(root, 'electron', 'web', 'main.ts'), ...args], { cwd: root })
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
  return { address, stop: () => end('SIGINT').then(() => host.exitCode), kill: () => end('SIGKILL') }
}
