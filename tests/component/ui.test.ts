import { flushPromises, mount } from '@vue/test-utils'
import { expect, test, vi } from 'vitest'
import { defineComponent, h, ref } from 'vue'
import type { Result } from '#shared/contract/result.ts'
import { i18n } from '#renderer/i18n.ts'
import BaseDialog from '#renderer/ui/BaseDialog.vue'
import BaseField from '#renderer/ui/BaseField.vue'
import BaseInput from '#renderer/ui/BaseInput.vue'
import BaseMenu from '#renderer/ui/BaseMenu.vue'
import BaseLoaded from '#renderer/ui/BaseLoaded.vue'
import BaseProgress from '#renderer/ui/BaseProgress.vue'
import { useLoaded, type Loaded } from '#renderer/ui/use-loaded.ts'
import { refused } from '#tests/support/fake-bridge.ts'

const global = { plugins: [i18n] }

test('a field ties label, hint and error to its one control', () => {
  const value = ref('')
  const field = mount(
    defineComponent(
      () => () =>
        h(
          BaseField,
          { label: 'Minutes', hint: 'Per encounter', error: 'Between 1 and 120.', required: true },
          { default: () => h(BaseInput, { modelValue: value.value }) },
        ),
    ),
    { global, attachTo: document.body },
  )
  const input = field.get('input').element
  expect(input.labels?.[0]?.textContent).toBe('Minutes')
  const described = (input.getAttribute('aria-describedby') ?? '').split(' ')
  expect(described.map((id) => document.getElementById(id)?.textContent)).toEqual([
    'Per encounter',
    'Between 1 and 120.',
  ])
  expect(input.getAttribute('aria-invalid')).toBe('true')
  expect(input.required).toBe(true)
  field.unmount()
})

test('a field without fault is not called invalid', () => {
  const field = mount(BaseField, {
    global,
    props: { label: 'Minutes' },
    slots: { default: () => h(BaseInput, { modelValue: 8 }) },
  })
  const input = field.get('input')
  expect(input.attributes('aria-invalid')).toBeUndefined()
  expect(input.attributes('aria-describedby')).toBeUndefined()
})

test('a dialog has its name, closes by its cross, and by Escape', async () => {
  const open = ref(true)
  const dialog = mount(
    defineComponent(
      () => () =>
        h(BaseDialog, {
          open: open.value,
          title: 'Remove station 3?',
          description: 'Its script goes with it.',
          'onUpdate:open': (now: boolean) => (open.value = now),
        }),
    ),
    { global, attachTo: document.body },
  )
  await flushPromises()
  const surface = () => document.querySelector('[role="dialog"]')
  const names = (attribute: string) => document.getElementById(surface()?.getAttribute(attribute) ?? '')?.textContent
  expect(names('aria-labelledby')).toBe('Remove station 3?')
  expect(names('aria-describedby')).toBe('Its script goes with it.')

  document.querySelector<HTMLElement>('[aria-label="Close"]')?.click()
  await flushPromises()
  expect(surface()).toBeNull()

  open.value = true
  await flushPromises()
  document.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true, cancelable: true }))
  await flushPromises()
  expect(surface()).toBeNull()
  dialog.unmount()
})

test('a firm dialog is left by its verbs only', async () => {
  const closed = vi.fn()
  const dialog = mount(BaseDialog, {
    global,
    attachTo: document.body,
    props: { open: true, title: 'Give the device back', firm: true, 'onUpdate:open': closed },
    slots: { actions: () => h('button', 'Give back') },
  })
  await flushPromises()
  document.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true, cancelable: true }))
  await flushPromises()
  expect(closed).not.toHaveBeenCalled()
  expect(document.querySelector('[aria-label="Close"]')).toBeNull()
  expect(document.querySelector('[role="dialog"]')?.textContent).toContain('Give back')
  dialog.unmount()
})

test('a menu opens by the keyboard, does what is chosen once, and is gone', async () => {
  const remove = vi.fn()
  const menu = mount(BaseMenu, {
    global,
    attachTo: document.body,
    props: { label: 'Station 3', items: [{ label: 'Remove', run: remove }] },
    slots: { trigger: () => h('button', 'More') },
  })
  expect(document.querySelector('[role="region"]')).toBeNull()
  const press = async (target: Element | null, key: string) => {
    target?.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }))
    await flushPromises()
  }
  await press(menu.get('button').element, 'Enter')
  await press(document.querySelector('[role="menuitem"]'), 'Enter')
  expect(remove).toHaveBeenCalledOnce()
  expect(document.querySelector('[role="menu"]')).toBeNull()
  menu.unmount()
})

/** What `useLoaded` reads, answered by hand and in any order. */
function byHand() {
  const answers: ((result: Result<string>) => void)[] = []
  let loaded: Loaded<string> | undefined
  const screen = mount(
    defineComponent(() => {
      const mine = useLoaded(() => new Promise<Result<string>>((resolve) => answers.push(resolve)))
      loaded = mine
      return () => h(BaseLoaded, { loaded: mine }, { default: ({ data }: { data: string }) => h('p', data) })
    }),
    { global },
  )
  return {
    screen,
    load: () => void loaded?.load(),
    async answer(n: number, result: Result<string>) {
      answers[n]?.(result)
      await flushPromises()
    },
  }
}

test('reading shows that it reads, then what was read, and keeps it while it is read again', async () => {
  const { screen, load, answer } = byHand()
  load()
  expect(screen.text()).toBe('Reading…')
  await answer(0, { ok: true, data: 'twelve stations' })
  expect(screen.text()).toBe('twelve stations')
  load()
  expect(screen.text()).toBe('twelve stations')
})

test('of two readings the later one counts, whichever is answered first', async () => {
  const { screen, load, answer } = byHand()
  load()
  load()
  await answer(1, { ok: true, data: 'new' })
  await answer(0, { ok: true, data: 'old' })
  expect(screen.text()).toBe('new')
})

test('a reading that fails says so and can be tried again', async () => {
  const { screen, load, answer } = byHand()
  load()
  await answer(0, refused('storage-locked'))
  expect(screen.text()).toContain('Another program holds the data.')
  await screen.get('button').trigger('click')
  await answer(1, { ok: true, data: 'back again' })
  expect(screen.text()).toBe('back again')
})

test('progress says how far it has come, and nothing of an end that nobody knows', async () => {
  const progress = mount(BaseProgress, { global, props: { label: 'Reports', done: 7, total: 24 } })
  expect(progress.text()).toContain('7 of 24')
  expect(progress.get('progress').element.value).toBe(7)
  await progress.setProps({ done: 0, total: 0 })
  expect(progress.text()).toBe('Reports')
  expect(progress.get('progress').element.hasAttribute('value')).toBe(false)
})
