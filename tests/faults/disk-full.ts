import { closeSync, cpSync, existsSync, mkdirSync, openSync, rmSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { attune, startSoak } from './attune.ts'
import { missingOf, type Experiment } from './experiment.ts'
import { unmount } from './loop-disk.ts'
import { system } from './machine.ts'
import { makeTrialExam } from './trial-exam.ts'

/** The disk fills while marks are written, and somebody makes room. */
export const diskFull: Experiment = {
  name: 'disk-full',
  needs: ['mounts'],
  run: async ({ scratch }) => {
    const base = join(scratch, 'base')
    const examId = await makeTrialExam(base)
    const folder = join(scratch, 'disk')
    mkdirSync(folder)
    system('mount', '-t', 'tmpfs', '-o', 'size=32m', 'tmpfs', folder)
    const dataDir = join(folder, 'data')
    try {
      cpSync(base, dataDir, { recursive: true, filter: (from) => !from.endsWith('ballast') })
      const soak = startSoak({ dataDir, examId, rate: 'max' })
      await soak.until(() => soak.acknowledged.length > 50)
      const hadBallast = existsSync(join(dataDir, 'ballast'))
      const filler = join(folder, 'filler')
      fill(filler)
      const before = soak.acknowledged.length
      await soak.until(() => soak.refused.length >= 3)
      const [refused] = soak.refused
      const onReserve = soak.acknowledged.length - before
      const freed = hadBallast && !existsSync(join(dataDir, 'ballast'))
      rmSync(filler)
      await soak.until(() => refused !== undefined && soak.acknowledged.includes(refused.id))
      soak.signal('SIGKILL')
      await soak.ended
      const ids = (await attune(['ledger', 'list', '--data', dataDir])).trim().split('\n')
      await attune(['verify', '--data', dataDir])
      const lost = missingOf(soak.acknowledged, new Set(ids)).length
      const times = ids.filter((id) => id === refused?.id).length
      const codes = [...new Set(soak.refused.map(({ code }) => code))].join(', ')
      return [
        {
          what: 'a disk of 32 MB that is filled',
          ok: lost === 0 && freed && onReserve > 0 && times === 1 && codes === 'storage-full',
          times: `${soak.refused.length} refusals (${codes})`,
          acknowledged: soak.acknowledged.length,
          lost,
          note: `${onReserve} of them in the room kept for this; the refused one is there ${times} time(s), the ledger is sound`,
        },
      ]
    } finally {
      await unmount(folder)
    }
  },
}

/** Takes every block that is left. */
export function fill(file: string): void {
  const handle = openSync(file, 'w')
  for (const size of [1 << 20, 1 << 16, 1 << 12]) {
    const block = Buffer.alloc(size, 1)
    try {
      for (;;) writeSync(handle, block)
    } catch {
      // Full: what is left is smaller than this.
    }
  }
  closeSync(handle)
}
