import { expect, test } from 'vitest'
import { encounterView, freshEncounterId } from '#tests/support/screen-encounter.ts'
import { field, items, openSheet } from './support.ts'

test('letters and digits typed into a note stay in the note', async () => {
  const { screen, bridge } = await openSheet()
  field(`Note on “${items[0]?.title ?? ''}”`).focus()
  for (const key of ['4', 'n', 'f', '0', 'Backspace']) await screen.key(key)
  expect(bridge.inputsOf('rating.record')).toEqual([])
  expect(bridge.inputsOf('mark.make')).toEqual([])
})

test('a note is kept by itself when one turns to the next behaviour', async () => {
  const { screen, bridge } = await openSheet()
  const note = field(`Note on “${items[0]?.title ?? ''}”`)
  note.value = '“So quiet now”'
  note.dispatchEvent(new Event('input'))
  await screen.key('ArrowDown')
  expect(bridge.inputsOf('note.record')).toMatchObject([{ itemId: items[0]?.id, text: '“So quiet now”' }])
  expect(field(`Note on “${items[1]?.title ?? ''}”`).value).toBe('')
})

test('what is typed when the sheet is left is kept', async () => {
  const { screen, bridge } = await openSheet()
  await screen.fill(`Note on “${items[0]?.title ?? ''}”`, 'She waited')
  await screen.router.push({ name: 'examiner-day' })
  await screen.settle()
  expect(bridge.inputsOf('note.record')).toMatchObject([{ itemId: items[0]?.id, text: 'She waited' }])
})

test('what is typed when another encounter is opened is kept where it belongs', async () => {
  const { screen, bridge, id } = await openSheet()
  await screen.fill(`Note on “${items[0]?.title ?? ''}”`, 'She waited')
  const next = freshEncounterId()
  bridge.answer({ 'encounter.open': encounterView(next) })
  await screen.router.push({ name: 'encounter', params: { encounterId: next } })
  await screen.settle()
  expect(bridge.inputsOf('note.record')).toMatchObject([{ encounterId: id, text: 'She waited' }])
  await screen.key('z', { ctrlKey: true })
  expect(bridge.inputsOf('note.record')).toHaveLength(1)
})

test('what is said with a mark is kept when the sheet is left, and when the page goes away', async () => {
  const { screen, bridge } = await openSheet()
  await screen.key('n')
  await screen.key('q')
  await screen.fill('What was said', '“So quiet”')
  dispatchEvent(new Event('pagehide'))
  expect(bridge.inputsOf('mark.annotate')).toMatchObject([{ quote: '“So quiet”' }])
  await screen.fill('What was said', '“So quiet now”')
  await screen.router.push({ name: 'examiner-day' })
  await screen.settle()
  expect(bridge.inputsOf('mark.annotate').at(-1)).toMatchObject({ quote: '“So quiet now”' })
})

test('a quotation that was taken back stays taken back when its card is closed', async () => {
  const { screen, bridge } = await openSheet()
  await screen.key('n')
  await screen.key('q')
  await screen.fill('What was said', '“So quiet”')
  screen.find('What was said').dispatchEvent(new FocusEvent('blur'))
  await screen.settle()
  await screen.press(/^Take back: words/)
  expect(screen.find('What was said')).toHaveProperty('value', '')
  await screen.press('Close')
  expect(bridge.inputsOf('mark.annotate')).toMatchObject([{ quote: '“So quiet”' }, { quote: '' }])
})

test('a phrase goes into the note with one touch', async () => {
  const { screen, bridge } = await openSheet()
  await screen.press('let the answer finish')
  await screen.press('asked what she feared')
  expect(bridge.inputsOf('note.record').at(-1)).toMatchObject({ text: 'let the answer finish; asked what she feared' })
})
