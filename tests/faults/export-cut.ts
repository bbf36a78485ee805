import { fork } from 'node:child_process'
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Experiment } from './experiment.ts'
import { createLoopDisk, type LoopDisk } from './loop-disk.ts'

/** The power goes as soon as a file was said to be written. */
export const exportCut: Experiment = {
  name: 'export-cut',
  needs: ['mounts'],
  run: async ({ scratch, cuts }) => {
    const disk = createLoopDisk(scratch, 64)
    const few = Math.max(3, Math.ceil(cuts / 4))
    try {
      const whole = await intact(disk, 'whole', Math.min(cuts, 12))
      const plain = await intact(disk, 'plain', few)
      return [
        {
          what: 'a file that was said to be written',
          ok: whole.broken === 0,
          times: `${whole.cuts} cuts`,
          lost: whole.broken,
        },
        {
          what: 'control: written without fsync',
          ok: plain.broken > 0,
          times: `${plain.cuts} cuts`,
          lost: plain.broken,
          note: plain.broken > 0 ? 'loses as it must' : 'LOSES NOTHING: this test proves nothing here',
        },
      ]
    } finally {
      disk.remove()
    }
  },
}

async function intact(disk: LoopDisk, way: 'whole' | 'plain', cuts: number): Promise<{ cuts: number; broken: number }> {
  let broken = 0
  for (let cut = 0; cut < cuts; cut += 1) {
    const file = join(disk.folder, `${way}-${cut}.csv`)
    const child = fork(join(import.meta.dirname, 'write-child.ts'), [file, way], { stdio: 'ignore' })
    const [hash] = (await once(child, 'message')) as [string]
    disk.cut()
    const ended = once(child, 'exit')
    child.kill('SIGKILL')
    await ended
    await disk.powerOn()
    if (hashOf(file) !== hash) broken += 1
  }
  return { cuts, broken }
}

function hashOf(file: string): string | null {
  try {
    return createHash('sha256').update(readFileSync(file)).digest('hex')
  } catch {
    return null
  }
}
