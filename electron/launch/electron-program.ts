import { spawn, spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

const fetchLimitMs = 120_000
const probeLimitMs = 15_000

function readText(path: string): string | null {
  try {
    return readFileSync(path, 'utf8').trim()
  } catch {
    return null
  }
}

/**
 * Path of Electron's program in `packageFolder` (node_modules/electron), or null where it is missing or half unpacked.
 * `path.txt` is the last file that `install-electron` writes.
 */
export function findElectron(packageFolder: string, env: Readonly<Record<string, string | undefined>>): string | null {
  const name = readText(join(packageFolder, 'path.txt'))
  if (name === null) return null
  const program = join(env['ELECTRON_OVERRIDE_DIST_PATH'] || join(packageFolder, 'dist'), name)
  return existsSync(program) ? program : null
}

/** Null when the program starts; otherwise why it does not, for instance a system library that is missing. */
export function whyElectronFails(program: string): string | null {
  const probe = spawnSync(program, ['--version'], {
    env: { ...process.env, ELECTRON_RUN_AS_NODE: '1' },
    encoding: 'utf8',
    timeout: probeLimitMs,
  })
  if (probe.status === 0) return null
  const said = (probe.error?.message ?? probe.stderr).trim().split('\n')[0] ?? ''
  return said === '' ? 'it stopped at once' : said
}

/** The first line of an installer's last words, without its stack and the kind of error. */
export function shortReason(output: string): string {
  const line = output.split('\n').find((text) => /error/i.test(text)) ?? output.trim().split('\n').at(-1) ?? ''
  return line.replace(/^.*?Error(?: \[\w+\])?:\s*/, '').trim() || 'no reason given'
}

/**
 * Fetches Electron's program with its own installer. Answers null on success, else the reason in a few words; without
 * a network it gives up as soon as the address cannot be found, and in any case after two minutes.
 */
export async function fetchElectron(packageFolder: string): Promise<string | null> {
  const installer = spawn(process.execPath, [join(packageFolder, 'install.js')], {
    env: { ...process.env, ELECTRON_GET_NO_PROGRESS: '1', NODE_USE_ENV_PROXY: '1' },
    stdio: ['ignore', 'ignore', 'pipe'],
    timeout: fetchLimitMs,
    killSignal: 'SIGKILL',
  })
  let said = ''
  installer.stderr.setEncoding('utf8').on('data', (text: string) => {
    said += text
  })
  return new Promise((settle) => {
    installer.once('error', (error) => settle(error.message))
    installer.once('close', (code, signal) => {
      if (code === 0) settle(null)
      else settle(signal === 'SIGKILL' ? 'it took longer than two minutes' : shortReason(said))
    })
  })
}
