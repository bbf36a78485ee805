import { describe, expect, it } from 'vitest'
import { createSealKey } from '#electron/files/sealed.ts'
import { createSimulatedTime } from '#electron/services/demo/simulated-time.ts'
import { hashSecret } from '#electron/services/session/secret-hash.ts'
import { openReader, openStore } from '#electron/store/store.ts'
import type { ExamPackage } from '#shared/domain/exam-package.ts'
import { personSchema } from '#shared/domain/exam.ts'
import { personIdSchema, rubricIdSchema, type PersonId } from '#shared/domain/ids.ts'
import { contentOf, exported, packed, stranger } from '#tests/support/forged-package.ts'
import { directorsLaptop, exam, examiner, laptop, slots, stationOf, type TestLaptop } from '#tests/support/laptops.ts'
import { saidIn } from '#tests/support/audit-of.ts'
import { rowsOf } from '#tests/support/every-row.ts'
import { PIN, QUICK } from '#tests/support/sign-in.ts'
import { expectRefused, keyOf, madeUp, sealedAs } from './refused-package.ts'

const attacker = stranger()
const forgedPin = '998877'
const forgedKey = '33333-33333-33333-33333-33333'

function failuresOf({ dataDir }: TestLaptop, id: PersonId) {
  const reader = openReader(dataDir)
  const known = reader.accounts.credential(id)
  reader.close()
  return known?.failures
}

async function withPerson(content: ExamPackage, id: PersonId, secret: string): Promise<ExamPackage> {
  const person = personSchema.parse({ id, examId: content.exam.id, role: 'examiner', name: 'Mallory', stationIds: [] })
  const pin = { personId: id, hash: await hashSecret(secret, QUICK) }
  return { ...content, people: [...content.people, person], pins: [...content.pins, pin] }
}

/** Every row of an exam and of what comes with one. */
function setUpRows({ dataDir }: TestLaptop) {
  const tables = JSON.parse(rowsOf(dataDir)()) as [string, unknown][]
  const apart = new Set(['event', 'setting'])
  return tables.filter(([name]) => !apart.has(name))
}

/** A laptop with a director of its own and no exam. */
async function directed(): Promise<TestLaptop & { directorId: PersonId }> {
  const at = await laptop()
  const { session } = await at.nobody('account.begin', { name: 'The Director', pin: PIN })
  await at.nobody('session.leave', {})
  return { ...at, directorId: session.personId ?? personIdSchema.parse('none') }
}

