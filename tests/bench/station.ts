import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { sitAs, sitAsDirector } from '#tests/support/sign-in.ts'
import { callerOf, openWholeApp } from '#tests/support/whole-app.ts'
import { importSample } from './filled-exam.ts'
import { atMost, median, rounded, timeOf, type Measure } from './measure.ts'

const LIMIT_S = 60
const ROUNDS = 3

/**
 * How long an empty laptop takes to become a station: the app opens a new data folder, the package is opened with its
 * code and taken in, an examiner signs in and reads the day. What the people at it type is not counted.
 */
export async function measureStation(scratch: string): Promise<Measure[]> {
  const dataDir = join(scratch, 'directors')
  const examId = await importSample(dataDir, { candidates: 200, stations: 12 })
  const home = await openWholeApp(dataDir)
  const director = callerOf(home, 'bench-director')
  await sitAsDirector(director)
  const { file, code, signerCode: signer } = await director('package.export', { examId })
  const bytes = readFileSync(home.findFile(file.id)?.path ?? '')
  const { people } = await director('exam.get', { examId })
  await home.shutdown()
  const examiner = people.find(({ role }) => role === 'examiner')
  if (!examiner) throw new Error('the sample exam has no examiner')

  const times: number[] = []
  let encounters = 0
  for (let round = 0; round < ROUNDS; round++) {
    const time = await timeOf(async () => {
      const services = await openWholeApp(join(scratch, `station-${round}`))
      const call = callerOf(services, 'bench-examiner')
      const upload = { name: file.name, base64: bytes.toString('base64') }
      await call('package.import', { upload, code, signer })
      await sitAs(call, examiner)
      encounters = (await call('encounter.schedule', { examId })).length
      await services.shutdown()
    })
    times.push(time / 1000)
  }
  return [
    atMost('station ready', median(times), LIMIT_S, {
      unit: 's',
      longest: rounded(Math.max(...times)),
      people: people.length,
      encounters,
      kilobytes: Math.round(bytes.length / 1024),
    }),
  ]
}
