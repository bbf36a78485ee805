import { join } from 'node:path'
import { attune, startSoak } from './attune.ts'
import { missingOf, type Experiment } from './experiment.ts'
import { buildShim } from './shim.ts'
import { makeTrialExam } from './trial-exam.ts'

/** One fsync in thirteen fails: whether that mark is on disk nobody knows, until it is sent again under the same id. */
export const fsyncErrors: Experiment = {
  name: 'fsync-errors',
  needs: ['a C compiler'],
  run: async ({ scratch, cuts }) => {
    const dataDir = join(scratch, 'data')
    const examId = await makeTrialExam(dataDir)
    const env = { LD_PRELOAD: buildShim('fsync-fails', scratch), FSYNC_FAILS_EVERY: '13' }
    const soak = startSoak({ dataDir, examId, rate: 'max' }, { env })
    const afterLastRefusal = () =>
      soak.refused.length >= cuts && soak.acknowledged.includes(soak.refused[cuts - 1]?.id ?? '')
    await soak.until(afterLastRefusal)
    soak.signal('SIGKILL')
    await soak.ended
    const ids = (await attune(['ledger', 'list', '--data', dataDir])).trim().split('\n')
    await attune(['verify', '--data', dataDir])
    const lost = missingOf(soak.acknowledged, new Set(ids)).length
    const twice = ids.length - new Set(ids).size
    return [
      {
        what: 'one fsync in thirteen fails',
        ok: lost === 0 && twice === 0 && soak.refused.length > 0,
        times: `${soak.refused.length} errors`,
        acknowledged: soak.acknowledged.length,
        lost,
        note: `${twice} written twice; the ledger is sound`,
      },
    ]
  },
}
