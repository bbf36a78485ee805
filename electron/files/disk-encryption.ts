import { execFile } from 'node:child_process'

/** What the system says of the disk under a folder; "unknown" where it says nothing. */
export type DiskEncryption = 'encrypted' | 'plain' | 'unknown'

/** Runs a program and gives what it prints; rejects where it is not there, refuses or takes too long. */
export type Run = (file: string, args: readonly string[]) => Promise<string>

/** No shell is involved, and nothing is waited for longer than this. */
const PATIENCE_MS = 5000
export const runQuietly: Run = (file, args) =>
  new Promise((resolve, reject) => {
    execFile(file, [...args], { timeout: PATIENCE_MS, windowsHide: true, encoding: 'utf8' }, (error, out) => {
      if (error) reject(new Error(`${file} gave no answer`, { cause: error }))
      else resolve(out)
    })
  })

/**
 * Whether a folder lies on an encrypted disk, as its system tells it without being an administrator: Linux by the
 * layers under the mount, macOS by FileVault (of the start disk), Windows by the drive's protection as the Explorer shows
 * it. Never rejects: what cannot be told is "unknown".
 */
export async function diskEncryption(folder: string, platform: NodeJS.Platform, run: Run): Promise<DiskEncryption> {
  try {
    if (platform === 'linux') return await onLinux(folder, run)
    if (platform === 'darwin') return await onMac(folder, run)
    if (platform === 'win32') return await onWindows(folder, run)
  } catch {
    // A system without the program, or one that takes too long.
  }
  return 'unknown'
}

async function onLinux(folder: string, run: Run): Promise<DiskEncryption> {
  const [source = '', kind = ''] = (await run('findmnt', ['-n', '-o', 'SOURCE,FSTYPE', '--target', folder]))
    .trim()
    .split(/\s+/)
  if (['ecryptfs', 'fuse.gocryptfs', 'fuse.encfs', 'fuse.cryfs'].includes(kind)) return 'encrypted'
  // A part of a device is named behind it, "/dev/sda2[/home]"; memory, shares and containers have no device.
  const device = source.replace(/\[.*$/, '')
  if (!device.startsWith('/dev/')) return 'unknown'
  const layers = (await run('lsblk', ['-n', '-s', '-o', 'TYPE', device])).split(/\s+/).filter((layer) => layer !== '')
  if (layers.includes('crypt')) return 'encrypted'
  // A folder of its own may be encrypted on a plain disk.
  const policy = await run('fscrypt', ['status', folder]).catch(() => '')
  if (/is encrypted with fscrypt/.test(policy)) return 'encrypted'
  return layers.length > 0 ? 'plain' : 'unknown'
}

async function onMac(folder: string, run: Run): Promise<DiskEncryption> {
  if (folder.startsWith('/Volumes/')) return 'unknown'
  const said = await run('fdesetup', ['status'])
  if (/FileVault is On/.test(said)) return 'encrypted'
  return /FileVault is Off/.test(said) ? 'plain' : 'unknown'
}

async function onWindows(folder: string, run: Run): Promise<DiskEncryption> {
  const drive = /^[A-Za-z]:/.exec(folder)?.[0]
  if (drive === undefined) return 'unknown'
  const ask = `(New-Object -ComObject Shell.Application).NameSpace('${drive}').Self.ExtendedProperty('System.Volume.BitLockerProtection')`
  const said = (await run('powershell.exe', ['-NoProfile', '-NonInteractive', '-Command', ask])).trim()
  // 1: on; 3: being switched on; 5: suspended, the key lies open; 6: on and locked.
  if (said === '1' || said === '6') return 'encrypted'
  return ['2', '3', '4', '5'].includes(said) ? 'plain' : 'unknown'
}
