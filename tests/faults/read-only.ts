import { cpSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { ledgerIds, startSoak } from './attune.ts'
import { missingOf, type Experiment } from './experiment.ts'
import { createLoopDisk } from './loop-disk.ts'
import { system } from './machine.ts'
import { makeTrialExam } from './trial-exam.ts'

/** The file system finds an error in itself and becomes read-only, as ext4 does on a failing disk. */
export const readOnly: Experiment = {
  name: 'read-only',
  needs: ['mounts'],
  run: async ({ scratch }) => {
    const base = join(scratch, 'base')
    const examId = await makeTrialExam(base)
    const disk = createLoopDisk(scratch, 128)
    const dataDir = join(disk.folder, 'data')
    try {
      cpSync(base, dataDir, { recursive: true })
      system('sync', '-f', dataDir)
      system('mount', '-o', 'remount,errors=remount-ro', disk.folder)
      const soak = startSoak({ dataDir, examId, rate: 10 })
      await soak.until(() => soak.acknowledged.length >= 10)
      const device = basename(system('findmnt', '-n', '-o', 'SOURCE', disk.folder).trim())
      writeFileSync(join('/sys/fs/ext4', device, 'trigger_fs_error'), '1')
      await soak.until(() => soak.refused.length >= 3)
      soak.signal('SIGKILL')
      await soak.ended
      await disk.powerOn()
      const lost = missingOf(soak.acknowledged, await ledgerIds(dataDir)).length
      const codes = [...new Set(soak.refused.map(({ code }) => code))]
      return [
        {
          what: 'the file system becomes read-only',
          ok: lost === 0 && codes.every((code) => code === 'storage-read-only' || code === 'storage-failed'),
          times: `${soak.refused.length} refusals (${codes.join(', ')})`,
          acknowledged: soak.acknowledged.length,
          lost,
        },
      ]
    } finally {
      disk.remove()
    }
  },
}
