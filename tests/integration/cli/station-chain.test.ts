import { join } from 'node:path'
import { expect, it } from 'vitest'
import { tempDir } from '#tests/support/temp-dir.ts'
import { cli, done } from './call.ts'

const told = async <T>(...argv: string[]): Promise<T> => JSON.parse((await done(...argv, '--json')).at(-1) ?? '') as T

type Counts = { new: number; known: number; conflicting: number; refused: number }

it('what a station of the sample exam marks comes to the director by commands alone, every acknowledged mark of it', async () => {
  const folder = tempDir()
  const [data, station] = [join(folder, 'director'), join(folder, 'station')]
  await done('demo', '--out', join(folder, 'out'), '--data', data, '--candidates', '2', '--stations', '2')
  const [exam] = await told<{ id: string }[]>('exam', 'list', '--data', data)
  const at = ['--exam', exam?.id ?? '']
  const file = join(folder, 'osce.attune-package')
  const { code, signerCode } = await told<{ code: string; signerCode: string }>(
    ...['package', 'export', '--data', data, ...at, '--out', file],
  )
  await done('package', 'import', file, '--code', code, '--signer', signerCode, '--data', station)

  const acks = await done('soak', '--data', station, ...at, '--rate', '40', '--seconds', '1')
  expect(acks).toHaveLength(40)

  const bundle = join(folder, 'station.attune-bundle')
  const own = await told<{ code: string; events: number }>(
    ...['bundle', 'export', '--data', station, ...at, '--out', bundle],
  )
  // The marks, and at each of the two stations that its candidate was seen.
  expect(own.events).toBe(acks.length + 2)
  const take = ['bundle', 'import', bundle, '--data', data, '--trust', `${own.code}=Room 1`]
  expect(await told<Counts>(...take)).toMatchObject({ new: own.events, known: 0, refused: 0 })
  expect(await told<Counts>(...take)).toMatchObject({ new: 0, known: own.events, refused: 0 })

  const events = await told<{ id: string }[]>('ledger', 'list', '--data', data)
  const ids = new Set(events.map(({ id }) => id))
  expect(acks.filter((line) => !ids.has(line.replace(/^ack /, '')))).toEqual([])
  expect((await cli('verify', '--data', data)).code).toBe(0)
  // A package's key takes its time to derive, as it does for whoever would guess it.
}, 60_000)
