import { closeSync, mkdirSync, openSync, truncateSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { system } from './machine.ts'

/** A disk of its own in a file, with ext4 and its journal, as a laptop has it. */
export type LoopDisk = {
  /** Where it is mounted. */
  folder: string
  /** The power goes: what the system had not written to the disk by now never gets there. */
  cut(): void
  /** Power is back: mounts the disk anew, which replays its journal. */
  powerOn(): Promise<void>
  /** Takes it away, whoever still uses it. */
  remove(): void
}

/** FS_IOC_SHUTDOWN, and its way of shutting down that writes nothing more, the log neither. */
const SHUTDOWN = '0x8004587d'
const NO_LOG_FLUSH = '2'

export function createLoopDisk(scratch: string, megabytes: number): LoopDisk {
  const image = join(scratch, 'disk.img')
  const folder = join(scratch, 'disk')
  mkdirSync(folder)
  closeSync(openSync(image, 'w'))
  truncateSync(image, megabytes * 1024 * 1024)
  system('mkfs.ext4', '-q', '-F', image)
  const mount = () => system('mount', '-o', 'loop', image, folder)
  mount()
  return {
    folder,
    cut: () => {
      system(
        'perl',
        '-e',
        `my $how = pack('L', ${NO_LOG_FLUSH}); open(F, '<', $ARGV[0]) or die; ioctl(F, ${SHUTDOWN}, $how) or die $!`,
        folder,
      )
    },
    powerOn: async () => {
      await unmount(folder)
      mount()
    },
    remove: () => void system('umount', '--lazy', folder),
  }
}

/** A process that was killed may hold its files for a moment longer. */
export async function unmount(folder: string): Promise<void> {
  for (let tries = 1; ; tries += 1) {
    try {
      system('umount', folder)
      return
    } catch (error) {
      if (tries === 50) throw error
      await wait(100)
    }
  }
}
