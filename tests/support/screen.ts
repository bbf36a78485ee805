import { promisify } from 'node:util'
import { flushPromises, mount } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import { onTestFinished, vi } from 'vitest'
import type { Component } from 'vue'
import { createMemoryHistory, type Router } from 'vue-router'
import { connect } from '#renderer/api.ts'
import { i18n } from '#renderer/i18n.ts'
import { createAppRouter } from '#renderer/router.ts'
import { useSessionStore } from '#renderer/use-session-store.ts'
import type { FakeBridge } from './fake-bridge.ts'

export type Screen = {
  router: Router
  /** All the words on the page, what floats over the screen included, with single spaces. */
  text(): string
  /** The button, link or field of this name. Throws where there is none. */
  find(name: string | RegExp): HTMLElement
  /** Whether there is one. */
  has(name: string | RegExp): boolean
  /** Presses it and waits until what it started has come to rest. */
  press(name: string | RegExp): Promise<void>
  /** Types into a field, or chooses in a list. */
  fill(name: string | RegExp, value: string): Promise<void>
  /** A key, pressed on what has the focus. */
  key(key: string, more?: KeyboardEventInit): Promise<void>
  settle(): Promise<void>
  /** The page goes, as when it is reloaded, with all that it held in memory. */
  leave(): void
}

/** By the real clock, even where a test stops it. */
const nextTurn = promisify(setTimeout)

/**
 * Puts a component on a page with the app's own router, locale and stores, over a stand-in for the host, and waits
 * until it has come to rest. `at` is the address it stands at. It is taken away when the test is over: open one screen at a
 * time. A sentence that the locale lacks is an error.
 */
export async function openScreen(
  component: Component,
  { bridge, at = '/', props = {} }: { bridge: FakeBridge; at?: string; props?: Record<string, unknown> },
): Promise<Screen> {
  connect(bridge)
  i18n.global.setMissingHandler((_locale, key) => {
    throw new Error(`the locale has no sentence "${key}"`)
  })
  const pinia = createPinia()
  setActivePinia(pinia)
  const router = createAppRouter(createMemoryHistory())
  await router.push(at)
  const wrapper = mount(component, {
    props,
    attachTo: document.body,
    global: { plugins: [pinia, i18n, router] },
  })
  let stands = true
  const leave = () => {
    if (stands) wrapper.unmount()
    stands = false
    // Marks that were not saved are sent while their maker sits here: now into no other test.
    useSessionStore(pinia).session = null
  }
  onTestFinished(leave)
  await flushPromises()
  // The app fetches what may lie over a screen in the turn after the one that drew it.
  await nextTurn()
  await vi.dynamicImportSettled()
  await flushPromises()

  const find = (name: string | RegExp): HTMLElement => {
    const found = operable().filter((element) => matches(nameOf(element), name))
    const [first] = found
    if (first === undefined) throw new Error(`nothing is named ${String(name)}; there are: ${names()}`)
    return first
  }
  return {
    router,
    text: () => plain(document.body.textContent),
    find,
    leave,
    has: (name) => operable().some((element) => matches(nameOf(element), name)),
    async press(name) {
      find(name).click()
      await flushPromises()
    },
    async fill(name, value) {
      const field = find(name)
      if (!(
        field instanceof HTMLInputElement ||
        field instanceof HTMLTextAreaElement ||
        field instanceof HTMLSelectElement
      )) {
        throw new Error(`${String(name)} is not a field`)
      }
      field.value = value
      field.dispatchEvent(new Event(field instanceof HTMLSelectElement ? 'change' : 'input', { bubbles: true }))
      await flushPromises()
    },
    async key(key, more = {}) {
      const target = document.activeElement ?? document.body
      target.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, ...more }))
      await flushPromises()
    },
    async settle() {
      await flushPromises()
    },
  }
}

const operable = (): HTMLElement[] => [
  ...document.querySelectorAll<HTMLElement>(
    'button, a[href], input, select, textarea, [role="menuitem"], [role="tab"], [role="radio"]',
  ),
]

const names = (): string => operable().map(nameOf).join(' | ')

/** The accessible name as these screens give it: aria-label, aria-labelledby, label, or the words inside. */
function nameOf(element: HTMLElement): string {
  return plain(element.getAttribute('aria-label') ?? (labelledBy(element) || labelOf(element) || element.textContent))
}

const labelledBy = (element: HTMLElement): string =>
  (element.getAttribute('aria-labelledby')?.split(' ') ?? [])
    .map((id) => document.getElementById(id)?.textContent ?? '')
    .join(' ')

/** What a label says: of a field alone, as the whole page is searched for it. */
const labelOf = (element: HTMLElement): string =>
  element.matches('input, select, textarea') && 'labels' in element && element.labels instanceof NodeList
    ? (element.labels[0]?.textContent ?? '')
    : ''

const matches = (name: string, wanted: string | RegExp) =>
  typeof wanted === 'string' ? name === wanted : wanted.test(name)

const plain = (text: string) => text.replace(/\s+/g, ' ').trim()
