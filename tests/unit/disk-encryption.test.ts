import { describe, expect, it, vi } from 'vitest'
import { diskEncryption, runQuietly, type Run } from '#electron/files/disk-encryption.ts'

/** A system whose programs print this; one that is not listed is not there. */
const system = (prints: Readonly<Record<string, string>>) =>
  vi.fn<Run>((file) => {
    const said = prints[file]
    return said === undefined ? Promise.reject(new Error('not there')) : Promise.resolve(said)
  })

describe('on Linux the disk', () => {
  it.each([
    [
      'under LUKS and a volume group',
      { findmnt: '/dev/mapper/vg-home ext4\n', lsblk: 'lvm\ncrypt\npart\ndisk\n' },
      'encrypted',
    ],
    ['under LUKS alone', { findmnt: '/dev/mapper/home ext4\n', lsblk: 'crypt\npart\ndisk\n' }, 'encrypted'],
    ['that is a part of a btrfs', { findmnt: '/dev/dm-0[/@home] btrfs\n', lsblk: 'crypt\npart\ndisk\n' }, 'encrypted'],
    ['with a home that is encrypted by itself', { findmnt: '/home/.ecryptfs/a ecryptfs\n' }, 'encrypted'],
    [
      'with a folder under fscrypt',
      { findmnt: '/dev/sda2 ext4\n', lsblk: 'part\ndisk\n', fscrypt: '"/home/a" is encrypted with fscrypt.\n' },
      'encrypted',
    ],
    ['with nothing of it', { findmnt: '/dev/nvme0n1p2 ext4\n', lsblk: 'part\ndisk\n' }, 'plain'],
    ['that is memory', { findmnt: 'tmpfs tmpfs\n' }, 'unknown'],
    ['that is a share', { findmnt: 'server:/export nfs4\n' }, 'unknown'],
    ['of a container', { findmnt: 'overlay overlay\n' }, 'unknown'],
    ['of a system without the programs', {}, 'unknown'],
    ['whose layers cannot be read', { findmnt: '/dev/sda2 ext4\n' }, 'unknown'],
  ] as const)('%s', async (_what, prints, expected) => {
    expect(await diskEncryption('/home/a/attune', 'linux', system(prints))).toBe(expected)
  })

  it('is asked for by the folder and by the device below it', async () => {
    const run = system({ findmnt: '/dev/sda2[/@] btrfs\n', lsblk: 'part\ndisk\n' })
    await diskEncryption('/data; rm -rf /', 'linux', run)
    expect(run.mock.calls[0]?.[1]).toContain('/data; rm -rf /')
    expect(run.mock.calls[1]).toEqual(['lsblk', ['-n', '-s', '-o', 'TYPE', '/dev/sda2']])
  })
})

describe('on macOS the disk', () => {
  it.each([
    ['FileVault is On.\n', 'encrypted'],
    ['FileVault is On, but needs to be restarted to finish.\n', 'encrypted'],
    ['FileVault is Off.\n', 'plain'],
    ['An error occurred.\n', 'unknown'],
  ])('%j', async (said, expected) => {
    expect(await diskEncryption('/Users/a/Library', 'darwin', system({ fdesetup: said }))).toBe(expected)
  })

  it('is not FileVault’s where it is another one', async () => {
    expect(await diskEncryption('/Volumes/Stick/x', 'darwin', system({ fdesetup: 'FileVault is On.\n' }))).toBe(
      'unknown',
    )
  })
})

describe('on Windows the disk', () => {
  it.each([
    ['1\r\n', 'encrypted'],
    ['6\r\n', 'encrypted'],
    ['2\r\n', 'plain'],
    ['3\r\n', 'plain'],
    ['5\r\n', 'plain'],
    ['0\r\n', 'unknown'],
    ['', 'unknown'],
  ])('%j', async (said, expected) => {
    expect(await diskEncryption('C:\\Users\\a', 'win32', system({ 'powershell.exe': said }))).toBe(expected)
  })

  it('that is a share is not asked for', async () => {
    const run = system({ 'powershell.exe': '1' })
    expect(await diskEncryption('\\\\server\\share', 'win32', run)).toBe('unknown')
    expect(run).not.toHaveBeenCalled()
  })
})

it('an unknown system says nothing', async () => {
  expect(await diskEncryption('/x', 'freebsd', system({}))).toBe('unknown')
})

it('a program that is not there is no answer', async () => {
  await expect(runQuietly('attune-no-such-program', [])).rejects.toThrow('gave no answer')
  expect(await runQuietly(process.execPath, ['-p', '"said"'])).toBe('said\n')
})
