import { onScopeDispose, ref, type Ref } from 'vue'

/**
 * Files that are let go anywhere over the window, as long as this screen is open; true while they are held over it. Where
 * they are not `wanted` they are let fall, for a browser would show the file in place of the app.
 */
export function useFileDrop(wanted: () => boolean, take: (files: Iterable<File>) => void): Ref<boolean> {
  const over = ref(false)
  /** How deep one is in what lies over the screen; 0: outside. */
  let depth = 0
  const holdsFiles = (event: DragEvent) => event.dataTransfer?.types.includes('Files') === true

  function move(by: number): void {
    depth = Math.max(0, depth + by)
    over.value = depth > 0 && wanted()
  }
  const listeners = {
    dragenter: () => {
      move(1)
    },
    dragleave: () => {
      move(-1)
    },
    dragover: () => undefined,
    drop: ({ dataTransfer }: DragEvent) => {
      move(-depth)
      if (wanted()) take([...(dataTransfer?.files ?? [])])
    },
  }
  const onEvent = (event: DragEvent): void => {
    if (!holdsFiles(event)) return
    event.preventDefault()
    listeners[event.type as keyof typeof listeners](event)
  }
  const names = Object.keys(listeners) as (keyof typeof listeners)[]
  for (const name of names) addEventListener(name, onEvent)
  onScopeDispose(() => {
    for (const name of names) removeEventListener(name, onEvent)
  })
  return over
}