describe('a package of an exam that is new to a laptop', () => {
  it('comes in by anybody where there is no director, and shows whose it is until that was compared', async () => {
    const director = await directorsLaptop()
    const station = await laptop()
    const { file, code, signerCode } = await director.director('package.export', { examId: exam.id })
    expect(signerCode).toBe((await director.director('laptop.own', {})).code)
    const given = { upload: director.upload(file), code }
    expect(await station.nobody('package.import', given)).toMatchObject({ signerCode })
    expect(await station.nobody('package.import', given)).toMatchObject({ signerCode })
    expect((await station.nobody('exam.list', {})).map(({ letters }) => letters)).toEqual([signerCode])
    await station.nobody('package.compare', { examId: exam.id, same: true })
    expect((await station.nobody('exam.list', {})).map(({ letters }) => letters)).toEqual([undefined])
    expect(await station.nobody('package.import', given)).toMatchObject({ signerCode: null })
  })

  it('lets nobody of the exam sign in before its letters were compared', async () => {
    const director = await directorsLaptop()
    const station = await laptop()
    await station.nobody('package.import', await exported(director))
    const who = { personId: examiner.id, pin: PIN }
    expect(await station.nobody.refusal('session.signIn', who)).toBe('package-uncompared')
    await station.nobody('package.compare', { examId: exam.id, same: true })
    expect(await station.nobody.refusal('session.signIn', who)).toBe('taken')
    expect(await station.nobody.refusal('package.compare', { examId: exam.id, same: false })).toBe('forbidden')
    await station.nobody('session.leave', {})
    // What was compared is not asked about again: nobody takes the exam away with it.
    expect(await station.nobody.refusal('package.compare', { examId: exam.id, same: false })).toBe('not-found')
    expect(await station.director('exam.list', {})).toHaveLength(1)
  })

  it('is forgotten whole where the letters are not the director’s: the true one comes in after it', async () => {
    const director = await directorsLaptop()
    const station = await laptop()
    const before = JSON.stringify(setUpRows(station))
    const content = await contentOf(await exported(director))
    const [rubric] = content.rubrics
    if (!rubric) throw new Error('no rubric')
    const own = sealedAs({ ...rubric, id: rubricIdSchema.parse('forged'), title: 'Forged' })
    const stations = content.stations.map((one) => ({ ...one, rubric: one.rubric && { id: own.id, version: 1 } }))
    const erased = [...content.candidates, ...content.people].map(({ id }) => id)
    const forged = await packed({ ...content, stations, rubrics: [own], erased }, attacker)
    await station.nobody('package.import', forged)
    expect(await station.nobody.refusal('package.import', await exported(director))).toBe('package-stranger')
    await station.nobody('package.compare', { examId: exam.id, same: false })
    expect(JSON.stringify(setUpRows(station))).toBe(before)
    expect(await station.nobody.refusal('package.import', await exported(director))).toBe('taken')
    const said = await saidIn(station.director, { kind: 'laptops' })
    expect(said).toContainEqual(expect.stringMatching(/they are not the director’s, and the exam was removed$/))
  })

  it('is compared by a director alone where the laptop has one', async () => {
    const station = await directed()
    await station.director('package.import', await exported(await directorsLaptop()))
    const answer = { examId: exam.id, same: true }
    expect(await station.nobody.refusal('package.compare', answer)).toBe('package-needs-director')
    expect(await station.director.refusal('package.compare', answer)).toBe('taken')
  })

  it('counts as compared where the letters are given with it; where they are others’, nothing comes in', async () => {
    const director = await directorsLaptop()
    const station = await laptop()
    const { code: signer } = await director.director('laptop.own', {})
    const given = await exported(director)
    await expectRefused(station, 'nobody', { ...given, signer: 'ABCD-EFGH' }, 'package-not-theirs')
    const typed = { ...given, signer: signer.toLowerCase().replace('-', ' ') }
    expect(await station.nobody('package.import', typed)).toMatchObject({ signerCode: null })
    expect(await station.nobody.refusal('session.signIn', { personId: examiner.id, pin: PIN })).toBe('taken')
  })

  it('is brought by a director alone where there is one; later ones may come in by anybody', async () => {
    const director = await directorsLaptop()
    const station = await directed()
    const given = await exported(director)
    await expectRefused(station, 'nobody', given, 'package-needs-director')
    expect(await station.director.refusal('package.import', given)).toBe('taken')
    expect(await station.nobody.refusal('package.import', await exported(director))).toBe('taken')
  })

  it('makes nobody a director whose id it holds', async () => {
    const at = await directed()
    const other = madeUp(await contentOf(await exported(await directorsLaptop())))
    const person = await packed(await withPerson(other, at.directorId, forgedPin), attacker)
    await expectRefused(at, 'nobody', person, 'package-needs-director')
    await expectRefused(at, 'director', person, 'package-clashes')
    const candidates = other.candidates.map((one) => ({ ...one, id: at.directorId as never }))
    const candidate = await packed({ ...other, slots: [], candidates: candidates.slice(0, 1) }, attacker)
    await expectRefused(at, 'director', candidate, 'package-clashes')
    expect(await at.nobody.refusal('session.signIn', { personId: at.directorId, pin: forgedPin })).toBe('wrong-pin')
  })

  it('brings no recovery key, whatever the ids in it are', async () => {
    const other = madeUp(await contentOf(await exported(await directorsLaptop())))
    const secret = forgedKey.replaceAll('-', '')
    const given = await packed(await withPerson(other, personIdSchema.parse('recovery-key'), secret), attacker)
    const at = await directed()
    await at.director('package.import', given)
    const recovering = { directorId: at.directorId, recoveryKey: forgedKey, pin: forgedPin }
    expect(await at.nobody.refusal('account.recover', recovering)).toBe('wrong-recovery-key')
    const fresh = await laptop()
    await fresh.nobody('package.import', given)
    expect(await fresh.nobody('account.list', {})).toMatchObject({ recoverable: false })
  })

  it('leaves nothing of the question whose it is where the exam is removed', async () => {
    const settings = ({ dataDir }: TestLaptop) =>
      (JSON.parse(rowsOf(dataDir)()) as [string, unknown][]).filter(([name]) => name === 'setting')
    const director = await directorsLaptop()
    const station = await directed()
    const before = JSON.stringify(settings(station))
    await station.director('package.import', await exported(director))
    expect(JSON.stringify(settings(station))).not.toBe(before)
    await station.director('exam.remove', { examId: exam.id })
    expect(JSON.stringify(settings(station))).toBe(before)
  })

  it('is refused where something in it has the id of another exam’s: nobody there is renamed or moved', async () => {
    const director = await directorsLaptop()
    const content = await contentOf(await exported(director))
    const other = madeUp(content)
    const bare = { ...other, slots: [], people: [], pins: [] }
    const { id: examId } = other.exam
    const forgeries: ExamPackage[] = [
      { ...bare, candidates: content.candidates.map((one) => ({ ...one, examId, name: 'Mallory' })) },
      { ...bare, stations: content.stations.map((one) => ({ ...one, examId })) },
      { ...bare, people: content.people.map((one) => ({ ...one, examId, stationIds: [] })) },
      { ...other, slots: other.slots.map((one, at) => ({ ...one, id: slots[at]?.id ?? one.id })) },
      await withPerson(other, personIdSchema.parse('candidate-1'), forgedPin),
    ]
    for (const forgery of forgeries) {
      await expectRefused(director, 'director', await packed(forgery, attacker), 'package-clashes')
    }
    expect(await director.director.refusal('package.import', await packed(other, attacker))).toBe('taken')
  })
})

