import { cpSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { DATABASE_FILE } from '#electron/store/store.ts'
import { ledgerIds, startSoak, type Soak } from './attune.ts'
import { missingOf, type Experiment, type Finding } from './experiment.ts'
import { createLoopDisk, type LoopDisk } from './loop-disk.ts'
import { system } from './machine.ts'
import { makeTrialExam } from './trial-exam.ts'

/** The data can no longer be written to, and can again: nothing that was called saved is lost, and marks go on. */
export const readOnly: Experiment = {
  name: 'read-only',
  needs: ['mounts'],
  run: async ({ scratch }) => {
    const base = join(scratch, 'base')
    const examId = await makeTrialExam(base)
    const disk = createLoopDisk(scratch, 128)
    try {
      const dataDir = join(disk.folder, 'data')
      cpSync(base, dataDir, { recursive: true })
      return [await rightsGone({ dataDir, examId }), await mountedAnew({ dataDir, examId, disk })]
    } finally {
      disk.remove()
    }
  },
}

type Place = { dataDir: string; examId: string }

/** Nothing in the folder can be written to, by root neither, and then it can again while the same program runs. */
async function rightsGone({ dataDir, examId }: Place): Promise<Finding> {
  const soak = startSoak({ dataDir, examId, rate: 10 })
  await soak.until(() => soak.acknowledged.length >= 10)
  // Not what is mapped into the memory: writing there would end the program itself, as no disk does.
  const names = [DATABASE_FILE, `${DATABASE_FILE}-wal`, 'ballast', '.'].map((name) => join(dataDir, name))
  system('chattr', '+i', ...names)
  try {
    await soak.until(() => soak.refused.length >= 3)
  } finally {
    system('chattr', '-i', ...names)
  }
  const before = soak.acknowledged.length
  await soak.until(() => soak.acknowledged.length >= before + 10)
  soak.signal('SIGKILL')
  await soak.ended
  return findingOf('the folder becomes read-only, and can be written to again', {
    refused: soak.refused,
    // What was refused is sent again, and is there in the end.
    acknowledged: [...new Set([...soak.acknowledged, ...soak.refused.map(({ id }) => id)])],
    present: await ledgerIds(dataDir),
  })
}

/** The file system finds an error in itself and becomes read-only, as ext4 does on a failing disk; then it is mended. */
async function mountedAnew({ dataDir, examId, disk }: Place & { disk: LoopDisk }): Promise<Finding> {
  system('sync', '-f', dataDir)
  system('mount', '-o', 'remount,errors=remount-ro', disk.folder)
  const soak = startSoak({ dataDir, examId, rate: 10, seed: 2 })
  await soak.until(() => soak.acknowledged.length >= 10)
  const device = basename(system('findmnt', '-n', '-o', 'SOURCE', disk.folder).trim())
  writeFileSync(join('/sys/fs/ext4', device, 'trigger_fs_error'), '1')
  await soak.until(() => soak.refused.length >= 3)
  soak.signal('SIGKILL')
  await soak.ended
  await disk.powerOn()
  const after = startSoak({ dataDir, examId, rate: 10, seed: 3 })
  await after.until(() => after.acknowledged.length >= 10)
  after.signal('SIGKILL')
  await after.ended
  return findingOf('the file system becomes read-only, and is mounted anew', {
    refused: [...soak.refused, ...after.refused],
    acknowledged: [...soak.acknowledged, ...after.acknowledged],
    present: await ledgerIds(dataDir),
  })
}

type Seen = Pick<Soak, 'acknowledged' | 'refused'> & { present: ReadonlySet<string> }

function findingOf(what: string, { acknowledged, refused, present }: Seen): Finding {
  const lost = missingOf(acknowledged, present).length
  const codes = [...new Set(refused.map(({ code }) => code))]
  return {
    what,
    ok: lost === 0 && codes.every((code) => code === 'storage-read-only' || code === 'storage-failed'),
    times: `${refused.length} refusals (${codes.join(', ')})`,
    acknowledged: acknowledged.length,
    lost,
  }
}
