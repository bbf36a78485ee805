import { inject, onScopeDispose, provide, shallowReactive, type InjectionKey } from 'vue'

export type Shortcut = {
  /** One key or several for the same deed: "N", "4", "Escape", "ArrowDown", "Mod+Z" (Ctrl, or Command on a Mac). */
  key: string | readonly string[]
  /** What it does, in the words of the locale; the help sheet lists it. */
  label: string
  /** Heading on the help sheet. */
  group?: string
  run: (event: KeyboardEvent) => void
  /** Only while this is true. */
  when?: () => boolean
}

/** The shortcuts of one surface. A dialog lies over the screen: while it is open, only its own keys act. */
type Layer = { registered: (() => readonly Shortcut[])[] }

const root: Layer = { registered: shallowReactive([]) }
const layers = shallowReactive<Layer[]>([root])
const layerKey: InjectionKey<Layer> = Symbol('shortcut layer')

/** Lays a surface over what is open; for dialogs. */
export function useShortcutLayer(): void {
  const layer: Layer = { registered: shallowReactive([]) }
  layers.push(layer)
  provide(layerKey, layer)
  onScopeDispose(() => {
    layers.splice(layers.indexOf(layer), 1)
  })
}

/**
 * Registers the keys of the component that calls it, until it is unmounted. Keys are left alone while somebody types
 * in a field, except Escape. The list is read anew at each key, so it may depend on state.
 */
export function useShortcuts(shortcuts: () => readonly Shortcut[]): void {
  const { registered } = inject(layerKey, root)
  registered.push(shortcuts)
  onScopeDispose(() => {
    registered.splice(registered.indexOf(shortcuts), 1)
  })
}

/** The keys of the screen itself, dialogs apart: what the help sheet lists. */
export const screenShortcuts = (): Shortcut[] => root.registered.flatMap((list) => list())

/** Starts the app's one keyboard listener; the function given back ends it. */
export function listenForShortcuts(): () => void {
  document.addEventListener('keydown', onKeydown)
  return () => {
    document.removeEventListener('keydown', onKeydown)
  }
}

/** Runs what a key would do, for a menu entry that stands for it; false where nothing is registered. */
export function runShortcut(key: string): boolean {
  const event = new KeyboardEvent('keydown', { key: key.split('+').at(-1) ?? key, ctrlKey: key.startsWith('Mod+') })
  return act(key, event)
}

function onKeydown(event: KeyboardEvent): void {
  if (event.defaultPrevented || event.isComposing || event.altKey) return
  if (event.key !== 'Escape' && isTyping(event.target)) return
  // Alone, these press what has the focus; with Ctrl or Command they are a deed of the screen.
  const pressing = (event.key === 'Enter' || event.key === ' ') && !event.ctrlKey && !event.metaKey
  if (pressing && isOperable(event.target)) return
  if (act(keyName(event), event)) event.preventDefault()
}

function act(key: string, event: KeyboardEvent): boolean {
  const layer = layers.at(-1) ?? root
  const found = layer.registered
    .flatMap((list) => list())
    .findLast((shortcut) => [shortcut.key].flat().includes(key) && (shortcut.when?.() ?? true))
  found?.run(event)
  return found !== undefined
}

/** "Mod+Z", "N", "?", "ArrowDown". Letters are read off the key's place where the layout's script is not Latin. */
function keyName(event: KeyboardEvent): string {
  const mod = event.ctrlKey || event.metaKey ? 'Mod+' : ''
  const letter = /^Key([A-Z])$/.exec(event.code)?.[1]
  const plain = event.key.length === 1 ? event.key.toUpperCase() : event.key
  const key = letter !== undefined && !/^[A-Z]$/.test(plain) ? letter : plain
  const shift = event.shiftKey && (mod !== '' || event.key.length > 1) ? 'Shift+' : ''
  return mod + shift + key
}

function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false
  if (target instanceof HTMLInputElement) {
    return !['button', 'checkbox', 'radio', 'range', 'reset', 'submit'].includes(target.type)
  }
  return target.matches('textarea, select') || target.isContentEditable
}

function isOperable(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.closest('button, a, summary, input, [role]') !== null
}
