import { expect, test, vi } from 'vitest'
import { items, openSheet, row } from './support.ts'

test('a moment is marked by its letter and stands on the line where the host put it', async () => {
  const { screen, bridge } = await openSheet()
  await screen.key('n')
  expect(bridge.inputsOf('mark.make')).toMatchObject([{ kind: 'moment', type: 'named' }])
  expect(screen.has('2:01 named it')).toBe(true)
})

test('a red flag is marked first; its words may follow and hold up nothing', async () => {
  const { screen, bridge } = await openSheet()
  await screen.key('f')
  await screen.key('7')
  expect(bridge.inputsOf('mark.make')).toMatchObject([{ kind: 'red-flag', type: 'false-promise' }])
  await screen.key('4')
  expect(bridge.inputsOf('rating.record')).toMatchObject([{ value: 4 }])

  await screen.fill('What was said', '“It will be fine”')
  await screen.press('Close')
  expect(bridge.inputsOf('mark.annotate')).toMatchObject([{ quote: '“It will be fine”', cue: null }])
})

test('a look-alike is chosen by number', async () => {
  const { screen, bridge } = await openSheet()
  await screen.key('l')
  await screen.key('2')
  expect(bridge.inputsOf('mark.make')).toMatchObject([{ kind: 'look-alike', type: 'sympathy-script' }])
})

test.each([
  ['l', 'a look-alike'],
  ['f', 'a look-alike'],
  ['s', 'What to look for'],
])('what the key %s opens comes into sight where the sheet scrolls', async (key, words) => {
  const { screen } = await openSheet()
  const shown: string[] = []
  vi.spyOn(Element.prototype, 'scrollIntoView').mockImplementation(function (this: Element) {
    shown.push(this.textContent)
  })
  await screen.key(key)
  expect(shown).toEqual([expect.stringContaining(words)])
})

test('a mark on the line takes the cue it answers', async () => {
  const { screen, bridge } = await openSheet()
  await screen.key('m')
  await screen.press('2:01 missed it')
  await screen.press('1 Looks at the empty chair.')
  expect(bridge.inputsOf('mark.annotate')).toMatchObject([{ cue: 0 }])
})

test('undo takes back marks on the line and points, latest first', async () => {
  const { screen, bridge } = await openSheet()
  await screen.key('3')
  await screen.key('4')
  await screen.key('x')
  await screen.key('z', { ctrlKey: true })
  expect(bridge.inputsOf('mark.undo')).toHaveLength(1)
  expect(screen.has(/explored it$/)).toBe(false)
  await screen.key('z', { ctrlKey: true })
  expect(row(items[0]?.title ?? '').chosen).toBe('3')
  await screen.key('z', { ctrlKey: true })
  expect(row(items[0]?.title ?? '').chosen).toBeNull()
  expect(bridge.inputsOf('rating.record')).toMatchObject([{ value: 3 }, { value: 4 }, { value: 3 }, { value: null }])
})
