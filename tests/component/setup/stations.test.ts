import { expect, test } from 'vitest'
import { cueSchema, stationSchema } from '#shared/domain/exam.ts'
import { refused } from '#tests/support/fake-bridge.ts'
import { draftExam, openSetup, openTab, rest, rubric, setupHost, valueOf } from './setup-host.ts'

const moving = () => {
  const host = setupHost()
  host.bridge.answer({
    'station.move': ({ stationId, toNumber }) => {
      const rest = host.data.stations.filter(({ id }) => id !== stationId)
      const one = host.data.stations.filter(({ id }) => id === stationId)
      const stations = rest.toSpliced(toNumber - 1, 0, ...one).map((station, i) => ({ ...station, number: i + 1 }))
      host.data = { ...host.data, stations }
      return stations
    },
  })
  return host
}
const order = () =>
  [...document.querySelectorAll('ol[aria-label="Stations by number"] bdi:first-child')].map(
    (title) => title.textContent,
  )

test('a station moves by the arrow keys of its handle, which keeps the focus', async () => {
  const host = moving()
  const screen = await openSetup(host, 'stations')
  screen.find(/^Move station 1/).focus()
  await screen.key('ArrowDown')
  expect(host.bridge.inputsOf('station.move')).toEqual([{ stationId: 'station-1', toNumber: 2 }])
  expect(order()).toEqual(['Station 2', 'Station 1', 'Station 3'])
  expect(document.activeElement?.getAttribute('aria-label')).toMatch(/^Move station 2/)
  await screen.press('Undo')
  expect(order()).toEqual(['Station 1', 'Station 2', 'Station 3'])
})

test('the first station does not move up and the last not down', async () => {
  const host = moving()
  const screen = await openSetup(host, 'stations')
  screen.find(/^Move station 1/).focus()
  await screen.key('ArrowUp')
  screen.find(/^Move station 3/).focus()
  await screen.key('ArrowDown')
  expect(host.bridge.inputsOf('station.move')).toEqual([])
})

test('a new station is taken in hand at once', async () => {
  const host = setupHost()
  host.bridge.answer({
    'station.add': () =>
      stationSchema.parse({ ...host.data.stations[0], id: 'station-4', number: 4, title: 'Station 4' }),
  })
  const screen = await openSetup(host, 'stations')
  await screen.press('Add a station')
  expect(host.bridge.inputsOf('station.add')).toEqual([{ examId: 'exam-1', fields: { kind: 'scored' } }])
  expect(valueOf(screen, 'Title')).toBe('Station 4')
})

test('removing a station is asked first; undo brings it back to its place with its people', async () => {
  const host = moving()
  host.bridge.answer({
    'station.remove': ({ stationId }) => {
      const stations = host.data.stations.filter(({ id }) => id !== stationId)
      host.data = { ...host.data, stations: stations.map((station, i) => ({ ...station, number: i + 1 })) }
      return {}
    },
    'station.add': ({ fields }) => {
      const station = stationSchema.parse({ ...fields, id: 'station-9', examId: 'exam-1', number: 3 })
      host.data = { ...host.data, stations: [...host.data.stations, station] }
      return station
    },
  })
  const screen = await openSetup(host, 'stations')
  screen.find('More about station 1').dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true }))
  await screen.settle()
  await screen.press('Remove the station')
  expect(screen.text()).toContain('Remove station 1, “Station 1”?')
  expect(host.bridge.inputsOf('station.remove')).toEqual([])
  const verbs = [...document.querySelectorAll<HTMLElement>('[role="alertdialog"] footer button')]
  verbs.at(-1)?.click()
  await screen.settle()
  expect(order()).toEqual(['Station 2', 'Station 3'])
  await screen.press('Undo')
  expect(order()).toEqual(['Station 1', 'Station 2', 'Station 3'])
  expect(host.bridge.inputsOf('person.update')).toEqual([
    { personId: 'examiner-1', fields: { stationIds: ['station-9'] } },
    { personId: 'sp-1', fields: { stationIds: ['station-9'] } },
  ])
})

test('a cue that is added is saved once it says something', async () => {
  const host = setupHost()
  const screen = await openSetup(host, 'stations')
  await openTab(screen, /^Cues/)
  await screen.press('Add a cue')
  await rest(screen)
  expect(screen.text()).toContain('Say what the patient says or shows, or remove the cue.')
  expect(host.bridge.inputsOf('station.update')).toEqual([])
  await screen.fill('Cue 2', 'He laughs at nothing.')
  await rest(screen)
  expect(host.data.stations[0]?.cues).toEqual([
    { text: 'She looks away.', lookFor: '' },
    { text: 'He laughs at nothing.', lookFor: '' },
  ])
})

test('a cue asks for a domain of the station’s rubric, or for none, and then says nothing of it', async () => {
  const [domain] = rubric.domains
  if (!domain) throw new Error('the rubric has no domain')
  const host = setupHost()
  const screen = await openSetup(host, 'stations')
  await openTab(screen, /^Cues/)
  expect(valueOf(screen, 'Domain it asks for, cue 1')).toBe('')
  await screen.fill('Domain it asks for, cue 1', domain.id)
  await rest(screen)
  expect(host.data.stations[0]?.cues).toEqual([{ text: 'She looks away.', lookFor: '', domain: domain.id }])
  await screen.fill('Domain it asks for, cue 1', '')
  await rest(screen)
  expect(host.data.stations[0]?.cues).toEqual([{ text: 'She looks away.', lookFor: '' }])
})

