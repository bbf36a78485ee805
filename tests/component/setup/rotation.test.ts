import { expect, test } from 'vitest'
import type { Rotation } from '#shared/contract/parts/exams.ts'
import { encounterSlotSchema } from '#shared/domain/exam.ts'
import { generateRotation, rotationEnd } from '#shared/domain/rotation.ts'
import { encounterIdSchema } from '#shared/domain/ids.ts'
import { blocksOf, roundsOf } from '#renderer/features/setup/rotation/rotation-grid.ts'
import { draftExam, openSetup, openTab, setupHost, type Data } from './setup-host.ts'

/** Two circuits, a break after two rounds, a candidate with extra time. */
function day(): Data {
  const data = draftExam()
  return {
    ...data,
    exam: {
      ...data.exam,
      timing: { ...data.exam.timing, breakEveryRounds: 2, breakSeconds: 300, circuitBreakSeconds: 1800 },
    },
    stations: data.stations.map((station, i) => ({ ...station, circuit: i === 2 ? 2 : 1 })),
    candidates: data.candidates.map((one, i) => ({ ...one, extraTimePercent: i === 1 ? 25 : 0 })),
  }
}

function rotationOf(data: Data): Rotation {
  const parts = { timing: data.exam.timing, stations: data.stations, candidates: data.candidates }
  let n = 0
  const newId = () => {
    n += 1
    return encounterIdSchema.parse(`encounter-${n}`)
  }
  const slots = generateRotation({ ...parts, examId: data.exam.id, newId })
  return { outdated: false, slots, ...rotationEnd(parts, slots) }
}

const grid = () =>
  [...document.querySelectorAll('[role="tabpanel"] tr')].map((row) =>
    [...row.children].map(({ textContent }) => textContent.replace(/\s+/g, ' ').trim()),
  )

test('a day is read in blocks of one circuit, with the pauses where they fall', () => {
  const data = day()
  const parts = { timing: data.exam.timing, stations: data.stations, candidates: data.candidates }
  const blocks = blocksOf(roundsOf(rotationOf(data), parts), data.stations)
  expect(blocks.map(({ circuit, stations, rows }) => [circuit, stations.length, rows.length])).toEqual([
    [1, 2, 3],
    [2, 1, 3],
  ])
  const pauses = blocks.flatMap(({ rows }) => rows.map(({ pause }) => (pause ? (pause.to - pause.from) / 60 : 0)))
  expect(pauses).toEqual([0, 5, 30, 0, 5, 0])
})

test('a round lasts as long as its longest encounter with extra time', () => {
  const data = day()
  const parts = { timing: data.exam.timing, stations: data.stations, candidates: data.candidates }
  for (const round of roundsOf(rotationOf(data), parts)) {
    const extra = data.stations.some(({ id, kind }) => kind === 'scored' && round.at.get(id)?.extraTimePercent === 25)
    expect(round.endsAtSecond - round.startsAtSecond).toBe(extra ? 720 : 600)
  }
})

test('the grid shows the time of each round, who is where, rest, breaks and extra time', async () => {
  const data = day()
  const screen = await openSetup(setupHost(data, { 'rotation.get': rotationOf(data) }), 'rotation')
  const rows = grid()
  expect(rows[0]).toEqual(['Round', '1Station 1', '2Station 2'])
  expect(rows[1]?.[0]).toBe('19:00 AM–9:12 AM')
  expect(rows.flat()).toContain('Break, 5 minutes')
  expect(rows.flat()).toContain('1002+25 %')
  expect(rows.flat()).toContain('3Station 3rest')
  expect(screen.text()).toContain('Circuit 2')
})

test('every candidate has a row with the time at every station', async () => {
  const data = day()
  const screen = await openSetup(setupHost(data, { 'rotation.get': rotationOf(data) }), 'rotation')
  await openTab(screen, 'By candidate')
  const rows = grid().slice(1)
  expect(rows.map(([who]) => who)).toEqual(['1001 Candidate 1', '1002 Candidate 2+25 %', '1003 Candidate 3'])
  expect(rows.flatMap((row) => row.slice(1)).every((time) => /^\d+:\d\d [AP]M$/.test(time))).toBe(true)
})

test('looking for a candidate marks every place where they are', async () => {
  const data = day()
  const screen = await openSetup(setupHost(data, { 'rotation.get': rotationOf(data) }), 'rotation')
  await screen.fill('Find a candidate in it', '1003')
  const marked = [...document.querySelectorAll('td.followed')].map(({ textContent }) => textContent.trim())
  expect(marked).toEqual(['1003', '1003', '1003'])
})

test('a rotation that no longer fits says so and is made again', async () => {
  const data = draftExam()
  const rotation = rotationOf(data)
  const host = setupHost(data, { 'rotation.get': { ...rotation, outdated: true }, 'rotation.generate': rotation })
  const screen = await openSetup(host, 'rotation')
  expect(screen.text()).toContain('changed after this rotation was made')
  await screen.press('Generate again')
  expect(host.bridge.inputsOf('rotation.generate')).toEqual([{ examId: 'exam-1' }])
  expect(screen.text()).not.toContain('changed after this rotation was made')
  expect(screen.text()).toContain('The rotation has 3 rounds and ends at 9:30 AM.')
})

test('without stations or candidates it is said what a rotation needs', async () => {
  const nothing: Rotation = { outdated: false, rounds: 0, endsAtSecond: 0, slots: [] }
  const screen = await openSetup(setupHost(draftExam({ candidates: [] }), { 'rotation.get': nothing }), 'rotation')
  expect(screen.text()).toContain('A rotation needs stations and candidates')
  expect(screen.has('Generate the rotation')).toBe(false)
})

test.each([
  ['encounters have begun', { hasMarks: true }],
  ['a package is out', { packageOut: { stations: [], candidates: [] } }],
])('once %s, candidates who came late get rounds of their own', async (_when, standing) => {
  const data = draftExam(standing)
  const early = rotationOf({ ...data, candidates: data.candidates.slice(0, 2) })
  const host = setupHost(data, { 'rotation.get': { ...early, outdated: true }, 'rotation.generate': rotationOf(data) })
  const screen = await openSetup(host, 'rotation')
  expect(screen.has('Generate again')).toBe(false)
  expect(screen.text()).toContain('the others stay as they are')
  await screen.press('Add rounds for one late candidate')
  expect(host.bridge.inputsOf('rotation.generate')).toHaveLength(1)
  expect(screen.has(/^Add rounds/)).toBe(false)
})

test('a day that goes on after midnight says which day a time belongs to', async () => {
  const data = draftExam()
  const slots = rotationOf(data).slots.map((slot) =>
    encounterSlotSchema.parse({ ...slot, startsAtSecond: slot.startsAtSecond + 60_000 }),
  )
  const rotation: Rotation = { outdated: false, rounds: 3, endsAtSecond: 94_200, slots }
  const screen = await openSetup(setupHost(data, { 'rotation.get': rotation }), 'rotation')
  expect(screen.text()).toContain('to 2:10 AM +1d')
})
