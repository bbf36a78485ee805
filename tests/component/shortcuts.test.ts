import { mount } from '@vue/test-utils'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { defineComponent, h, ref } from 'vue'
import ShortcutLayer from '#renderer/ui/ShortcutLayer.vue'
import {
  listenForShortcuts,
  runShortcut,
  screenShortcuts,
  useShortcuts,
  type Shortcut,
} from '#renderer/ui/use-shortcuts.ts'

let stop = () => {}
beforeEach(() => {
  stop = listenForShortcuts()
})
afterEach(() => {
  stop()
})

const done: string[] = []
beforeEach(() => {
  done.length = 0
})

/** A component with these keys; each notes its label when it runs. */
const withKeys = (shortcuts: readonly Omit<Shortcut, 'run'>[], children: () => unknown = () => []) =>
  defineComponent(() => {
    useShortcuts(() => shortcuts.map((shortcut) => ({ ...shortcut, run: () => done.push(shortcut.label) })))
    return () => h('div', children() as [])
  })

const show = (component: ReturnType<typeof defineComponent>) => mount(component, { attachTo: document.body })

const press = (key: string, more: KeyboardEventInit = {}, target: EventTarget = document.body) => {
  const event = new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, ...more })
  target.dispatchEvent(event)
  return event
}

test('a key does its deed whether capital or not, and the browser does nothing of its own with it', () => {
  const screen = show(withKeys([{ key: 'N', label: 'named it' }]))
  expect(press('n').defaultPrevented).toBe(true)
  press('N', { shiftKey: true })
  expect(done).toEqual(['named it', 'named it'])
  screen.unmount()
})

test('a letter is found by its place on a keyboard of another script', () => {
  const screen = show(withKeys([{ key: 'N', label: 'named it' }]))
  press('т', { code: 'KeyN' })
  expect(done).toEqual(['named it'])
  screen.unmount()
})

test('keys are left to a field while somebody types, except Escape', () => {
  const screen = show(
    withKeys(
      [
        { key: 'N', label: 'named it' },
        { key: 'Escape', label: 'leave' },
      ],
      () => [h('textarea')],
    ),
  )
  const field = screen.get('textarea').element
  expect(press('n', {}, field).defaultPrevented).toBe(false)
  press('Escape', {}, field)
  expect(done).toEqual(['leave'])
  screen.unmount()
})

test('Enter on a button stays with the button', () => {
  const screen = show(withKeys([{ key: 'Enter', label: 'go on' }], () => [h('button')]))
  press('Enter', {}, screen.get('button').element)
  expect(done).toEqual([])
  press('Enter')
  expect(done).toEqual(['go on'])
  screen.unmount()
})

test('Enter with Ctrl or Command is a deed of the screen, also on a button', () => {
  const screen = show(withKeys([{ key: 'Mod+Enter', label: 'finish' }], () => [h('button')]))
  expect(press('Enter', { ctrlKey: true }, screen.get('button').element).defaultPrevented).toBe(true)
  press('Enter', { metaKey: true }, screen.get('button').element)
  expect(done).toEqual(['finish', 'finish'])
  screen.unmount()
})

test('Ctrl and Command both stand for the one modifier, and without it the key is another', () => {
  const screen = show(withKeys([{ key: 'Mod+Z', label: 'undo' }]))
  press('z', { ctrlKey: true })
  press('z', { metaKey: true })
  press('z')
  expect(done).toEqual(['undo', 'undo'])
  screen.unmount()
})

test('a key that is off for now is off, and a screen that is gone takes its keys with it', () => {
  const open = ref(false)
  const screen = show(withKeys([{ key: 'F', label: 'red flag', when: () => open.value }]))
  press('f')
  expect(done).toEqual([])
  open.value = true
  press('f')
  expect(done).toEqual(['red flag'])
  screen.unmount()
  press('f')
  expect(done).toEqual(['red flag'])
})

test('while a dialog is open, only its own keys act, and the help sheet still lists those of the screen', () => {
  const inDialog = withKeys([{ key: 'Enter', label: 'submit' }])
  const screen = show(
    withKeys([{ key: 'N', label: 'named it' }], () => [h(ShortcutLayer, null, { default: () => h(inDialog) })]),
  )
  press('n')
  press('Enter')
  expect(done).toEqual(['submit'])
  expect(screenShortcuts().map(({ label }) => label)).toEqual(['named it'])
  screen.unmount()
})

test('a menu entry runs what its key would do, and says where nothing answers to it', () => {
  const screen = show(withKeys([{ key: 'Mod+Z', label: 'undo' }]))
  expect(runShortcut('Mod+Z')).toBe(true)
  expect(runShortcut('Mod+Y')).toBe(false)
  expect(done).toEqual(['undo'])
  screen.unmount()
})