describe('a package of an exam that was built here', () => {
  it('does not come in, whether one was made of it before or not', async () => {
    const director = await directorsLaptop()
    const content = await contentOf(await exported(await directorsLaptop()))
    const forged = await packed({ ...content, exam: { ...exam, title: 'Mine' } }, attacker)
    await expectRefused(director, 'nobody', forged, 'package-own')
    await exported(director)
    await expectRefused(director, 'director', forged, 'package-own')
  })
})

describe('a package of an exam that a station has', () => {
  it('changes no PIN, no pass mark and no recipient where another installation signed it', async () => {
    const director = await directorsLaptop()
    const station = await stationOf(director)
    const content = await contentOf(await exported(director))
    const hash = await hashSecret(forgedPin, QUICK)
    const { recipient } = await createSealKey()
    const passRule = { ...exam.passRule, passMark: 1 }
    const pins = content.people.map(({ id: personId }) => ({ personId, hash }))
    const forged = { ...content, recipient, pins, exam: { ...exam, passRule } }
    for (const by of ['nobody', 'director'] as const) {
      await expectRefused(station, by, await packed(forged, attacker), 'package-stranger')
      await expectRefused(station, by, await packed({ ...content, pins }, attacker), 'package-stranger')
    }
    expect(await station.nobody.refusal('session.signIn', { personId: examiner.id, pin: PIN })).toBe('taken')
  })

  it('may name another key to seal to where the same installation signed it, whose data may have been restored', async () => {
    const director = await directorsLaptop()
    const station = await stationOf(director)
    const { recipient } = await createSealKey()
    const content = { ...(await contentOf(await exported(director))), recipient }
    const given = await packed(content, keyOf(director))
    expect(await station.nobody.refusal('package.import', given)).toBe('taken')
    const reader = openReader(station.dataDir)
    expect(reader.keys.examKey(exam.id)?.recipient).toBe(recipient)
    reader.close()
  })

  it('is refused where its signature is of something else', async () => {
    const director = await directorsLaptop()
    const station = await stationOf(director)
    const content = await contentOf(await exported(director))
    const { publicKey } = keyOf(director)
    const claimed = await packed(content, { publicKey, sign: attacker.sign })
    await expectRefused(station, 'nobody', claimed, 'package-altered')
  })

  it('is not taken back to before, while the same one once more and later ones are taken', async () => {
    const director = await directorsLaptop()
    const [earlier, later] = [await exported(director), await exported(director)]
    const station = await laptop()
    await station.nobody('package.import', earlier)
    await station.nobody('package.import', later)
    await expectRefused(station, 'nobody', earlier, 'package-older')
    await expectRefused(station, 'director', earlier, 'package-older')
    expect(await station.nobody.refusal('package.import', later)).toBe('taken')
    await station.nobody('package.compare', { examId: exam.id, same: true })
    await director.director('exam.setStatus', { examId: exam.id, status: 'closed' })
    expect(await station.nobody('package.import', await exported(director))).toMatchObject({
      exam: { status: 'closed' },
      signerCode: null,
    })
  })

  it('comes again without giving anybody new tries at a PIN; a PIN that is another by then has them all', async () => {
    const director = await directorsLaptop()
    const station = await stationOf(director)
    const same = await exported(director)
    const failures = () => failuresOf(station, examiner.id)
    for (let tries = 0; tries < 4; tries += 1) {
      expect(await station.nobody.refusal('session.signIn', { personId: examiner.id, pin: '000001' })).toBe('wrong-pin')
    }
    expect(failures()).toBe(4)
    await station.nobody('package.import', same)
    expect(failures()).toBe(4)
    await director.director('account.givePins', { examId: exam.id, personIds: [examiner.id] })
    await station.nobody('package.import', await exported(director))
    expect(failures()).toBe(0)
  })

  it('is the later one even where the director’s clock was put back in between', async () => {
    const director = await directorsLaptop()
    const station = await stationOf(director)
    await director.services.shutdown()
    const time = createSimulatedTime(Date.parse('2024-01-01T09:00:00Z'))
    const again = await laptop({ dataDir: director.dataDir, time })
    expect(await station.nobody.refusal('package.import', await exported(again))).toBe('taken')
  })
})

it('a director whose id one of an exam’s people has as well signs in as a director', async () => {
  const { dataDir, services } = await directorsLaptop()
  await services.shutdown()
  const store = openStore({ dataDir })
  const [one] = store.accounts.directors()
  if (one) store.people.put(personSchema.parse({ ...examiner, id: one.id }))
  store.close()
  const at = await laptop({ dataDir })
  const session = await at.nobody('session.signIn', { personId: one?.id ?? examiner.id, pin: PIN })
  expect(session).toMatchObject({ role: 'director', examId: null })
})
