import { expect, test } from 'vitest'
import { eventually } from '#tests/support/eventually.ts'
import { encounterView } from '#tests/support/screen-encounter.ts'
import { screenExam } from '#tests/support/screen-exam.ts'
import { items, openSheet, row, scores } from './support.ts'

test('in a closed exam an open sheet can be read, not marked, and says why', async () => {
  const { exam } = screenExam()
  const { screen, bridge } = await openSheet(undefined, {
    'exam.list': [
      {
        exam: { ...exam, status: 'closed' },
        putAway: false,
        stations: 3,
        candidates: 3,
        encounters: 6,
        submitted: 0,
        absent: 0,
      },
    ],
  })
  expect(screen.text()).toContain('The exam is closed. Its marks can be read and not changed.')
  expect(row(items[0]?.title ?? '').element.closest('fieldset:disabled')).not.toBeNull()
  const before = bridge.calls.length
  for (const key of ['4', '0', 'Backspace', 'n', 'f', '7', 'l', '2', 'g', 'u']) await screen.key(key)
  await screen.key('Enter', { ctrlKey: true })
  const written = bridge.calls.slice(before).filter(({ channel }) => channel !== 'session.touched')
  expect(written).toEqual([])
  expect(document.querySelector('[role="dialog"]')).toBeNull()
  expect(screen.text()).not.toContain('NOT SAVED')
  await screen.key('s')
  expect(screen.text()).toContain('You are Mr Falk.')
})

test('a finished encounter of a closed exam is not handed over any more', async () => {
  const { exam } = screenExam()
  const facts = { putAway: false, stations: 3, candidates: 3, encounters: 6, submitted: 1, absent: 0 }
  const { screen, bridge } = await openSheet((id) => encounterView(id, 'submitted'), {
    'encounter.scores': scores,
    'exam.list': [{ exam, ...facts }],
  })
  expect(screen.has('Hand over to the SP')).toBe(true)
  bridge.answer({ 'exam.list': [{ exam: { ...exam, status: 'closed' }, ...facts }] })
  bridge.emit('exam.changed', { examId: exam.id })
  await eventually(() => expect(screen.has('Hand over to the SP')).toBe(false))
})
