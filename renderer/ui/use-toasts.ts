import { shallowReactive } from 'vue'

export type Toast = {
  id: number
  kind: 'done' | 'note' | 'failed'
  text: string
  /** One thing to do about it, such as taking it back. */
  action?: { label: string; run: () => void }
}

const SHOWN_MS = 6000

const toasts = shallowReactive<Toast[]>([])
let lastId = 0

function dismiss(id: number): void {
  const index = toasts.findIndex((toast) => toast.id === id)
  if (index >= 0) toasts.splice(index, 1)
}

function show(toast: Omit<Toast, 'id'>): number {
  lastId += 1
  const id = lastId
  toasts.push({ ...toast, id })
  // What failed stays until somebody has read it.
  if (toast.kind !== 'failed')
    setTimeout(() => {
      dismiss(id)
    }, SHOWN_MS)
  return id
}

/** Short notices at the edge of the screen, read out by screen readers. */
export const useToasts = () => ({ toasts, show, dismiss })