test('a domain that the rubric does not have is told at its cue', async () => {
  const data = draftExam()
  const cues = [cueSchema.parse({ text: 'She looks away.', lookFor: '', domain: 'gone' })]
  const screen = await openSetup(
    setupHost({ ...data, stations: data.stations.map((station) => ({ ...station, cues })) }),
    'stations',
  )
  await openTab(screen, /^Cues/)
  expect(screen.text()).toContain('The station’s rubric has no such domain')
})

test('nobody is asked for a domain where the station has no rubric', async () => {
  const data = draftExam()
  const cues = [cueSchema.parse({ text: 'She looks away.', lookFor: '', domain: 'gone' })]
  const stations = data.stations.map((station) => ({ ...station, cues, rubric: null }))
  const screen = await openSetup(setupHost({ ...data, stations }), 'stations')
  await openTab(screen, /^Cues/)
  expect(valueOf(screen, 'Look for, cue 1')).toBe('')
  expect(screen.text()).not.toContain('Domain it asks for')
  expect(screen.text()).not.toContain('no such domain')
})

test('a scored station without a rubric says so, and one is chosen from the list', async () => {
  const data = draftExam()
  const host = setupHost({ ...data, stations: data.stations.map((station) => ({ ...station, rubric: null })) })
  const screen = await openSetup(host, 'stations')
  expect(screen.text()).toContain('A scored station needs a rubric.')
  await screen.fill('Rubric', `${rubric.id} ${rubric.version}`)
  await rest(screen)
  expect(host.data.stations[0]?.rubric).toEqual({ id: rubric.id, version: rubric.version })
})

test('once encounters have begun, the reason is given and only the texts can be changed', async () => {
  const host = setupHost(draftExam({ hasMarks: true }))
  const screen = await openSetup(host, 'stations')
  expect(screen.text()).toContain('Texts can still be mended; stations, circuits and rubrics stay as they are.')
  for (const name of ['Add a station', 'Kind', 'Circuit', 'Rubric']) {
    expect(screen.find(name)).toHaveProperty('disabled', true)
  }
  expect(screen.has(/^Move station/)).toBe(false)
  await screen.fill('Title', 'Telling the result')
  await rest(screen)
  expect(host.data.stations[0]?.title).toBe('Telling the result')
})

test('once a package sends candidates to a station, it keeps what its marks name and is not removed', async () => {
  const { id } = stationSchema.shape
  const sent = { stations: [id.parse('station-1')], candidates: [] }
  const host = setupHost(draftExam({ packageOut: sent }))
  const screen = await openSetup(host, 'stations')
  expect(screen.text()).toContain('texts can still be mended, and a cue added')
  for (const name of ['Kind', 'Rubric']) expect(screen.find(name)).toHaveProperty('disabled', true)
  for (const name of ['Add a station', 'Circuit']) expect(screen.find(name)).toHaveProperty('disabled', false)
  screen.find('More about station 1').dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true }))
  await screen.settle()
  const menu = [...document.querySelectorAll('[role="menuitem"][data-disabled]')].map((one) => one.textContent.trim())
  expect(menu).toContain('Cannot be removed: a package sends candidates here')
  await openTab(screen, /^Cues/)
  expect(screen.find('Remove: Cue 1')).toHaveProperty('disabled', true)
  await screen.press('Add a cue')
  expect(screen.find('Remove: Cue 2')).toHaveProperty('disabled', false)
})

test('a station to which no package sends anybody can still be another, and be removed', async () => {
  const screen = await openSetup(setupHost(draftExam({ packageOut: { stations: [], candidates: [] } })), 'stations')
  for (const name of ['Kind', 'Rubric']) expect(screen.find(name)).toHaveProperty('disabled', false)
  screen.find('More about station 1').dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true }))
  await screen.settle()
  await screen.press('Remove the station')
  expect(screen.text()).toContain('Remove station 1, “Station 1”?')
})

test('a station to which no package sends anybody can be removed after the first marks too; the others have no menu', async () => {
  const sent = {
    stations: draftExam()
      .stations.slice(0, 2)
      .map(({ id }) => id),
    candidates: [],
  }
  const screen = await openSetup(setupHost(draftExam({ hasMarks: true, packageOut: sent })), 'stations')
  expect(screen.has('More about station 1')).toBe(false)
  screen.find('More about station 3').dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true }))
  await screen.settle()
  expect([...document.querySelectorAll('[role="menuitem"]')]).toHaveLength(1)
  await screen.press('Remove the station')
  expect(screen.text()).toContain('Remove station 3, “Station 3”?')
})

test('once encounters have begun no cue comes or goes', async () => {
  const screen = await openSetup(setupHost(draftExam({ hasMarks: true })), 'stations')
  await openTab(screen, /^Cues/)
  expect(screen.find('Remove: Cue 1')).toHaveProperty('disabled', true)
  expect(screen.has('Add a cue')).toBe(false)
})

test('a refused change of a station says why and shows what is stored', async () => {
  const host = setupHost(draftExam(), { 'station.update': refused('exam-has-marks') })
  const screen = await openSetup(host, 'stations')
  await screen.fill('Circuit', '2')
  await rest(screen)
  expect(screen.text()).toContain('Encounters of this exam have begun')
  expect(screen.find('Circuit')).toHaveProperty('value', '1')
})

test('an exam without stations says what a station is and offers the first', async () => {
  const screen = await openSetup(setupHost(draftExam({ stations: [] })), 'stations')
  expect(screen.text()).toContain('No stations yet')
  expect(screen.has('Add the first station')).toBe(true)
})
