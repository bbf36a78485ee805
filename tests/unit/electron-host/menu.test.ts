import type { MenuItemConstructorOptions } from 'electron'
import { expect, it, vi } from 'vitest'
import { menuTemplate } from '#electron/main/menu.ts'

const entriesOf = (items: readonly MenuItemConstructorOptions[]): MenuItemConstructorOptions[] =>
  items.flatMap((item) => [item, ...(Array.isArray(item.submenu) ? entriesOf(item.submenu) : [])])

function menu(platform: NodeJS.Platform = 'linux') {
  const choose = vi.fn()
  const openWindow = vi.fn()
  const entries = entriesOf(menuTemplate({ platform, choose, openWindow }))
  const click = (label: string) => {
    const { click: action } = entries.find((entry) => entry.label === label) ?? {}
    ;(action as (() => void) | undefined)?.()
  }
  return { choose, openWindow, entries, click }
}

it.each([
  ['Start screen', 'home'],
  ['Undo last mark', 'undo'],
  ['Keyboard shortcuts', 'help'],
])('"%s" is handed to the screens as %s', (label, item) => {
  const { choose, click } = menu()
  click(label)
  expect(choose).toHaveBeenCalledExactlyOnceWith(item)
})

it('opens another window', () => {
  const { openWindow, click } = menu()
  click('New window')
  expect(openWindow).toHaveBeenCalledOnce()
})

it('offers editing, zoom and full screen by the system’s own roles', () => {
  const roles = menu().entries.map(({ role }) => role)
  for (const role of ['undo', 'cut', 'copy', 'paste', 'selectAll', 'zoomIn', 'zoomOut', 'togglefullscreen', 'close']) {
    expect(roles).toContain(role)
  }
})

it('offers nothing that leaves the screens or looks into them', () => {
  const roles = menu().entries.map(({ role }) => role)
  for (const role of ['reload', 'forceReload', 'toggleDevTools']) expect(roles).not.toContain(role)
})

it('gives no shortcut to two entries', () => {
  const shortcuts = menu().entries.flatMap(({ accelerator }) => accelerator ?? [])
  expect(new Set(shortcuts).size).toBe(shortcuts.length)
})

it('begins with the application’s own menu on macOS alone', () => {
  expect(menu('darwin').entries[0]?.role).toBe('appMenu')
  expect(menu('win32').entries[0]?.role).toBeUndefined()
})
