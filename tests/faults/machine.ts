import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { delimiter } from 'node:path'
import type { Need } from './experiment.ts'

/** Runs a program of the system to its end. Throws with what it said where it fails. */
export function system(program: string, ...args: readonly string[]): string {
  const { status, stdout, stderr, error } = spawnSync(program, args, { encoding: 'utf8' })
  if (error) throw error
  if (status !== 0) throw new Error(`${program} ${args.join(' ')}: ${stderr.trim()}`)
  return stdout
}

export const isRoot = process.platform === 'linux' && process.getuid?.() === 0

/** Where a program of the system lies; undefined where it is not installed. */
export const programOf = (name: string): string | undefined =>
  (process.env['PATH'] ?? '')
    .split(delimiter)
    .concat('/usr/sbin', '/sbin')
    .map((folder) => join(folder, name))
    .find(existsSync)

/** Installs a package of Debian's where this may be done; whether `isThere` holds in the end. */
export function provide(packageName: string, isThere: () => boolean): boolean {
  if (isThere()) return true
  if (!isRoot || programOf('apt-get') === undefined) return false
  const install = () =>
    spawnSync('apt-get', ['install', '-y', '--no-install-recommends', packageName], { stdio: 'ignore' }).status === 0
  if (!install()) {
    spawnSync('apt-get', ['update'], { stdio: 'ignore' })
    install()
  }
  return isThere()
}

/** Why this machine cannot give what an experiment needs; null where it can. */
export function lackOf(need: Need): string | null {
  if (process.platform !== 'linux') return 'only Linux can do this'
  if (need === 'a C compiler') {
    return provide('gcc', () => programOf('gcc') !== undefined) ? null : 'there is no C compiler (gcc)'
  }
  if (!isRoot) return 'only root may mount'
  const missing = ['unshare', 'mount', 'umount', 'mkfs.ext4', 'perl'].find((name) => programOf(name) === undefined)
  if (missing !== undefined) return `${missing} is not installed`
  return mayMount() ? null : 'mounting is not allowed here, which is usual in containers'
}

const mayMount = (): boolean => spawnSync('unshare', ['--mount', 'true'], { stdio: 'ignore' }).status === 0

const IN_OWN_NAMESPACE = 'ATTUNE_FAULTS_OWN_MOUNTS'

/**
 * Starts this program anew where its mounts are its own: the system takes them away with it, loop devices too, in
 * whatever way it ends. Returns where that was done already or cannot be done.
 */
export function moveToOwnMounts(): void {
  const unshare = programOf('unshare')
  if (!isRoot || unshare === undefined || process.env[IN_OWN_NAMESPACE] === '1' || !mayMount()) return
  process.execve?.(
    unshare,
    [unshare, '--mount', '--propagation', 'private', process.execPath, ...process.execArgv, ...process.argv.slice(1)],
    { ...process.env, [IN_OWN_NAMESPACE]: '1' },
  )
}
